package extra

import (
	"math"
	"sync"
	"time"

	"gregaria/worker/internal/python"
)

// GreenletExit returns the class gevent.GreenletExit, which ends a greenlet without a word. All isolates share it, as they
// share SystemExit.
func GreenletExit() *python.Type { return greenletExit() }

//nolint:gochecknoglobals // made once, after the first isolate has set up the builtin classes
var greenletExit = sync.OnceValue(func() *python.Type {
	return python.NewClass(python.ClassSpec{Name: "GreenletExit", Module: "greenlet", Bases: []*python.Type{python.BaseException}})
})

// alarm throws an exception into a thread when its time comes.
type alarm struct {
	timer *time.Timer
	rang  chan struct{}
}

// newGreenlet makes what gevent needs beyond _thread: its exception and its timeouts.
func newGreenlet(*thread) (*python.Module, error) {
	return python.NewModule("_extra_greenlet", map[string]value{"GreenletExit": GreenletExit()},
		python.Func("alarm(seconds, exception)", func(t *thread, a []value) (value, error) {
			s, err := t.ToFloat(a[0])
			if err != nil {
				return nil, err
			}
			e, ok := a[1].(*python.Exception)
			if !ok {
				return nil, python.Errorf(python.TypeError, "exceptions must derive from BaseException")
			}
			al := &alarm{rang: make(chan struct{})}
			if math.IsNaN(s) {
				s = math.Inf(1)
			}
			al.timer = time.AfterFunc(time.Duration(min(max(s, 0), 9e9)*1e9), func() {
				t.Cancel(e)
				close(al.rang)
			})
			return python.NewInstance(python.ObjectType, al), nil
		}),
		python.Func("rang(alarm)", func(_ *thread, a []value) (value, error) {
			select {
			case <-a[0].(*python.Instance).Data.(*alarm).rang:
				return python.True, nil
			default:
				return python.False, nil
			}
		}),
		// silence stops an alarm. If it rang and nobody has heard it yet, it is raised here.
		python.Func("silence(alarm)", func(t *thread, a []value) (value, error) {
			al := a[0].(*python.Instance).Data.(*alarm)
			if al.timer.Stop() {
				return python.None, nil
			}
			<-al.rang
			return python.None, t.Blocking(func() {})
		}),
	), nil
}
