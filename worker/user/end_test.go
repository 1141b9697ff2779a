package user

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestOnStopThatGoesWrong has a user in two sets whose OnStop functions panic, hang or return errors: the others run all the
// same, innermost first, the user ends, and what went wrong is an exception.
func TestOnStopThatGoesWrong(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		inner  func(ctx context.Context) error
		took   time.Duration
		want   string // in the one exception; "" for none
	}{
		{"a panic", func(context.Context) error { panic("broken") }, 0, "panic: broken"},
		{"an error", func(context.Context) error { return errors.New("no") }, 0, "no"},
		{"one that takes its time", func(context.Context) error { time.Sleep(3 * time.Second); return nil }, 3 * time.Second, ""},
		{"one that waits for good, but looks at its context", func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, onStopTime, ""},
		{"one that hangs longer than all have time", func(context.Context) error { time.Sleep(20 * time.Second); return nil }, 20 * time.Second, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var order []string
				class := Scenario[counter]{
					Name: "U", OnStop: func(*counter, context.Context) error { order = append(order, "user"); return nil },
					Tasks: []Task[counter]{{Set: &Set[counter]{
						Name: "outer", OnStop: func(*counter, context.Context) error { order = append(order, "outer"); return nil },
						Tasks: []Task[counter]{{Set: &Set[counter]{
							Name: "inner",
							OnStop: func(_ *counter, ctx context.Context) error {
								order = append(order, "inner")
								return tt.inner(ctx)
							},
							Tasks: []Task[counter]{{Name: "wait", Run: func(_ *counter, ctx context.Context) error { <-ctx.Done(); return nil }}},
						}}},
					}}},
				}.Class()
				l := begin(class)
				time.Sleep(time.Second)
				ended := time.Now()
				l.cancel()
				<-l.ended
				if diff := cmp.Diff([]string{"inner", "outer", "user"}, order); diff != "" {
					t.Errorf("OnStop ran (-want +got):\n%s", diff)
				}
				if took := time.Since(ended); took != tt.took {
					t.Errorf("the end took %v, want %v", took, tt.took)
				}
				if tt.want == "" && len(l.reported) > 0 {
					t.Errorf("reported %v, want nothing", l.reported)
				}
				if tt.want != "" && (len(l.reported) != 1 || l.reported[0].Message != tt.want || !strings.Contains(l.reported[0].Traceback, "U.outer.inner.on_stop")) {
					t.Errorf("reported %v, want %q once, with its place", l.reported, tt.want)
				}
			})
		})
	}
}

// TestTimerAtTheEnd has requests of one's own under way when the user's time is up.
func TestTimerAtTheEnd(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		end    func(timer Timer, ctx context.Context)
		want   []Request
	}{
		{"not ended", func(Timer, context.Context) {}, nil},
		{"an answer after all", func(timer Timer, _ context.Context) { timer.End(3, nil) }, []Request{
			{Type: "grpc", Name: "Greet", ResponseTime: time.Second, Length: 3},
		}},
		{"cut off", func(timer Timer, ctx context.Context) { timer.End(0, ctx.Err()) }, []Request{
			{Type: "grpc", Name: "Greet", ResponseTime: time.Second, Failure: "context canceled", Incomplete: true},
		}},
		{"failed", func(timer Timer, _ context.Context) { timer.End(0, errors.New("reset")) }, []Request{
			{Type: "grpc", Name: "Greet", ResponseTime: time.Second, Failure: "reset", Incomplete: true},
		}},
	} {
		synctest.Test(t, func(t *testing.T) {
			var got list
			ctx, cancel := context.WithCancel(context.Background())
			env := &Env{Done: ctx, Recorder: &got}
			timer := env.Begin("grpc", "Greet")
			time.Sleep(time.Second)
			cancel()
			tt.end(timer, ctx)
			if diff := cmp.Diff(tt.want, []Request(got)); diff != "" {
				t.Errorf("%s: recorded (-want +got):\n%s", tt.reason, diff)
			}
		})
	}
}

// list is a recorder.
type list []Request

func (l *list) Record(q Request) { *l = append(*l, q) }
