//go:build linux

package limited_test

import (
	"net/http"
	"net/http/httptest"
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
