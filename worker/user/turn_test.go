package user

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A seen is what a test expects of a recorded request.
type seen struct {
	Type      string
	Scheduled bool
	Lateness  time.Duration
}

func lateness(l *trial) (all []seen) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, q := range l.recorded {
		all = append(all, seen{q.Type, q.Scheduled, q.Lateness})
	}
	return all
}

// paced is a class whose tasks make two requests, and take as long as is said of each; the last one for ever.
func paced(wait Wait, took ...time.Duration) Class {
	n := 0
	return Scenario[Env]{
		Name: "Paced", Wait: wait, New: func(e *Env) *Env { return e },
		OnStart: func(e *Env, _ context.Context) error { e.Record(Request{Type: "on_start"}); return nil },
		OnStop:  func(e *Env, _ context.Context) error { e.Record(Request{Type: "on_stop"}); return nil },
		Tasks: []Task[Env]{{Name: "task", Run: func(e *Env, ctx context.Context) error {
			d := time.Hour
			if n < len(took) {
				d = took[n]
			}
			n++
			e.Record(Request{Type: "first"})
			select {
			case <-time.After(d):
			case <-ctx.Done():
			}
			e.Record(Request{Type: "second"})
			return nil
		}}},
	}.Class()
}

// TestLateness has a user whose server stops for 5 s: the task after it is late, and those that its pacing left out are accounted for.
func TestLateness(t *testing.T) {
	t.Parallel()
	const s = time.Second
	unscheduled := func(kind string) seen { return seen{kind, false, 0} }
	missed := func(late time.Duration) seen { return seen{Missed, true, late} }
	task := func(late time.Duration) []seen { return []seen{{"first", true, late}, {"second", true, NoTime}} }
	for _, tt := range []struct {
		reason string
		wait   Wait
		took   []time.Duration
		after  time.Duration // of the stop
		want   [][]seen      // between on_start and on_stop
	}{
		{
			"a stop of 5 s: 5 tasks were due, one began", ConstantPacing(s),
			[]time.Duration{s / 10, 5 * s, s / 10, s / 10},
			7500 * time.Millisecond,
			[][]seen{
				{unscheduled("first"), unscheduled("second")}, task(0), // due at 1 s, ends at 6 s
				{missed(3 * s), missed(2 * s), missed(s), missed(0)}, task(4 * s), // due at 2 s; those of 3 to 6 s never began
				task(0), // at 7 s: the pacing goes on from 6 s
			},
		},
		{
			"a slip of less than the pacing leaves nothing out", ConstantThroughput(1),
			[]time.Duration{1300 * time.Millisecond, s / 2},
			2 * s,
			[][]seen{{unscheduled("first"), unscheduled("second")}, task(300 * time.Millisecond)},
		},
		{
			"a user asked to stop in a task: what its pacing has had due since", ConstantPacing(s),
			[]time.Duration{0, 4 * s},
			3500 * time.Millisecond,
			[][]seen{{unscheduled("first"), unscheduled("second")}, task(0), {missed(2 * s), missed(s), missed(0), missed(3 * s)}},
		},
		{"a constant wait has no schedule", Constant(s), []time.Duration{5 * s, 0}, 5500 * time.Millisecond, [][]seen{{unscheduled("first"), unscheduled("second")}}},
		{"a pacing of nothing has none", ConstantPacing(0), []time.Duration{s, s}, 1500 * time.Millisecond, [][]seen{{
			unscheduled("first"), unscheduled("second"), unscheduled("first"), unscheduled("second"),
		}}},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := begin(paced(tt.wait, tt.took...))
				time.Sleep(tt.after)
				l.stop()
				want := []seen{unscheduled("on_start")}
				for _, some := range tt.want {
					want = append(want, some...)
				}
				want = append(want, unscheduled("on_stop"))
				if diff := cmp.Diff(want, lateness(l)); diff != "" {
					t.Errorf("recorded: want -, got +\n%s", diff)
				}
			})
		})
	}
}

