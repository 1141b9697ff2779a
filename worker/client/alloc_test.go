//go:build !race

// Under the race detector pools forget on purpose, and allocations are not those of a worker.

package client

import (
	"context"
	"net"
	"testing"

	"gregaria/worker/user"
)

// steady answers every request on its connections alike, without an allocation of its own.
func steady(tb testing.TB) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				text := []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\"ok\"}")
				request := make([]byte, 4096)
				for {
					if _, err := c.Read(request); err != nil {
						return
					}
					if _, err := c.Write(text); err != nil {
						return
					}
				}
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// TestGetAllocates holds the price of a plain request: one allocation, the Response.
func TestGetAllocates(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	env := &user.Env{Host: steady(t), Done: ctx, Recorder: &discard{}}
	session := New(env)
	defer env.Exit()
	if n := testing.AllocsPerRun(500, func() { session.Get(ctx, "/health") }); n > 1 {
		t.Errorf("a GET allocates %v times, want once", n)
	}
}

func BenchmarkGet(b *testing.B) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	env := &user.Env{Host: steady(b), Done: ctx, Recorder: &discard{}}
	session := New(env)
	defer env.Exit()
	b.ReportAllocs()
	for b.Loop() {
		if !session.Get(ctx, "/health").OK() {
			b.Fatal("failed")
		}
	}
}
