package sampler

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/collector"
)

// counter counts its calls in one column. It takes as long as cost says, and fails with errs, in turn.
type counter struct {
	calls float64
	cost  map[float64]time.Duration
	errs  map[float64]error
}

func (c *counter) Columns() []string { return []string{"Calls"} }

func (c *counter) Collect(row []resource.Cell) error {
	c.calls++
	time.Sleep(c.cost[c.calls])
	if err := c.errs[c.calls]; err != nil {
		return err
	}
	row[0] = resource.Of(c.calls)
	return nil
}

// A probe is a Sampler with one counter, which remembers its rows and notes.
type probe struct {
	Sampler
	counter counter
	at      []float64     // seconds since the bubble began
	late    time.Duration // of the row that came the longest after its tick
	calls   []string
	notes   []string
}

// newProbe has to be called in a synctest bubble, whose clock begins at a whole second.
func newProbe(interval, duration time.Duration) *probe {
	p := &probe{}
	start := time.Now()
	p.Sampler = Sampler{
		Interval: interval,
		Duration: duration,
		Groups:   []collector.Group{{Name: "counter", Collector: &p.counter}},
		Now:      time.Now,
		Note:     func(line string) { p.notes = append(p.notes, line) },
		Write: func(at time.Time, row []resource.Cell) error {
			p.at = append(p.at, at.Sub(start).Seconds())
			p.late = max(p.late, time.Since(at))
			p.calls = append(p.calls, row[0].String())
			return nil
		},
	}
	return p
}

func TestTicksFallOnWholeMultiples(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why                string
		offset             time.Duration // of the start from a whole second
		interval, duration time.Duration
		want               []float64
	}{
		{why: "in the middle of a second", offset: 400 * time.Millisecond, interval: time.Second, duration: 3 * time.Second, want: []float64{1, 2, 3}},
		{why: "on a whole second: that one has no baseline", interval: time.Second, duration: 3 * time.Second, want: []float64{1, 2, 3}},
		{why: "too short before a tick for a baseline", offset: 950 * time.Millisecond, interval: time.Second, duration: 2 * time.Second, want: []float64{2, 3}},
		{why: "parts of a second", offset: 130 * time.Millisecond, interval: 500 * time.Millisecond, duration: 2 * time.Second, want: []float64{0.5, 1, 1.5, 2}},
		{why: "counted from 1970 (the bubble begins at 946684800 = 5 mod 7)", interval: 7 * time.Second, duration: 14 * time.Second, want: []float64{2, 9}},
		{why: "a part of an interval has no row", interval: 2 * time.Second, duration: 5 * time.Second, want: []float64{2, 4}},
		{why: "a minute", offset: time.Second, interval: time.Minute, duration: 2 * time.Minute, want: []float64{60, 120}},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := newProbe(c.interval, c.duration)
			time.Sleep(c.offset)
			if err := p.Run(t.Context()); err != nil {
				t.Errorf("%s: Run = %v, want nil", c.why, err)
			}
			if !slices.Equal(p.at, c.want) {
				t.Errorf("%s: rows at %v, want %v", c.why, p.at, c.want)
			}
			if p.late != 0 {
				t.Errorf("%s: a row came %s after its tick, want 0s", c.why, p.late)
			}
			if p.calls[0] != "2" {
				t.Errorf("%s: the first row is Collect %s, want 2: the first is the baseline", c.why, p.calls[0])
			}
		})
	}
}

func TestTicksDoNotDrift(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, time.Hour)
		p.Groups = append(p.Groups, collector.Group{Name: "slow", Collector: &slow{3 * time.Millisecond}})
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if len(p.at) != 3600 || p.at[3599] != 3600 {
			t.Errorf("an hour = %d rows, the last at %v, want 3600 and 3600", len(p.at), p.at[len(p.at)-1])
		}
	})
}

// slow takes its time in each call.
type slow struct{ cost time.Duration }

func (s *slow) Columns() []string { return []string{"Slow"} }

func (s *slow) Collect([]resource.Cell) error {
	time.Sleep(s.cost)
	return nil
}

func TestMissedTicksAreSkipped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, 8*time.Second)
		p.counter.cost = map[float64]time.Duration{3: 3500 * time.Millisecond} // the row of second 2
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []float64{1, 2, 5, 6, 7, 8}; !slices.Equal(p.at, want) {
			t.Errorf("rows at %v, want %v: no burst after a stall, and no later end", p.at, want)
		}
	})
}

func TestClockSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why   string
		step  time.Duration // of the wall clock, 2.5 s after the start
		want  []float64
		notes int
	}{
		{"forward by an hour", time.Hour, []float64{1, 2, 3603, 3604, 3605, 3606}, 0},
		{"back by less than an interval", -600 * time.Millisecond, []float64{1, 2, 3, 4, 5}, 0},
		{"back a little: the last row is not lost", -200 * time.Millisecond, []float64{1, 2, 3, 4, 5, 6}, 0},
		{"back by three seconds", -3 * time.Second, []float64{1, 2, 3}, 1},
		{"back by an hour: the duration ends it", -time.Hour, []float64{1, 2}, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			p := newProbe(time.Second, 6*time.Second)
			start := time.Now()
			p.Now = func() time.Time {
				if time.Since(start) < 2500*time.Millisecond {
					return time.Now()
				}
				return time.Now().Add(c.step)
			}
			if err := p.Run(t.Context()); err != nil {
				t.Errorf("%s: Run = %v, want nil", c.why, err)
			}
			if !slices.Equal(p.at, c.want) {
				t.Errorf("%s: rows at %v, want %v", c.why, p.at, c.want)
			}
			if len(p.notes) != c.notes {
				t.Errorf("%s: notes %q, want %d", c.why, p.notes, c.notes)
			}
			if took := time.Since(start); took > 7*time.Second {
				t.Errorf("%s: took %s, want at most 7s", c.why, took)
			}
		})
	}
}

