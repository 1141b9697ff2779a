//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"testing"
	"time"

	"gregaria/internal/target"
)

// TestCycles starts and stops the test again and again, sooner or later: while all users make their first story, while they
// wait, while they are at it again. Each time everything is counted, and nothing of the time before. The master gives running
// tasks no time to finish, which is Locust's default.
func TestCycles(t *testing.T) {
	t.Parallel()
	const users = 60
	cycles := 10
	if os.Getenv("GREGARIA_E2E_LONG") == "1" {
		cycles = 100
	}
	server := startTarget(t, healthy())
	m := startWebMaster(t, server.URL(), "--stop-timeout=0")
	m.startGoWorkers(t, 2)
	for cycle := range cycles {
		m.awaitWorkers(t, 2)
		server.Reset()
		m.web.swarm(t, users, users)
		await(t, startLimit, func() error {
			if checks := server.Served().By[target.Health]; checks != users {
				return fmt.Errorf("%d users have begun, want %d", checks, users)
			}
			return nil
		})
		time.Sleep(time.Duration(cycle%10) * 150 * time.Millisecond)
		m.web.stop(t)
		served := server.Served()
		m.web.stats(t).wantServed(t, "CSV of the web UI", served)
		wantUsers(t, served, users)
		if t.Failed() {
			t.Fatalf("in cycle %d of %d", cycle+1, cycles)
		}
	}
}
