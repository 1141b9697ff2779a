package user

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// A class whose tasks are none of those that the master knows says so.
func TestTheMasterPickedNoTask(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c counter
		l := beginPicked(scenario(&c).Class(), []string{"<lambda>"})
		<-l.ended
		const want = `No tasks defined on Counter: the master leaves it ["<lambda>"], by name or tag, and it has ["a" "b"]`
		if len(l.reported) != 1 || l.reported[0].Message != want {
			t.Errorf("reported %v, want once %s", l.reported, want)
		}
	})
}

// TestTasksThatTheMasterPicked has a class whose tasks were picked in the web UI's editor.
func TestTasksThatTheMasterPicked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var c counter
		class := scenario(&c).Class()
		for _, tt := range []struct {
			picked []string
			a, b   bool
		}{
			{[]string{"b", "unknown"}, false, true},
			{nil, true, true},
			{[]string{"a"}, true, false},
		} {
			c = counter{}
			ctx, cancel := context.WithCancel(context.Background())
			stopping := make(chan struct{})
			env := &Env{Class: "Counter", Stopping: stopping, Done: ctx, Report: func(Exception) {}, Tasks: tt.picked}
			ended := make(chan struct{})
			go func() { class.Run(ctx, env); close(ended) }()
			time.Sleep(100 * time.Second)
			close(stopping)
			<-ended
			cancel()
			if (c.a > 0) != tt.a || (c.b > 0) != tt.b {
				t.Errorf("picked %v: a ran %d times, b %d, want them to run: %v, %v", tt.picked, c.a, c.b, tt.a, tt.b)
			}
		}
	})
}
