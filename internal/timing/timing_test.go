package timing_test

import (
	"testing"

	"gregaria/internal/timing"
)

func TestCalled(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, name, want string }{{"GET", "/a", "GET /a"}, {"", timing.Aggregated, "Aggregated"}, {"MISSED", "", "MISSED"}} {
		if got := timing.Called(c.kind, c.name); got != c.want {
			t.Errorf("Called(%q, %q) = %q, want %q", c.kind, c.name, got, c.want)
		}
	}
}

// TestKinds is which rows are requests of their own, and which of them Locust has.
func TestKinds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind        string
		apart, sent bool
	}{{"GET", false, true}, {timing.Job, false, false}, {timing.Stream, true, false}, {timing.Missed, true, false}, {"", false, true}} {
		if apart, sent := timing.Apart(c.kind), timing.Sent(c.kind); apart != c.apart || sent != c.sent {
			t.Errorf("%q: Apart = %v, Sent = %v, want %v, %v", c.kind, apart, sent, c.apart, c.sent)
		}
	}
}
