package extra

import (
	"bytes"
	"context"
	"testing"
	"time"

	"gregaria/worker/internal/python"
)

// life is a user's, as the embedder hangs it on a thread.
type life struct{ ctx context.Context }

func (l life) Context() context.Context { return l.ctx }
func (life) Exit() *python.Exception    { return python.NewException(GreenletExit()) }

// The end of a user ends what waits on its behalf: its own wait, and its greenlets, whose finally blocks run.
func TestUserEnds(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	th := newThread(&out)
	ctx, end := context.WithCancel(context.Background())
	th.Local = life{ctx}
	begun := time.Now()
	th.Isolate().Builtins().SetStr("end_soon", python.Func("end_soon()", func(*python.Thread, []value) (value, error) {
		time.AfterFunc(10*time.Millisecond, end)
		return python.None, nil
	}))
	err := th.Do(func() error {
		_, err := th.Exec("__main__", "script.py", []byte(`
import gevent, threading
from gevent.event import Event
ended = []
def work(name):
    try:
        Event().wait(60)
    finally:
        ended.append(name)
gevent.spawn(work, "greenlet")
threading.Thread(target=work, args=("thread",)).start()
gevent.sleep(0)
import builtins
builtins.ended = ended
end_soon()
try:
    Event().wait()
finally:
    ended.append("user")
`))
		return err
	})
	if e := python.AsException(err); err == nil || !e.IsA(GreenletExit()) {
		t.Errorf("the user ended with %v, want GreenletExit", err)
	}
	if took := time.Since(begun); took > 10*time.Second {
		t.Errorf("the end took %v, want it at once", took)
	}
	deadline := time.Now().Add(10 * time.Second)
	for n := 0; n < 3 && time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		_ = th.Do(func() error {
			l, ok := th.Isolate().Builtins().GetStr("ended").(*python.List)
			if ok {
				n = len(l.Items())
			}
			return nil
		})
		if n == 3 {
			return
		}
	}
	t.Error("a greenlet or thread of the user lives on")
}

// Whatever waits ends with its user: a process that lasts, its output, and a loop of sleeps that last no time.
func TestUserEndsWaits(t *testing.T) {
	t.Parallel()
	for _, wait := range []string{
		"subprocess.run(['sleep', '9'])",
		"subprocess.run(['sleep', '9'], capture_output=True)",
		"subprocess.Popen(['sleep', '9'], stdout=subprocess.PIPE).stdout.readline()",
		"os.system('exec sleep 9')",
		"os.popen('exec sleep 9').read()",
		"forever(time.sleep, 0)",
		"forever(time.sleep, -1)",
		"time.sleep(float('nan'))",
		"time.sleep(float('inf'))",
		"time.sleep(10**30)",
	} {
		t.Run(wait, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			th := newThread(&out)
			ctx, end := context.WithCancel(t.Context())
			th.Local = life{ctx}
			time.AfterFunc(50*time.Millisecond, end)
			begun := time.Now()
			err := th.Do(func() error {
				_, err := th.Exec("__main__", "script.py", []byte("import os, subprocess, time\ndef forever(f, x):\n  while True: f(x)\n"+wait+"\n"))
				return err
			})
			if e := python.AsException(err); err == nil || !e.IsA(GreenletExit()) {
				t.Errorf("the user ended with %v, want GreenletExit", err)
			}
			if took := time.Since(begun); took > 8*time.Second {
				t.Errorf("the end took %v, want it at once", took)
			}
		})
	}
}
