package collector

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/resource"
)

// answering answers what next says, after as long as it says.
type answering struct {
	next func() (time.Duration, float64, error)
}

func (*answering) Columns() []string { return []string{"Answer"} }

func (a *answering) Collect(row []resource.Cell) error {
	cost, value, err := a.next()
	time.Sleep(cost)
	if err == nil {
		row[0] = resource.Of(value)
	}
	return err
}

// TestBackground: a call that hangs costs its own cells, and no row waits for it twice.
func TestBackground(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		calls := 0.0
		costs := map[float64]time.Duration{2: 3200 * time.Millisecond, 3: 50 * time.Millisecond}
		b := inBackground("the driver", &answering{func() (time.Duration, float64, error) {
			calls++
			if calls == 4 {
				return 0, 0, broken
			}
			return costs[calls], calls, nil
		}}, 100*time.Millisecond)
		for _, want := range []struct {
			cell, err string
			took      time.Duration
		}{
			{"1", "", 0},
			{"", "the driver: no answer within 100ms", 100 * time.Millisecond},
			{"", "the driver: no answer within 100ms", 0},
			{"", "the driver: no answer within 100ms", 0},
			{"", "the driver: no answer within 100ms", 0}, // it answers after this tick
			{"3", "", 50 * time.Millisecond},              // what it answered was of a former second
			{"", "broken", 0},
			{"5", "", 0},
		} {
			began := time.Now()
			b.Start()
			row := make([]resource.Cell, 1)
			err := b.Collect(row)
			message := ""
			if err != nil {
				message = err.Error()
			}
			if row[0].String() != want.cell || message != want.err || time.Since(began) != want.took {
				t.Errorf("Collect = %q, %q after %s, want %q, %q after %s", row[0], message, time.Since(began), want.cell, want.err, want.took)
			}
			time.Sleep(time.Second - time.Since(began))
		}
		close(b.ask)
	})
}

// idling has work of 300 ms that no row is to wait for.
type idling struct {
	answering
	idled int
}

func (i *idling) Idle() { time.Sleep(300 * time.Millisecond); i.idled++ }

// TestBackgroundIdles: the work comes after the answer, and the next tick has its answer too.
func TestBackgroundIdles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		calls := 0.0
		of := &idling{answering: answering{func() (time.Duration, float64, error) { calls++; return 0, calls, nil }}}
		b := inBackground("the driver", of, 100*time.Millisecond)
		for _, want := range []string{"1", "2", "3"} {
			began := time.Now()
			b.Start()
			row := make([]resource.Cell, 1)
			if err := b.Collect(row); err != nil || row[0].String() != want || time.Since(began) != 0 {
				t.Errorf("Collect = %q, %v after %s, want %q at once", row[0], err, time.Since(began), want)
			}
			time.Sleep(time.Second)
		}
		synctest.Wait()
		if of.idled != 3 {
			t.Errorf("Idle was called %d times, want 3", of.idled)
		}
		close(b.ask)
	})
}
