//go:build linux

package limited_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/limited"
)

// TestWaiting: of requests that wait, a limit works on so many at once, and on no more.
func TestWaiting(t *testing.T) {
	t.Parallel()
	const requests, work = 12, time.Second
	for name, want := range map[string]time.Duration{"lock": requests * work, "pool": requests / 4 * work, "nothing": work} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				ask(t, handler(t, name, work), requests)
				if got := time.Since(began); got != want {
					t.Errorf("%d requests at once took %v, want %v", requests, got, want)
				}
			})
		})
	}
}

// TestConnections: the other server works on ten requests at once.
func TestConnections(t *testing.T) {
	t.Parallel()
	const work = 100 * time.Millisecond
	began := time.Now()
	ask(t, handler(t, "connections", work), 11)
	if got := time.Since(began); got < 2*work {
		t.Errorf("11 requests at once took %v, want %v or more", got, 2*work)
	}
}

// TestGPU: its driver says how busy it is, and that it is idle afterwards.
func TestGPU(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	limit, err := limited.Named("gpu")
	if err != nil {
		t.Fatal(err)
	}
	h, err := limit.Handler(250*time.Millisecond, folder)
	if err != nil {
		t.Fatal(err)
	}
	await := func(what string, is func(load int) bool) {
		for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			var devices, load int
			text, err := os.ReadFile(filepath.Join(folder, limited.Driver))
			if _, scanned := fmt.Sscanf(string(text), "count %d\nload %d\n", &devices, &load); err != nil || scanned != nil || devices != 1 {
				t.Fatalf("the driver says %q (%v)", text, err)
			}
			if is(load) {
				return
			}
			if time.Now().After(deadline) {
				t.Fatalf("the driver says %d %%, want it %s", load, what)
			}
		}
	}
	await("idle", func(load int) bool { return load == 0 })
	began := time.Now()
	ask(t, h, 12)
	if took := time.Since(began); took < 3*time.Second {
		t.Errorf("12 requests of 250 ms at once took %v, want 3 s", took)
	}
	await("busy", func(load int) bool { return load > 80 })
	await("idle again", func(load int) bool { return load == 0 })
}

// TestQueue: a connection at a time is accepted, and beyond a short queue the kernel takes none.
func TestQueue(t *testing.T) {
	t.Parallel()
	limit, err := limited.Named("queue")
	if err != nil {
		t.Fatal(err)
	}
	const work = 50 * time.Millisecond
	listener, err := limit.Listen("127.0.0.1:0", work)
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	taken := 0
	for range 20 { // the kernel lets one more wait than the backlog
		if connection, err := net.DialTimeout("tcp", listener.Addr().String(), 100*time.Millisecond); err == nil {
			defer connection.Close()
			taken++
		}
	}
	if taken != 9 {
		t.Errorf("%d of 20 connections were taken, want 9", taken)
	}
	began := time.Now()
	for range 4 {
		connection, err := listener.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer connection.Close()
	}
	if took := time.Since(began); took < 4*work {
		t.Errorf("4 connections were accepted in %v, want %v", took, 4*work)
	}
	answer := httptest.NewRecorder()
	handler(t, "queue", work).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.Header().Get("Connection") != "close" {
		t.Error("the connection stays open, and the next request needs none")
	}
}

// TestNamed: every limit of the list is found, and serves; of another all names are said.
func TestNamed(t *testing.T) {
	t.Parallel()
	_, err := limited.Named("coffee")
	if err == nil {
		t.Fatal("Named(coffee) = nil, want an error")
	}
	for _, l := range limited.Limits() {
		ask(t, handler(t, l.Name, time.Millisecond), 2)
		if !strings.Contains(err.Error(), l.Name) {
			t.Errorf("Named(coffee) = %v, want %s in it", err, l.Name)
		}
	}
}

func handler(t *testing.T, name string, work time.Duration) http.Handler {
	t.Helper()
	limit, err := limited.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	h, err := limit.Handler(work, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends so many requests at once, and returns when all have their answer.
func ask(t *testing.T, h http.Handler, requests int) {
	t.Helper()
	var wait sync.WaitGroup
	for range requests {
		wait.Go(func() {
			answer := httptest.NewRecorder()
			h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
			if answer.Code != http.StatusOK {
				t.Errorf("answer = %d, want 200: %s", answer.Code, answer.Body)
			}
		})
	}
	wait.Wait()
}
