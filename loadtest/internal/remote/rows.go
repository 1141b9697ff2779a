package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"time"

	"gregaria/internal/resource"
)

// The headers of an answer at /samples.
const (
	oldestHeader  = "Gregaria-Oldest"
	startedHeader = "Gregaria-Started"
)

// A sink takes the rows of a monitor, on this machine's clock.
type sink func(at time.Time, cells []resource.Cell) error

// pull asks for the rows that are newer than the last one and hands them on. note takes what the user should know.
func (m *Monitor) pull(ctx context.Context, to sink, note func(string)) error {
	query := url.Values{"since": {seconds(m.last)}}
	said, err := m.get(ctx, "samples", query)
	if err != nil {
		return err
	}
	if err := m.sameMonitor(ctx, said, note); err != nil {
		return err
	}
	m.noteLoss(said, note)
	names := m.cells()
	for line := range bytes.Lines(said.body) {
		at, cells, err := parseRow(line, names)
		if err != nil {
			return fmt.Errorf("a row of %s: %w", m.name, err)
		}
		if !at.After(m.last) {
			continue
		}
		if err := to(at.Add(-m.shift), cells); err != nil {
			return err
		}
		m.last = at
	}
	return nil
}

// cells names the cells of a row: the columns but Timestamp and Time, which the file makes itself.
func (m *Monitor) cells() []string {
	var names []string
	for _, column := range m.columns.Columns {
		if column != resource.Timestamp && column != resource.Time {
			names = append(names, column)
		}
	}
	return names
}

// A columnsError means that a monitor was started anew with other columns: its rows fit into the file no more.
type columnsError struct{ name string }

func (e columnsError) Error() string {
	return fmt.Sprintf("the monitor of %s was started anew with other columns: its rows from then on are not recorded", e.name)
}

// sameMonitor notices that another monitor answers than before.
func (m *Monitor) sameMonitor(ctx context.Context, said answer, note func(string)) error {
	if started, err := strconv.ParseFloat(said.header.Get(startedHeader), 64); err != nil || started == m.columns.Started {
		return nil //nolint:nilerr // a monitor that does not say when it was started cannot be told from another
	}
	before := m.columns
	if err := m.readColumns(ctx); err != nil {
		return err
	}
	if !slices.Equal(before.Columns, m.columns.Columns) || before.Interval != m.columns.Interval {
		m.columns = before
		return columnsError{m.name}
	}
	note(fmt.Sprintf("the monitor of %s was started anew: there are no rows of the time between", m.name))
	return nil
}

// noteLoss says once that the monitor has forgotten rows before they were asked for.
func (m *Monitor) noteLoss(said answer, note func(string)) {
	oldest, err := strconv.ParseFloat(said.header.Get(oldestHeader), 64)
	if err != nil || m.lost {
		return
	}
	next, first := m.last.Add(m.columns.interval()), moment(m.columns.Started).Add(2*m.columns.interval())
	if !moment(oldest).After(next) || moment(oldest).Before(first) { // or it is the first that the monitor ever had
		return
	}
	m.lost = true
	note(fmt.Sprintf("rows of %s are missing: it could not be asked for so long that its monitor has forgotten them", m.name))
}

// parseRow reads a line of /samples: an object with the columns as keys; those that are not in it are empty cells.
func parseRow(line []byte, names []string) (time.Time, []resource.Cell, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	var row map[string]any
	if err := decoder.Decode(&row); err != nil {
		return time.Time{}, nil, err
	}
	at, ok := row[resource.Timestamp].(float64)
	if !ok || at <= 0 {
		return time.Time{}, nil, fmt.Errorf("it has no %s", resource.Timestamp)
	}
	cells := make([]resource.Cell, len(names))
	for i, name := range names {
		switch value := row[name].(type) {
		case float64:
			cells[i] = resource.Of(value)
		case string:
			cells[i] = resource.Text(value)
		}
	}
	return moment(at), cells, nil
}

// moment is a time of epoch seconds, to the millisecond.
func moment(epoch float64) time.Time { return time.UnixMilli(int64(math.Round(epoch * 1000))) }

// seconds is the inverse of moment.
func seconds(at time.Time) string {
	return strconv.FormatFloat(float64(at.UnixMilli())/1000, 'f', -1, 64)
}
