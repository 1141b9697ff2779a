package locustfile

import (
	"time"

	"gregaria/worker/internal/python"
)

// A pace is what locust.constant_pacing, and with it constant_throughput, says of the task that comes next.
type pace struct {
	due   time.Time
	every time.Duration
}

// pacedFunc makes what locust._wait_time calls where a pacing has worked out a wait.
func pacedFunc() *python.Native {
	return python.Func("paced(holder, every, took)", func(t *python.Thread, a []python.Value) (python.Value, error) {
		if l, ok := t.Local.(*life); ok {
			every, _ := python.AsFloat(a[1])
			took, _ := python.AsFloat(a[2])
			l.paced = paceOf(time.Now(), every, took)
		}
		return python.None, nil
	})
}

// paceOf is the pace of a user whose task, with the wait before it, has taken so many of the seconds that it may.
func paceOf(now time.Time, every, took float64) pace {
	if !(every > 0) || every > mostPace || !(took > -mostPace && took < mostPace) {
		return pace{}
	}
	return pace{now.Add(time.Duration((every - took) * float64(time.Second))), time.Duration(every * float64(time.Second))}
}

// mostPace bounds, in seconds, what is a pacing: a Duration holds no more.
const mostPace = 1e9

// task runs one task that is no set, in its turn.
func (l *life) task(t *python.Thread, run func() error) error {
	if err := l.turn(t); err != nil {
		return err
	}
	l.inTask = true
	err := run()
	l.inTask = false
	l.env.EndTask()
	return err
}

// turn waits until the task may begin.
func (l *life) turn(t *python.Thread) error {
	if l.env.Schedule == nil {
		l.env.BeginTask()
		return nil
	}
	l.waiting = true
	t.Unlock()
	ok := l.env.BeginTask()
	t.Lock()
	l.waiting = false
	if !ok || l.stopped {
		return l.Exit()
	}
	return nil
}

// waitInTask is wait() where tasks have a Schedule: between two tasks it is nothing, since the next one waits for its turn. A task
// that waits begins anew.
func (l *life) waitInTask(t *python.Thread) error {
	if !l.inTask {
		return nil
	}
	l.env.EndTask()
	return l.turn(t)
}
