package user

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// A diary is the state of a user who writes down what it does, and when.
type diary struct {
	began time.Time
	lines []string
	fail  map[string]error // what a step returns
}

func (d *diary) step(name string) func(*diary, context.Context) error {
	return func(*diary, context.Context) error {
		d.lines = append(d.lines, fmt.Sprintf("%s@%v", name, time.Since(d.began).Round(time.Second)))
		return d.fail[name]
	}
}

func (d *diary) String() string { return strings.Join(d.lines, " ") }

// shop is a scenario whose one task is a sequential set: in, then out, which leaves the set with the given error.
func (d *diary) shop(out error, wait Wait) Scenario[diary] {
	if d.fail == nil {
		d.fail = map[string]error{}
	}
	d.fail["out"] = out
	set := &Set[diary]{
		Name: "set", Sequential: true, Wait: wait, OnStart: d.step("start"), OnStop: d.step("stop"),
		Tasks: []Task[diary]{{Name: "in", Run: d.step("in")}, {Name: "out", Run: d.step("out")}},
	}
	return Scenario[diary]{
		Name: "Shopper", Wait: Constant(10 * time.Second), OnStop: d.step("end"),
		New:   func(*Env) *diary { d.began = time.Now(); return d },
		Tasks: []Task[diary]{{Set: set}},
	}
}

func TestSets(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	tests := []struct {
		reason   string
		fail     map[string]error
		out      error
		wait     Wait
		want     string // of 25 s
		reported string
	}{
		{
			"an interrupt lets the parent pick at once", nil, Interrupt(true), nil,
			"start@0s in@0s out@10s stop@10s start@10s in@10s out@20s stop@20s start@20s in@20s stop@25s end@25s", "",
		},
		{
			"without reschedule the parent waits first", nil, Interrupt(false), nil,
			"start@0s in@0s out@10s stop@10s start@20s in@20s stop@25s end@25s", "",
		},
		{
			"a sequential set begins again from its first task", nil, nil, nil,
			"start@0s in@0s out@10s in@20s stop@25s end@25s", "",
		},
		{
			"a set's own wait", nil, Interrupt(false), Constant(4 * time.Second),
			"start@0s in@0s out@4s stop@4s start@14s in@14s out@18s stop@18s end@25s", "",
		},
		{
			"StopUser runs the OnStop of every set, then the user's", nil, ErrStopUser, nil,
			"start@0s in@0s out@10s stop@10s end@10s", "",
		},
		{
			"ErrReschedule waits, ErrRescheduleNow does not",
			map[string]error{"in": ErrRescheduleNow},
			ErrReschedule, nil,
			"start@0s in@0s out@0s in@10s out@10s in@20s out@20s stop@25s end@25s", "",
		},
		{
			"an exception is reported once, and the user waits in the set", nil, boom, nil,
			"start@0s in@0s out@10s in@20s stop@25s end@25s", "boom:  Task Shopper.set.out",
		},
		{
			"an exception in a set's OnStart goes to the parent",
			map[string]error{"start": boom},
			nil, nil,
			"start@0s start@10s start@20s end@25s", "boom:  Task Shopper.set.on_start",
		},
		{
			"an interrupt in a set's OnStart leaves it without OnStop",
			map[string]error{"start": Interrupt(false)},
			nil, nil,
			"start@0s start@10s start@20s end@25s", "",
		},
		{
			"StopUser in a set's OnStart ends the user",
			map[string]error{"start": ErrStopUser},
			nil, nil,
			"start@0s end@0s", "",
		},
		{
			"StopUser in a set's OnStop ends the user",
			map[string]error{"stop": ErrStopUser},
			Interrupt(true), nil,
			"start@0s in@0s out@10s stop@10s end@10s", "",
		},
		{
			"an exception in OnStop is reported and the interrupt goes on",
			map[string]error{"stop": boom},
			Interrupt(false), nil,
			"start@0s in@0s out@10s stop@10s start@20s in@20s stop@25s end@25s", "boom:  Task Shopper.set.on_stop",
		},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			d := &diary{fail: tt.fail}
			s := d.shop(tt.out, tt.wait)
			l := begin(s.Class())
			time.Sleep(25 * time.Second)
			select {
			case <-l.ended:
			default:
				l.stop()
			}
			l.cancel()
			if d.String() != tt.want {
				t.Errorf("%s:\n     %s\nwant %s", tt.reason, d, tt.want)
			}
			for _, e := range l.reported {
				if got := e.Message + ":" + strings.TrimRight(e.Traceback, "\n"); got != tt.reported {
					t.Errorf("%s: reported %q, want %q", tt.reason, got, tt.reported)
				}
			}
			if len(l.reported) == 0 && tt.reported != "" {
				t.Errorf("%s: reported nothing, want %q", tt.reason, tt.reported)
			}
		})
	}
}

