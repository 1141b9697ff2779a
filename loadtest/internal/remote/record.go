package remote

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"gregaria/internal/resource"
)

// ErrFile means that the rows could not be written.
var ErrFile = errors.New("write the rows")

// Record writes the monitor's rows to a new file at path until ctx ends, and then those that are there by then. A monitor that does not
// answer is said once and asked again; what it kept meanwhile is not lost. The error is one of the file's, and wraps ErrFile.
func (m *Monitor) Record(ctx context.Context, path string, note func(string)) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("%w of %s: %w", ErrFile, m.name, err)
	}
	err = m.follow(ctx, file, note)
	if closeErr := file.Close(); closeErr != nil && err == nil {
		err = fmt.Errorf("%w of %s: %w", ErrFile, m.name, closeErr)
	}
	return err
}

func (m *Monitor) follow(ctx context.Context, file *os.File, note func(string)) error {
	rows, err := resource.NewWriter(file, m.cells())
	if err != nil {
		return fmt.Errorf("%w of %s: %w", ErrFile, m.name, err)
	}
	write := func(at time.Time, cells []resource.Cell) error {
		if err := rows.Write(at, cells); err != nil {
			return fmt.Errorf("%w of %s to %s: %w", ErrFile, m.name, file.Name(), err)
		}
		return nil
	}
	ticks := time.NewTicker(Every)
	defer ticks.Stop()
	away := ""
	for last := false; ; {
		err := m.pull(context.WithoutCancel(ctx), write, note)
		var other columnsError
		switch {
		case errors.Is(err, ErrFile):
			return err
		case errors.As(err, &other):
			note(err.Error())
			return nil
		case err != nil && err.Error() != away:
			away = err.Error()
			note(away + "; it is asked again")
		case err == nil && away != "":
			away = ""
			note("the monitor of " + m.name + " answers again")
		}
		if last {
			m.noteDrift(context.WithoutCancel(ctx), note)
			return nil
		}
		select {
		case <-ctx.Done():
			last = true
		case <-ticks.C:
		}
	}
}

// noteDrift measures the clock once more at the end: rows of a clock that was set in mid-run are on the wrong seconds.
func (m *Monitor) noteDrift(ctx context.Context, note func(string)) {
	now, err := m.measure(ctx)
	if err != nil {
		return // it was said that the monitor does not answer
	}
	moved := (now.Ahead - m.offset.Ahead).Abs()
	if moved > m.columns.interval()/2+now.Error+m.offset.Error {
		note(fmt.Sprintf("the clock of %s has moved by %.1f s during the run: it is %s now; rows may be on the wrong second", m.name, moved.Seconds(), now))
	}
}
