//go:build e2e

package e2e

import (
	"context"
	"testing"
	"time"

	"gregaria/internal/target"
)

// healthy are the settings of a target that takes long enough for a story that every stop meets requests in flight, and
// answers within the half second that a headless master still listens after it said quit.
func healthy() target.Settings {
	return target.Settings{Latency: 80 * time.Millisecond, LatencyJitter: 60 * time.Millisecond}
}

// flaky is the same target, but one story in ten fails.
func flaky() target.Settings {
	settings := healthy()
	settings.ErrorRate = 0.1
	return settings
}

// startTarget starts a target inside the test.
func startTarget(t *testing.T, settings target.Settings) *target.Server {
	t.Helper()
	server, err := target.Start(target.Config{Listen: "127.0.0.1:0", Seed: 1, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = server.Shutdown(ctx) // clients that were killed may hold a connection
	})
	return server
}
