package requests

import (
	"gregaria/worker/internal/python"
)

// addHook registers a callable, or several, for an event (RequestHooksMixin.register_hook).
func addHook(t *thread, hooks, event, hook value) error {
	list, err := t.GetItem(hooks, event)
	if err != nil {
		name, _ := python.AsStr(event)
		return python.Errorf(python.ValueError, `Unsupported event specified, with event name "%s"`, name)
	}
	if python.Callable(hook) {
		_, err = t.CallMethod(list, "append", hook)
		return err
	}
	if !iterable(hook) {
		return nil
	}
	return t.Each(hook, func(h value) error {
		if !python.Callable(h) {
			return nil
		}
		_, err := t.CallMethod(list, "append", h)
		return err
	})
}
