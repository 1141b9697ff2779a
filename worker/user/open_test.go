package user_test

import (
	"testing"

	"gregaria/worker/user"
)

// A reading counts how often it is left.
type reading struct{ left int }

func (r *reading) Leave() { r.left++ }

// TestStreamsAreLeft once, unless they have come to their end.
func TestStreamsAreLeft(t *testing.T) {
	t.Parallel()
	e := &user.Env{}
	first, read, second, late := &reading{}, &reading{}, &reading{}, &reading{}
	e.Reads(first)
	e.Reads(read)
	e.Read(read)
	e.LeaveStreams()
	e.Reads(second)
	if second.left != 0 {
		t.Error("a stream is left though its user lives")
	}
	e.Exit()
	e.Exit()
	e.Reads(late)
	for name, x := range map[string]struct {
		*reading
		want int
	}{"the first": {first, 1}, "one that is read": {read, 0}, "the second": {second, 1}, "one of a user whose life is over": {late, 1}} {
		if x.left != x.want {
			t.Errorf("%s is left %d times, want %d", name, x.left, x.want)
		}
	}
}