func TestSequentialRepeatsByWeight(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		s := d.shop(nil, nil)
		s.Tasks[0].Set.Tasks[0].Weight = 2
		l := begin(s.Class())
		time.Sleep(45 * time.Second)
		l.stop()
		if want := "start@0s in@0s in@10s out@20s in@30s in@40s stop@45s end@45s"; d.String() != want {
			t.Errorf("%s\nwant %s", d, want)
		}
	})
}

func TestSetsInSets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		s := d.shop(Interrupt(true), nil)
		inner := s.Tasks[0].Set
		s.Tasks[0].Set = &Set[diary]{
			Name: "outer", OnStart: d.step("enter"), OnStop: d.step("leave"), Wait: Constant(time.Hour),
			Tasks: []Task[diary]{{Name: "inner", Set: inner}},
		}
		l := begin(s.Class())
		time.Sleep(15 * time.Second)
		l.stop()
		// the inner set waits as the scenario does, not as the set around it
		if want := "enter@0s start@0s in@0s out@10s stop@10s start@10s in@10s stop@15s leave@15s end@15s"; d.String() != want {
			t.Errorf("%s\nwant %s", d, want)
		}
	})
}

func TestInterruptAtTheTopEndsTheUser(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		s := d.shop(nil, nil)
		s.Tasks = []Task[diary]{{Name: "lost", Run: func(*diary, context.Context) error { return Interrupt(true) }}}
		l := begin(s.Class())
		<-l.ended
		l.cancel()
		if len(l.reported) != 1 || d.String() != "end@0s" {
			t.Errorf("reported %v, did %s, want one exception and OnStop", l.reported, d)
		}
	})
}

func TestOnStartOfTheUser(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		err    error
		want   string
		report int
	}{
		{"an exception ends the user without OnStop", errors.New("no login"), "begin@0s", 1},
		{"StopUser ends the user with OnStop", ErrStopUser, "begin@0s end@0s", 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := &diary{fail: map[string]error{"begin": tt.err}}
			s := d.shop(nil, nil)
			s.OnStart = d.step("begin")
			l := begin(s.Class())
			<-l.ended
			l.cancel()
			if d.String() != tt.want || len(l.reported) != tt.report {
				t.Errorf("%s: did %s, reported %v, want %s and %d", tt.reason, d, l.reported, tt.want, tt.report)
			}
		})
	}
}

func TestClassRefusesWhatCannotRun(t *testing.T) {
	t.Parallel()
	run := func(*diary, context.Context) error { return nil }
	set := &Set[diary]{Name: "set", Tasks: []Task[diary]{{Name: "a", Run: run}}}
	for reason, s := range map[string]Scenario[diary]{
		"no name":          {Tasks: []Task[diary]{{Name: "a", Run: run}}},
		"nothing to do":    {Name: "A", Tasks: []Task[diary]{{Name: "a"}}},
		"both Run and Set": {Name: "A", Tasks: []Task[diary]{{Name: "a", Run: run, Set: set}}},
		"an empty set":     {Name: "A", Tasks: []Task[diary]{{Name: "a", Set: &Set[diary]{Name: "set"}}}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: Class() returned, want a panic", reason)
				}
			}()
			s.Class()
		}()
	}
}
