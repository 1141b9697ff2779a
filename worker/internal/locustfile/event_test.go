package locustfile_test

import "testing"

// TestEventInReverse holds that any truth turns the order of the listeners round, as in Locust 2.47.0.
func TestEventInReverse(t *testing.T) {
	t.Parallel()
	got, err := loaded(t, `
from locust import HttpUser, task
from locust.event import EventHook

hook = EventHook()
for name in "abc":
    hook.add_listener(lambda name=name, **kw: print(name, end=""))
for reverse in False, True, 0, 1, "", "yes", None, []:
    hook.fire(reverse=reverse)
    print(end=" ")
hook.fire()

class U(HttpUser):
    @task
    def t(self): pass
`)
	if want := "abc cba abc cba abc cba abc abc abc"; got != want || err != nil {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
}
