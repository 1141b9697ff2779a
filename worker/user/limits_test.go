package user

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestMaxWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		l := beginWith(d.shop(Interrupt(false), nil).Class(), nil, NewLimits(2*time.Second, 0))
		time.Sleep(5 * time.Second)
		l.stop()
		if want := "start@0s in@0s out@2s stop@2s start@4s in@4s stop@5s end@5s"; d.String() != want {
			t.Errorf("%s\nwant %s", d, want)
		}
	})
}

func TestIterations(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		iterations int
		want       string // entering the set counts one, as each task does
	}{
		{1, "start@0s stop@1m40s end@1m40s"},
		{3, "start@0s in@0s out@10s stop@10s end@1m40s"},
		{5, "start@0s in@0s out@10s stop@10s start@20s in@20s stop@1m40s end@1m40s"},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := &diary{}
			l := beginWith(d.shop(Interrupt(false), nil).Class(), nil, NewLimits(-1, tt.iterations))
			time.Sleep(100 * time.Second)
			l.stop()
			if d.String() != tt.want {
				t.Errorf("%d iterations: %s\nwant %s", tt.iterations, d, tt.want)
			}
		})
	}
}

func TestIterationsAreOfTheProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		limits := NewLimits(-1, 10)
		var users []*counter
		s := scenario(nil)
		s.New = func(*Env) *counter { users = append(users, &counter{}); return users[len(users)-1] }
		class := s.Class()
		first := beginWith(class, nil, limits)
		synctest.Wait()
		second := beginWith(class, nil, limits)
		time.Sleep(time.Minute)
		first.stop()
		second.stop()
		if n := users[0].a + users[0].b + users[1].a + users[1].b; n != 10 {
			t.Errorf("two users ran %d tasks, want 10 between them", n)
		}
	})
}

func TestSpent(t *testing.T) {
	t.Parallel()
	l := NewLimits(-1, 2)
	for i, want := range []bool{false, false, true} {
		if l.Begin(); l.Spent() != want {
			t.Errorf("after %d executions of 2: spent = %v, want %v", i+1, l.Spent(), want)
		}
	}
}

func TestNoLimits(t *testing.T) {
	t.Parallel()
	if l := NewLimits(-1, 0); l != nil || !l.Begin() || l.Wait(time.Hour) != time.Hour || l.Spent() {
		t.Errorf("limits = %v, want none, and no effect", l)
	}
}
