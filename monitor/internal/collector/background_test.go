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
