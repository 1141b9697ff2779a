//go:build e2e

package e2e

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// seeRequests starts a server that answers everything with 200, and returns what it saw: how often each method and path.
func seeRequests(t *testing.T) (seen func() map[string]int, url string) {
	t.Helper()
	var mu sync.Mutex // guards counts
	counts := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		counts[r.Method+" "+r.URL.Path]++
	}))
	t.Cleanup(server.Close)
	return func() map[string]int {
		mu.Lock()
		defer mu.Unlock()
		return maps.Clone(counts)
	}, server.URL
}

// replacer replaces placeholders.
func replacer(pairs ...string) *strings.Replacer { return strings.NewReplacer(pairs...) }
