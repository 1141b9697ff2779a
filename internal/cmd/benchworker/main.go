// Command benchworker is a worker with the user classes of the benchmarks: users who ask for /health and differ in how
// long they wait.
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"time"

	"gregaria/worker/cli"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

func main() {
	if os.Getenv("BENCH_WATCH") != "" {
		go watch()
	}
	os.Exit(cli.Main(os.Args[1:],
		class("BenchUser", 0),
		class("WaitUser", time.Hour),
		class("BurstUser", 5*time.Second),
	))
}

// watch prints every 10 s how many goroutines there are and what the heap holds after a collection: for long runs.
func watch() {
	for range time.Tick(10 * time.Second) {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		fmt.Fprintf(os.Stderr, "goroutines %d, heap in use %.1f MB, from the system %.1f MB\n",
			runtime.NumGoroutine(), float64(m.HeapAlloc)/(1<<20), float64(m.Sys)/(1<<20))
	}
}

func class(name string, wait time.Duration) user.Class {
	return user.Scenario[visitor]{
		Name:  name,
		Wait:  user.Constant(wait),
		New:   func(env *user.Env) *visitor { return &visitor{client.New(env)} },
		Tasks: []user.Task[visitor]{{Name: "health", Run: (*visitor).health}},
	}.Class()
}

// A visitor is one user.
type visitor struct{ http *client.Session }

func (v *visitor) health(ctx context.Context) error {
	v.http.Get(ctx, "/health")
	return nil
}
