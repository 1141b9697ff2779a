package boomer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBus(t *testing.T) {
	t.Parallel()
	b := newBus()
	var got []string
	note := func(text string) { got = append(got, text) }
	b.Publish("nobody", 1)
	for _, err := range []error{
		b.Subscribe("t", note),
		b.SubscribeOnce("t", func(string) { got = append(got, "once") }),
		b.SubscribeOnce("t", func(string) { got = append(got, "once more") }),
		b.Subscribe("t", func(int) { got = append(got, "never") }),   // not its arguments
		b.Subscribe("t", func(string) { panic("a broken handler") }), // the others go on
		b.Subscribe("t", func(text string) { // a handler may use the bus
			if text == "a" {
				b.Publish("t", "nested")
			}
		}),
		b.Subscribe("nil", func(m *CustomMessage) { got = append(got, map[bool]string{true: "nil"}[m == nil]) }),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	b.Publish("t", "a")
	b.Publish("nil", nil)
	if err := b.Unsubscribe("t", note); err != nil {
		t.Error(err)
	}
	b.Publish("t", "c")
	if diff := cmp.Diff([]string{"a", "once", "once more", "nested", "nil"}, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if b.Unsubscribe("t", note) == nil || b.Subscribe("t", 5) == nil {
		t.Error("Unsubscribe of a stranger, Subscribe of no function: want errors")
	}
	if b.HasCallback("none") || !b.HasCallback("t") {
		t.Error("HasCallback says the wrong thing")
	}
	n := 0
	count := func() { n++ } // not atomic: the calls must not overlap
	_ = b.SubscribeAsync("serial", count, true)
	for range 100 {
		b.Publish("serial")
	}
	b.WaitAsync()
	if n != 100 {
		t.Errorf("%d calls beside, want 100", n)
	}
	_ = b.SubscribeOnceAsync("once", count)
	b.Publish("once")
	b.Publish("once")
	b.WaitAsync()
	if n != 101 {
		t.Errorf("%d calls with one that is called once, want 101", n)
	}
}
