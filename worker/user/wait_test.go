package user

import (
	"context"
	"math"
	"testing"
	"testing/synctest"
	"time"
)

func TestConstantPacing(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		wait   Wait
		task   time.Duration
		want   time.Duration // between two beginnings
	}{
		{"shorter tasks begin every 10 s", ConstantPacing(10 * time.Second), 3 * time.Second, 10 * time.Second},
		{"longer ones one after another", ConstantPacing(10 * time.Second), 15 * time.Second, 15 * time.Second},
		{"throughput is its inverse", ConstantThroughput(0.1), 3 * time.Second, 10 * time.Second},
		{"a pacing of one's own", func(p *Pace) time.Duration { return p.Every(20 * time.Second) }, 3 * time.Second, 20 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			var starts [2][]time.Time // of two users: they share the wait, not the pace
			n := 0
			class := Scenario[int]{
				Name: "Paced", Wait: tt.wait, New: func(*Env) *int { i := n; n++; return &i },
				Tasks: []Task[int]{{Name: "task", Run: func(i *int, _ context.Context) error {
					starts[*i] = append(starts[*i], time.Now())
					time.Sleep(tt.task)
					return nil
				}}},
			}.Class()
			first := begin(class)
			synctest.Wait()
			time.Sleep(time.Second)
			second := begin(class)
			time.Sleep(100 * time.Second)
			go first.stop()
			second.stop()
			<-first.ended
			for u := range starts {
				for i := 1; i < len(starts[u]); i++ {
					if got := starts[u][i].Sub(starts[u][i-1]); got != tt.want {
						t.Errorf("%s: user %d, task %d began %v after the last, want %v", tt.reason, u, i, got, tt.want)
					}
				}
				if len(starts[u]) < 4 {
					t.Errorf("%s: user %d began %d tasks", tt.reason, u, len(starts[u]))
				}
			}
		})
	}
}

func TestPoisson(t *testing.T) {
	t.Parallel()
	wait := Poisson(2)
	var sum, squares float64
	const n = 100_000
	for range n {
		s := wait(&Pace{}).Seconds()
		sum, squares = sum+s, squares+s*s
	}
	mean := sum / n
	if deviation := math.Sqrt(squares/n - mean*mean); math.Abs(mean-0.5) > 0.02 || math.Abs(deviation-0.5) > 0.02 {
		t.Errorf("mean %.3f s, deviation %.3f s, want 0.5 for both: exponential at 2 a second", mean, deviation)
	}
}

func TestRatesMustBePositive(t *testing.T) {
	t.Parallel()
	for _, rate := range []float64{0, -1, math.NaN()} {
		for name, wait := range map[string]func(float64) Wait{"ConstantThroughput": ConstantThroughput, "Poisson": Poisson} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%s(%v) returned, want a panic", name, rate)
					}
				}()
				wait(rate)
			}()
		}
	}
}
