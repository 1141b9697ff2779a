package zmq

import (
	"fmt"
	"testing"
	"time"
)

// TestReplaced has a peer that is silent, and one that was closed and is another one at the same address, which says nothing.
// Real time: what is looked at is the kernel's own clock.
func TestReplaced(t *testing.T) {
	t.Parallel()
	first := listen(t, "tcp://127.0.0.1:*")
	d := connect(t, first.port, "worker")
	defer d.Close(0)
	d.Send([]byte("hello"))
	id, _ := first.recv()
	first.send(id, "heard")
	if got := next(t, d); got != "heard" {
		t.Fatalf("got %q", got)
	}
	heard := time.Now()
	look := func() bool { return Replaced("127.0.0.1", first.port, time.Since(heard)) }
	time.Sleep(1200 * time.Millisecond)
	if look() {
		t.Error("a peer that is only silent was taken for another one")
	}
	first.close()
	time.Sleep(300 * time.Millisecond)
	if look() {
		t.Error("a peer that is gone was taken for another one")
	}
	second := listen(t, fmt.Sprintf("tcp://127.0.0.1:%d", first.port))
	defer second.close()
	for end := time.Now().Add(5 * time.Second); !look(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("another peer at the same address was not noticed")
		}
	}
}