func TestStepIsNoticedInALongInterval(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Minute, time.Minute)
		start := time.Now()
		p.Now = func() time.Time {
			if time.Since(start) < 5*time.Second {
				return time.Now()
			}
			return time.Now().Add(20 * time.Minute)
		}
		p.Write = func(at time.Time, _ []resource.Cell) error {
			if got := at.Sub(start); got != 20*time.Minute || time.Since(start) > 7*time.Second {
				t.Errorf("row of %s after %s, want that of 20m0s as soon as the clock says so", got, time.Since(start))
			}
			return errors.New("enough")
		}
		if err := p.Run(t.Context()); err == nil {
			t.Error("Run = nil, want a row")
		}
	})
}

func TestRowsComeAfterThoseOfTheFile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, 2*time.Second)
		p.After = time.Now().Add(1 * time.Second)
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []float64{2, 3}; !slices.Equal(p.at, want) {
			t.Errorf("rows at %v, want %v", p.at, want)
		}
	})
}

func TestRunEnds(t *testing.T) {
	t.Parallel()
	t.Run("with its context", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
			defer cancel()
			p := newProbe(time.Second, 0)
			if err := p.Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Run = %v, want %v", err, context.DeadlineExceeded)
			}
			if want := []float64{1, 2}; !slices.Equal(p.at, want) {
				t.Errorf("rows at %v, want %v", p.at, want)
			}
		})
	})
	t.Run("with a row that cannot be written", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			full := errors.New("no space left on device")
			p := newProbe(time.Second, 0)
			p.Write = func(time.Time, []resource.Cell) error { return full }
			if err := p.Run(t.Context()); !errors.Is(err, full) {
				t.Errorf("Run = %v, want %v", err, full)
			}
		})
	})
}

func TestStateIsReportedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, 7*time.Second)
		gone, broken := errors.New("device is gone"), errors.Join(errors.New("a"), errors.New("b"))
		p.counter.errs = map[float64]error{3: gone, 4: gone, 5: gone, 7: broken, 8: broken}
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := []string{"2", "", "", "", "6", "", ""}; !slices.Equal(p.calls, want) {
			t.Errorf("cells = %q, want %q: what cannot be read is empty", p.calls, want)
		}
		want := []string{"empty cells: device is gone", "can be read again: the columns of counter", "empty cells: a; b"}
		if !slices.Equal(p.notes, want) {
			t.Errorf("notes = %q, want %q", p.notes, want)
		}
	})
}

// A starter is a collector in the background: it is asked at the tick, and waits in Collect.
type starter struct {
	slow

	started time.Time
}

func (s *starter) Start() { s.started = time.Now() }

// TestStartersAreAskedFirstAndHeardLast: what answers slowly costs no other column its second.
func TestStartersAreAskedFirstAndHeardLast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, time.Second)
		s := &starter{slow: slow{80 * time.Millisecond}}
		p.Groups = slices.Insert(p.Groups, 0, collector.Group{Name: "starter", Collector: s})
		p.counter.cost = map[float64]time.Duration{2: 5 * time.Millisecond}
		start := time.Now()
		p.Write = func(_ time.Time, row []resource.Cell) error {
			if got := s.started.Sub(start); got != time.Second {
				t.Errorf("started %s after the start, want at the tick: 1s", got)
			}
			if got := time.Since(start); got != 1085*time.Millisecond {
				t.Errorf("the row came after %s, want 1.085s", got)
			}
			if row[1].String() != "2" {
				t.Errorf("row = %v, want the cells in the order of the groups", row)
			}
			return nil
		}
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestCosts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, 5*time.Second)
		p.Costs = true
		p.Look = func() { time.Sleep(time.Millisecond) }
		p.Groups = append(p.Groups, collector.Group{Name: "slow", Collector: &slow{3 * time.Millisecond}})
		p.counter.cost = map[float64]time.Duration{3: 2500 * time.Millisecond} // the row of second 2
		columns := []string{"Calls", "Slow", "Monitor_Lateness_MS", "Monitor_Skipped_Ticks", "Monitor_Row_MS", "Monitor_Took_counter_MS", "Monitor_Took_slow_MS"}
		if got := p.Columns(); !slices.Equal(got, columns) {
			t.Errorf("Columns = %q, want %q", got, columns)
		}
		var rows []string
		p.Write = func(_ time.Time, row []resource.Cell) error {
			var words []string
			for _, cell := range row[2:] {
				words = append(words, cell.String())
			}
			rows = append(rows, strings.Join(words, " "))
			return nil
		}
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := []string{"0 0 4 0 3", "0 0 2504 2500 3", "504 1 4 0 3", "0 0 4 0 3"}
		if !slices.Equal(rows, want) {
			t.Errorf("rows = %q, want %q", rows, want)
		}
	})
}

// TestBegin: who has to know of a tick first does, however late its row is.
func TestBegin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newProbe(time.Second, 3*time.Second)
		p.counter.cost = map[float64]time.Duration{3: 500 * time.Millisecond}
		start := time.Now()
		var begun []float64
		p.Begin = func(at time.Time) {
			begun = append(begun, at.Sub(start).Seconds())
			if late := time.Since(at); late > 0 || len(p.at) != len(begun)-1 {
				t.Errorf("Begin(%v) %s late, after %d rows", at, late, len(p.at))
			}
		}
		if err := p.Run(t.Context()); err != nil || !slices.Equal(begun, p.at) || len(begun) != 3 {
			t.Errorf("Run = %v, begun %v, rows %v", err, begun, p.at)
		}
	})
}
