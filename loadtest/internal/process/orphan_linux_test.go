package process_test

import (
	"strconv"
	"strings"
	"testing"
)

// TestKillOfTheParentEndsTheChild kills -9 a parent as a user might kill loadtest, and sees that its child, which ignores
// every polite signal, is gone.
func TestKillOfTheParentEndsTheChild(t *testing.T) {
	t.Parallel()
	group, _, _ := newGroup(t)
	parent, line := start(t, group, "parent")
	_, text, found := strings.Cut(line, "ready ") // "stubborn | ready 1234", through the parent's own log
	child, err := strconv.Atoi(text)
	if !found || err != nil {
		t.Fatalf("the parent said %q, want its child's process id", line)
	}
	if !alive(child) {
		t.Fatalf("child %d ended before its parent did, so this test would show nothing", child)
	}
	parent.Stop(t.Context(), 0) // no signal to ask with: SIGKILL
	if !gone(child) {
		t.Errorf("child %d outlived its parent", child)
	}
}
