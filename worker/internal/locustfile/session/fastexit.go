package session

import (
	"gregaria/worker/internal/python"
)

// exit is ResponseContextManager.__exit__. A class in the file may have its own raise_for_status and _report_request.
func (x *fastResponse) exit(t *thread, self, class, exception value) (handled bool, err error) {
	if x.manual != nil {
		if x.manual == python.True {
			x.meta.fail(nil)
		} else if e, ok := x.manual.(*python.Exception); ok {
			x.meta.fail(e)
		} else {
			return class == python.None, nil
		}
		return class == python.None, x.report(t, self)
	}
	if class != python.None {
		e, ok := exception.(*python.Exception)
		if !ok || !e.IsA(x.session.classes.responseError) {
			return false, nil
		}
		x.meta.fail(e)
	} else if err := x.judge(t, self); err != nil {
		e := python.AsException(err)
		if err := x.session.classes.spares(e); err != nil {
			return false, err
		}
		x.meta.fail(e)
	}
	return true, x.report(t, self)
}

// judge raises why the request failed.
func (x *fastResponse) judge(t *thread, self value) error {
	if x.session.classes.own(self, "raise_for_status") {
		_, err := t.CallMethod(self, "raise_for_status")
		return err
	}
	return x.raiseForStatus()
}

// report tells the event of the request.
func (x *fastResponse) report(t *thread, self value) error {
	if x.session.classes.own(self, "_report_request") {
		_, err := t.CallMethod(self, "_report_request")
		return err
	}
	return x.fire(t)
}

// own says whether a response, or its class, has a method that is not Locust's.
func (c *Classes) own(self value, name string) bool {
	i, ok := self.(*python.Instance)
	if ok && i.HasOwn(name) {
		return true
	}
	return ok && (i.Class() != c.FastContext || c.patched(responseClass)) && i.Class().Lookup(name) != c.methods[name]
}

func (x *fastResponse) fire(t *thread) error {
	event := x.session.event
	if x.more != nil && x.more.event != nil {
		event = x.more.event
	}
	return x.meta.fire(t, event)
}
