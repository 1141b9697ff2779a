package session

import (
	"bytes"
	"context"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/user"
)

// counted answers as steady does and counts the connections.
func counted(t *testing.T) (url string, conns *atomic.Int32) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	conns = &atomic.Int32{}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			conns.Add(1)
			go answer(c, 20*time.Millisecond)
		}
	}()
	return "http://" + l.Addr().String(), conns
}

// TestPoolsOutliveTheirUsers has users one after another and at the same time share a pool of one connection: it is the users'
// alone who made it that it ends with, and a module's is nobody's.
func TestPoolsOutliveTheirUsers(t *testing.T) {
	t.Parallel()
	url, conns := counted(t)
	th := newThread(&bytes.Buffer{})
	count := &counter{}
	err := th.Do(func() error {
		c, err := New(th, Options{})
		if err != nil {
			return err
		}
		m, err := th.Exec("__main__", "file.py", []byte(`
from urllib3 import PoolManager
pools = PoolManager(maxsize=1, block=True)
class User:
    pool_manager = pools
    def context(self): return {}
user = User()
def f(client):
    for _ in range(3): client.get("/x")
`))
		if err != nil {
			return err
		}
		for range 3 {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			env := &user.Env{Host: url, Done: ctx}
			th.Local = &owner{env, ctx}
			client, err := c.NewHTTP(th, url, python.NewInstance(python.ObjectType, count), m.Attrs().GetStr("user"))
			if err != nil {
				return err
			}
			if _, err := th.Call(m.Attrs().GetStr("f"), client); err != nil {
				return err
			}
			cancel()
			env.Exit()
		}
		return nil
	})
	if err != nil {
		t.Fatal(th.Traceback(err))
	}
	if n := conns.Load(); n != 1 || count.n != 9 || count.failed != 0 {
		t.Errorf("3 users made %d connections, %d requests, %d failed, want 1, 9, 0", n, count.n, count.failed)
	}
}
