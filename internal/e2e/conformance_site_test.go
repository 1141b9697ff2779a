//go:build e2e

package e2e

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/internal/target"
)

// A site answers the users of internal/cmd/faultworker and counts what it served, as target.Server does, and more: who runs,
// which worker asked, when. A page is counted when it is ready, just before it is sent; one whose client has gone by then is
// abandoned instead.
type site struct {
	*httptest.Server

	mu        sync.Mutex // guards what follows
	served    target.Served
	abandoned int
	running   map[string]int           // users of each class that began and did not end
	most      int                      // users that ever ran at the same time
	asked     map[string][]time.Time   // when each worker's requests were answered
	delays    map[string]time.Duration // how long a path takes
	failing   bool                     // the pages of class Failing answer with 500
}

func startSite(t *testing.T) *site {
	t.Helper()
	s := &site{
		served: target.Served{By: map[string]uint64{}}, running: map[string]int{}, asked: map[string][]time.Time{},
		delays: map[string]time.Duration{},
	}
	s.Server = httptest.NewServer(s)
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s
}

// ServeHTTP answers one request.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	delay := s.delays[r.URL.Path]
	s.mu.Unlock()
	select {
	case <-time.After(delay):
	case <-r.Context().Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		s.abandoned++
		return
	}
	if s.count(r) {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// count counts one page and says whether it is one that fails.
func (s *site) count(r *http.Request) (fails bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fails = s.failing && r.URL.Path == "/Failing"
	s.served.Total++
	s.served.By[r.Method+" "+r.URL.Path]++
	if fails {
		s.served.Failed++
	}
	worker := r.Header.Get("X-Worker")
	s.asked[worker] = append(s.asked[worker], time.Now())
	_, rest, _ := strings.Cut(r.URL.Path, "/")
	switch class, page, _ := strings.Cut(rest, "/"); page {
	case "start":
		s.running[class]++
	case "stop":
		s.running[class]--
	}
	now := 0
	for _, n := range s.running {
		now += n
	}
	s.most = max(s.most, now)
	return fails
}

// slow makes a path take its time from now on.
func (s *site) slow(path string, delay time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.delays[path] = delay
}

// fail makes the pages of class Failing fail, or not.
func (s *site) fail(failing bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failing = failing
}

// reset forgets what was counted.
func (s *site) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served, s.abandoned, s.most = target.Served{By: map[string]uint64{}}, 0, 0
	clear(s.running)
	clear(s.asked)
}

// counted returns what was served so far.
func (s *site) counted() target.Served {
	s.mu.Lock()
	defer s.mu.Unlock()
	served := s.served
	served.By = maps.Clone(served.By)
	return served
}

// users returns how many users of each class run, classes without any left out.
func (s *site) users() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	users := maps.Clone(s.running)
	maps.DeleteFunc(users, func(_ string, n int) bool { return n == 0 })
	return users
}

// givenUp returns how many requests were cut off by the client.
func (s *site) givenUp() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.abandoned
}

// peak returns how many users ran at the same time at most.
func (s *site) peak() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.most
}

// since returns how many requests of a worker were answered after that time; of all, for the zero time.
func (s *site) since(worker string, from time.Time) (n uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, at := range s.asked[worker] {
		if at.After(from) {
			n++
		}
	}
	return n
}
