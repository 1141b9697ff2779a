package stats

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/user"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	tests := []struct {
		got, want Number
		reason    string
	}{
		{Int(2).Plus(Int(3)), Int(5), "ints stay ints"},
		{Int(2).Plus(Float(0.5)), Float(2.5), "a float makes the sum one"},
		{Int(math.MaxInt64).Plus(Int(1)), Float(1 << 63), "what no int of the wire can hold"},
		{Int(-5).Plus(Int(3)), Int(-2), "negative ones too"},
		{Int(0).Max(Float(0)), Int(0), "of two equal ones Python's max takes the first"},
		{Int(0).Max(Int(-3)), Int(0), "a maximum begins with 0"},
		{Int(5).Max(Float(5.5)), Float(5.5), "an int is less than a float above it"},
	}
	for _, tt := range tests {
		if !cmp.Equal(tt.got, tt.want, cmp.Comparer(sameNumber)) {
			t.Errorf("got %+v, want %+v: %s", tt.got, tt.want, tt.reason)
		}
	}
}

func TestKeepIsSentOnceAndStaysInSight(t *testing.T) {
	t.Parallel()
	r := New(2)
	record := func() {
		r.Shard().Record(user.Request{Name: "/", Type: "GET", Failure: "x", ResponseTime: time.Millisecond})
	}
	record()
	if n := r.Keep().Total.NumRequests; n != 1 {
		t.Errorf("Keep has %d requests, want 1", n)
	}
	record()
	h := r.Drain()
	if h.Sent.Total.NumRequests != 1 || h.Fresh.Total.NumRequests != 1 || len(h.Sent.Errors) != 1 {
		t.Errorf("sent, fresh = %d, %d with %d errors, want 1 each", h.Sent.Total.NumRequests, h.Fresh.Total.NumRequests, len(h.Sent.Errors))
	}
	if h := r.Drain(); !h.Empty() {
		t.Errorf("a second Drain has %+v", h)
	}
	record()
	r.Keep()
	record()
	if n := r.Take().Total.NumRequests; n != 1 {
		t.Errorf("Take after Keep has %d requests, want 1: the rest is sent", n)
	}
	if h := r.Drain(); !h.Empty() || len(h.Known) != 1 {
		t.Errorf("Drain after Take has %+v, want the name only", h)
	}
}

func TestDrainInTheOrderOfTheFirstRequests(t *testing.T) {
	t.Parallel()
	r := New(1)
	for i, name := range []string{"b", "a", "c"} {
		r.Shard().Record(user.Request{Name: name, End: time.Unix(int64(100+i), 0)})
	}
	before := r.Drain().Cleared
	r.Clear()
	for i, name := range []string{"b", "a", "c"} {
		r.Shard().Record(user.Request{Name: name, End: time.Unix(int64(100+i), 0)})
	}
	h := r.Drain()
	var names []string
	for _, e := range h.Fresh.Stats {
		names = append(names, e.Name)
	}
	if diff := cmp.Diff([]string{"b", "a", "c"}, names); diff != "" || h.Cleared != before+1 {
		t.Errorf("cleared %d times, then %d; names: want -, got +\n%s", before, h.Cleared, diff)
	}
}