// TestLatenessOfAScheduleOfOnesOwn has a wait that says itself when the next task is due.
func TestLatenessOfAScheduleOfOnesOwn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		n := 0
		l := begin(paced(func(p *Pace) time.Duration { n++; return p.Until(began.Add(time.Duration(n) * 2 * time.Second)) }, time.Second, 5*time.Second, 0))
		time.Sleep(7500 * time.Millisecond)
		l.stop()
		want := []seen{
			{"on_start", false, 0},
			{"first", false, 0},
			{"second", false, 0},
			{"first", true, 0},
			{"second", true, NoTime}, // due at 2 s, ends at 7 s
			{"first", true, 3 * time.Second},
			{"second", true, NoTime}, // due at 4 s
			{"on_stop", false, 0},
		}
		got := lateness(l)
		got = append(got[:7], got[len(got)-1]) // the schedule goes on: tasks that take no time follow until it is caught up
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("recorded: want -, got +\n%s", diff)
		}
	})
}

// A timetable is a Schedule: a task every second, whoever waits.
type timetable struct {
	next  time.Time
	ended []time.Duration
}

func (s *timetable) Next(stopping, _ <-chan struct{}) (time.Time, bool) {
	s.next = s.next.Add(time.Second)
	select {
	case <-time.After(time.Until(s.next)):
		return s.next, true
	case <-stopping:
		return time.Time{}, false
	}
}

func (s *timetable) Ended(took time.Duration) { s.ended = append(s.ended, took) }

// TestSchedule has a user with a wait of an hour under a schedule, in and out of a set: every task waits for its time, sets do not.
func TestSchedule(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		schedule := &timetable{next: time.Now()}
		began := time.Now()
		var at []time.Duration
		task := func(e *Env, _ context.Context) error {
			at = append(at, time.Since(began))
			e.Record(Request{Type: "task"})
			time.Sleep(1500 * time.Millisecond)
			return Interrupt(true)
		}
		class := Scenario[Env]{
			Name: "A", Wait: Constant(time.Hour), New: func(e *Env) *Env { return e },
			Tasks: []Task[Env]{{Name: "set", Set: &Set[Env]{Name: "set", Tasks: []Task[Env]{{Name: "task", Run: task}}}}},
		}.Class()
		l := beginEnv(class, &Env{Schedule: schedule})
		time.Sleep(4200 * time.Millisecond)
		l.stop()
		if diff := cmp.Diff([]time.Duration{1000 * time.Millisecond, 2500 * time.Millisecond, 4000 * time.Millisecond}, at); diff != "" {
			t.Errorf("tasks began: want -, got +\n%s", diff)
		}
		want := []seen{{"task", true, 0}, {"task", true, 500 * time.Millisecond}, {"task", true, time.Second}}
		if diff := cmp.Diff(want, lateness(l)); diff != "" {
			t.Errorf("recorded: want -, got +\n%s", diff)
		}
		if len(schedule.ended) != 3 || schedule.ended[0] != 1500*time.Millisecond {
			t.Errorf("tasks that ended = %v, want 3 of 1.5 s", schedule.ended)
		}
	})
}

// BenchmarkTurn is what a task with one request pays for lateness.
func BenchmarkTurn(b *testing.B) {
	for _, paced := range []bool{false, true} {
		name := map[bool]string{false: "none", true: "paced"}[paced]
		b.Run(name, func(b *testing.B) {
			e := &Env{Stopping: make(chan struct{}), Done: b.Context(), Recorder: &trial{}}
			b.ReportAllocs()
			for b.Loop() {
				if paced {
					e.Paced(time.Now().Add(time.Second), time.Hour)
				} else {
					e.Paced(time.Time{}, 0)
				}
				e.BeginTask()
				_, _ = e.Lateness()
				e.EndTask()
			}
		})
	}
}
