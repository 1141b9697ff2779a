package extra

import (
	"os"
	"os/signal"
	"syscall"

	"gregaria/worker/internal/python"
)

// handled are the signals that a file may handle: the others are the worker's own business.
func handled(sig syscall.Signal) bool {
	switch sig {
	case syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGHUP, syscall.SIGWINCH, syscall.SIGCONT, syscall.SIGALRM, syscall.SIGCHLD:
		return true
	}
	return false
}

// newSignal makes what the module signal needs. A handler runs in a thread of its own, as it runs in a greenlet under gevent.
func newSignal(*thread) (*python.Module, error) {
	watched := map[syscall.Signal]chan os.Signal{}
	return python.NewModule("_extra_signal", nil,
		python.Func("handled(signal, /)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[0])
			return python.NewBool(handled(syscall.Signal(n))), err
		}),
		// watch calls a handler with the number of each signal that comes.
		python.Func("watch(signal, handler, /)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			stop(watched, syscall.Signal(n))
			came := make(chan os.Signal, 8)
			watched[syscall.Signal(n)] = came
			signal.Notify(came, syscall.Signal(n))
			iso, handler := t.Isolate(), a[1]
			go func() {
				for range came {
					other := iso.NewThread()
					_ = other.Do(func() error { // the handler reports its exceptions itself
						_, err := other.Call(handler, python.NewInt(n))
						return err
					})
				}
			}()
			return python.None, nil
		}),
		// reset gives a signal its default back, or has it ignored.
		python.Func("reset(signal, ignore, /)", func(t *thread, a []value) (value, error) {
			n, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			sig := syscall.Signal(n)
			stop(watched, sig)
			if a[1] == python.True {
				signal.Ignore(sig)
			} else {
				signal.Reset(sig)
			}
			return python.None, nil
		}),
	), nil
}

func stop(watched map[syscall.Signal]chan os.Signal, sig syscall.Signal) {
	if came := watched[sig]; came != nil {
		signal.Stop(came)
		close(came)
		delete(watched, sig)
	}
}
