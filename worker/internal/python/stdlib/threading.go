package stdlib

import (
	"sync"
	"time"

	"gregaria/worker/internal/python"
)

// lock is a mutex whose waiters give the lock of the isolate away. Its fields are guarded by that lock.
type lock struct {
	held  int
	owner *thread
	again bool // reentrant
	wait  chan struct{}
}

// acquire waits until the lock is free; a negative timeout is forever.
func (l *lock) acquire(t *thread, block bool, timeout time.Duration) (bool, error) {
	var deadline <-chan time.Time
	if timeout >= 0 {
		deadline = time.After(timeout)
	}
	for l.held > 0 && (!l.again || l.owner != t) {
		if !block {
			return false, nil
		}
		if l.wait == nil {
			l.wait = make(chan struct{})
		}
		ch, expired := l.wait, false
		if err := t.Wait(ch, deadline, &expired); err != nil {
			return false, err
		}
		if expired {
			return false, nil
		}
	}
	l.held++
	l.owner = t
	return true, nil
}

func (l *lock) release() {
	if l.held--; l.held == 0 {
		l.owner = nil
		if l.wait != nil {
			close(l.wait)
			l.wait = nil
		}
	}
}

// newThreading makes the locks that the module threading is built on, and threads.
func newThreading(*thread) (*python.Module, error) {
	class := func(name string, again bool) *python.Type {
		get := func(v value) *lock { return v.(*python.Instance).Data.(*lock) }
		return python.NewClass(python.ClassSpec{
			Name: name, Module: "_thread",
			New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
				return python.NewInstance(cls, &lock{again: again}), nil
			},
			Methods: []*python.Native{
				python.Func("acquire(self, blocking=True, timeout=-1)", func(t *thread, a []value) (value, error) {
					timeout := time.Duration(-1)
					if f, ok := python.AsFloat(orNone(a[2])); ok && f >= 0 {
						timeout = time.Duration(f * 1e9)
					}
					ok, err := get(a[0]).acquire(t, a[1] == nil || a[1] == python.True, timeout)
					return python.NewBool(ok), err
				}),
				python.Func("release(self)", func(_ *thread, a []value) (value, error) {
					if get(a[0]).held == 0 {
						return nil, python.Errorf(python.RuntimeError, "release unlocked lock")
					}
					get(a[0]).release()
					return python.None, nil
				}),
				python.Func("locked(self)", func(_ *thread, a []value) (value, error) { return python.NewBool(get(a[0]).held > 0), nil }),
				python.Func("__enter__(self)", func(t *thread, a []value) (value, error) {
					ok, err := get(a[0]).acquire(t, true, -1)
					return python.NewBool(ok), err
				}),
				python.Func("__exit__(self, *args)", func(_ *thread, a []value) (value, error) {
					get(a[0]).release()
					return python.None, nil
				}),
			},
		})
	}
	var threads sync.WaitGroup
	return python.NewModule("_thread", map[string]value{"Lock": class("lock", false), "RLock": class("RLock", true)},
		python.Func("start(fn)", func(t *thread, a []value) (value, error) {
			fn := a[0]
			other := t.Isolate().NewThread()
			threads.Go(func() {
				_ = other.Do(func() error {
					_, err := other.Call(fn)
					return err
				}) // threading.Thread.start reports its exceptions itself
			})
			return python.None, nil
		}),
		python.Func("ident()", func(t *thread, _ []value) (value, error) { return python.NewInt(int64(t.ID())), nil }),
	), nil
}

func newTracebackGo(*thread) (*python.Module, error) {
	return python.NewModule("_traceback_go", nil,
		python.Func("format_tb(e)", func(_ *thread, a []value) (value, error) {
			out := python.NewList()
			if e, ok := a[0].(*python.Exception); ok {
				for _, l := range python.FormatTB(e) {
					out.Append(str(l))
				}
			} else if ls := python.FormatTBValue(a[0]); ls != nil {
				for _, l := range ls {
					out.Append(str(l))
				}
			}
			return out, nil
		}),
		python.Func("format_exception(e)", func(t *thread, a []value) (value, error) {
			e, ok := a[0].(*python.Exception)
			if !ok {
				return str("NoneType: None\n"), nil
			}
			return str(t.Traceback(e)), nil
		}),
		python.Func("only(e)", func(_ *thread, a []value) (value, error) {
			e, ok := a[0].(*python.Exception)
			if !ok {
				return str("NoneType: None"), nil
			}
			return str(e.Error()), nil
		}),
		python.Func("handling()", func(t *thread, _ []value) (value, error) {
			if e := t.Handling(); e != nil {
				return e, nil //nolint:nilerr // the exception is the result
			}
			return python.None, nil
		}),
		python.Func("globfiles(pattern)", func(_ *thread, a []value) (value, error) { return python.NewList(globFiles(textOr(a[0], ""))...), nil }),
	), nil
}

func newDatetimeGo(*thread) (*python.Module, error) {
	return python.NewModule("_datetime_go", nil,
		python.Func("strftime(y, m, d, H, M, S, us, off, fmt)", func(_ *thread, a []value) (value, error) {
			var n [7]int
			for i := range n {
				k, _ := python.AsInt(a[i])
				n[i] = int(k)
			}
			loc := time.FixedZone("", 0)
			f := textOr(a[8], "")
			if off, ok := python.AsInt(a[7]); ok {
				loc = time.FixedZone("UTC", int(off))
			} else {
				f = removeZone(f)
			}
			return str(Strftime(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6]*1000, loc), f)), nil
		}),
		python.Func("now()", func(*thread, []value) (value, error) { return wallClock(time.Now()), nil }),
		python.Func("utcnow()", func(*thread, []value) (value, error) { return wallClock(time.Now().UTC()), nil }),
		python.Func("local(ts)", func(_ *thread, a []value) (value, error) { return wallClock(at(a[0])), nil }),
		python.Func("utc(ts)", func(_ *thread, a []value) (value, error) { return wallClock(at(a[0]).UTC()), nil }),
		python.Func("mktime(y, m, d, H, M, S)", func(_ *thread, a []value) (value, error) {
			var n [6]int
			for i := range n {
				k, _ := python.AsInt(a[i])
				n[i] = int(k)
			}
			return python.NewInt(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.Local).Unix()), nil
		}),
	), nil
}

func removeZone(f string) string {
	out := []byte{}
	for i := 0; i < len(f); i++ {
		if f[i] == '%' && i+1 < len(f) {
			if f[i+1] != 'z' && f[i+1] != 'Z' {
				out = append(out, f[i], f[i+1])
			}
			i++
			continue
		}
		out = append(out, f[i])
	}
	return string(out)
}

func wallClock(w time.Time) value {
	_, off := w.Zone()
	var out []value
	for _, n := range []int{w.Year(), int(w.Month()), w.Day(), w.Hour(), w.Minute(), w.Second(), w.Nanosecond() / 1000, off} {
		out = append(out, python.NewInt(int64(n)))
	}
	return python.NewTuple(out...)
}

func newLoggingGo(*thread) (*python.Module, error) {
	return python.NewModule("_logging_go", nil, python.Func("where()", func(t *thread, _ []value) (value, error) {
		file, line, fn := t.Caller()
		return python.NewTuple(str(file), python.NewInt(int64(line)), str(fn)), nil
	})), nil
}
