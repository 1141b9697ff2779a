//go:build e2e

package e2e

import (
	"math"
	"sync"
	"testing"
	"time"

	"gregaria/internal/target"
)

// TestThreeWays runs the StoryUser in Go, its locustfile on our worker, and its locustfile on Locust's own: the requests
// are the same, in the same mix.
func TestThreeWays(t *testing.T) {
	t.Parallel()
	const users = 150
	ways := []struct {
		name  string
		start func(t *testing.T, m *master) *process
	}{
		{"Go class", func(t *testing.T, m *master) *process { return m.startGoWorkers(t, 1, "--compiled")[0] }},
		{"locustfile", func(t *testing.T, m *master) *process { return m.startGoWorkers(t, 1)[0] }},
		{"Python worker", func(t *testing.T, m *master) *process { return m.startPythonWorker(t) }},
	}
	var mu sync.Mutex // guards shares
	shares := map[string]float64{}
	t.Run("ways", func(t *testing.T) {
		for _, way := range ways {
			t.Run(way.name, func(t *testing.T) {
				t.Parallel()
				server := startTarget(t, flaky())
				m := startWebMaster(t, server.URL())
				worker := way.start(t, m)
				m.awaitWorkers(t, 1)
				m.web.swarm(t, users, users)
				m.web.awaitUsers(t, users)
				time.Sleep(10 * time.Second)
				m.web.stop(t)
				m.awaitReports(t, server)

				served := server.Served()
				wantEveryName(t, served)
				wantUsers(t, served, users)
				m.web.stats(t).wantServedBut(t, way.name, served, worker.killed())
				made, read := float64(served.By[target.CreateStory]), float64(served.By[target.ReadStory])
				mu.Lock()
				defer mu.Unlock()
				shares[way.name] = made / (made + read)
				t.Logf("%s: %v, %.3f of the tasks make a story", way.name, served.By, shares[way.name])
			})
		}
	})
	// Some 700 tasks each, three of four of which make a story: 0.1 is more than four standard deviations of the difference.
	for _, way := range ways[1:] {
		if diff := math.Abs(shares[way.name] - shares[ways[0].name]); diff > 0.1 {
			t.Errorf("the share of stories made differs by %.3f between %s and %s", diff, way.name, ways[0].name)
		}
	}
}
