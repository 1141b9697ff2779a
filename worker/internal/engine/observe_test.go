package engine

import (
	"context"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// An observer sees what the users of a class record, and passes it on.
type observer struct {
	user.Recorder
	note func(q user.Request, witnessed bool)
}

func (o observer) Record(q user.Request) {
	o.note(q, false)
	o.Recorder.Record(q)
}

func (o observer) Witness(sample func() stats.Sample) { o.note(sample().Request(), true) }

// TestObserve has an observer for each user, who is told the class, and hears of what nobody waits for any more that it is incomplete.
func TestObserve(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		recorder := stats.New(1)
		var mu sync.Mutex
		seen := map[string]int{}
		live := func(ctx context.Context, env *user.Env) {
			env.Record(user.Request{Name: "own"})
			env.Recorder.(stats.Witness).Witness(func() stats.Sample { return stats.Sample{Name: "elsewhere"} })
			<-ctx.Done()
			time.Sleep(time.Minute)
			env.Record(user.Request{Name: "late"})
		}
		e := New([]user.Class{{Name: "A", Run: live}, {Name: "B", Run: live}}, Services{
			Shard: recorder.Shard, Report: func(user.Exception) {},
			Observe: func(class string, to user.Recorder) user.Recorder {
				return observer{to, func(q user.Request, witnessed bool) {
					key := class + " " + q.Name
					if q.Incomplete {
						key += ", incomplete"
					}
					if witnessed {
						key += ", counted elsewhere"
					}
					mu.Lock()
					defer mu.Unlock()
					seen[key]++
				}}
			},
		}, slog.New(slog.DiscardHandler))
		e.Spawn(locust.Job{Classes: map[string]int{"A": 2, "B": 1}}, func() {})
		synctest.Wait()
		e.Stop(0, func() {})
		time.Sleep(time.Hour)
		synctest.Wait()
		want := map[string]int{
			"A own": 2, "B own": 1, "A elsewhere, counted elsewhere": 2, "B elsewhere, counted elsewhere": 1, "A late, incomplete": 2, "B late, incomplete": 1,
		}
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("observed (-want +got):\n%s", diff)
		}
		if got := recorder.Take(); got.Total.NumRequests != 3 {
			t.Errorf("%d requests are counted, want 3: what is observed is passed on, and what is counted elsewhere is not", got.Total.NumRequests)
		}
	})
}

// TestNobodyObserves has a witness that nobody asked for: the sample is not made.
func TestNobodyObserves(t *testing.T) {
	t.Parallel()
	(&tally{Recorder: stats.New(1).Shard()}).Witness(func() stats.Sample {
		t.Error("a sample was made for nobody")
		return stats.Sample{}
	})
}
