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

	"github.com/google/go-cmp/cmp"
)

// inFlight is the most requests of a user class of testdata/pools.py that Locust's own worker has in flight at once, of six
// users: what the pools lend that they share.
func inFlight() map[string]int {
	return map[string]int{"One": 1, "Two": 2, "Mounted": 3, "Fast": 2, "Open": 6, "NoPool": 6, "Own": 6, "FastOwn": 6}
}

// TestPools has users of several classes share connections, under our worker and under Locust's own. The server takes 50 ms
// for an answer, and counts how many requests it has of each class at once.
func TestPools(t *testing.T) {
	t.Parallel()
	file := repository(t, "internal", "e2e", "testdata", "pools.py")
	for name, path := range map[string]string{"Go": program("worker"), "Python": locust(t)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := startCrowd(t, 50*time.Millisecond)
			m := masterSpec{file: "pools.py", host: c.URL, flags: []string{"--headless", "-u", "48", "-r", "48", "-t", "4", "-s", "2"}}.start(t)
			worker := start(t, command{name: name + " worker", path: path, args: []string{"-f", file, "--worker", "--master-port=" + m.port}})
			worker.wantExit(t, 0, 30*time.Second)
			most, served, connections := c.seen()
			if diff := cmp.Diff(inFlight(), most); diff != "" {
				t.Errorf("requests in flight at once (-want +got):\n%s", diff)
			}
			// One connection serves 20 requests a second at best: what is served follows from what is in flight.
			if one, six := served["One"], served["NoPool"]; one < 10 || one > 100 || six < 2*one {
				t.Errorf("served %d with one connection and %d with six, want 10 to 100 in 4 s, and over twice as many", one, six)
			}
			for class, n := range map[string]int{"One": 1, "Two": 2, "Mounted": 3, "NoPool": 6, "Own": 6, "FastOwn": 6} {
				if connections[class] != n {
					t.Errorf("connections of %s = %d, want %d", class, connections[class], n)
				}
			}
		})
	}
}

// A crowd is a server that counts who is there at once.
type crowd struct {
	*httptest.Server
	mu                sync.Mutex // guards what follows
	now, most, served map[string]int
	from              map[string]bool // class and address
}

// startCrowd starts a server that takes a while for each answer.
func startCrowd(t *testing.T, pause time.Duration) *crowd {
	t.Helper()
	c := &crowd{now: map[string]int{}, most: map[string]int{}, served: map[string]int{}, from: map[string]bool{}}
	c.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		class := strings.TrimPrefix(r.URL.Path, "/")
		c.count(class, r.RemoteAddr, 1)
		time.Sleep(pause)
		c.count(class, r.RemoteAddr, -1)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *crowd) count(class, from string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now[class] += n
	c.most[class] = max(c.most[class], c.now[class])
	c.from[class+" "+from] = true
	if n < 0 {
		c.served[class]++
	}
}

// seen is the most requests of each class at once, how many there were, and over how many connections they came.
func (c *crowd) seen() (most, served, connections map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	connections = map[string]int{}
	for at := range c.from {
		class, _, _ := strings.Cut(at, " ")
		connections[class]++
	}
	return maps.Clone(c.most), maps.Clone(c.served), connections
}
