// Command benchworker is a worker with the user classes of the benchmarks: users who ask for /health and differ in how
// long they wait.
package main

import (
	"context"
	"os"
	"time"

	"gregaria/worker/cli"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

func main() {
	os.Exit(cli.Main(os.Args[1:],
		class("BenchUser", 0),
		class("WaitUser", time.Hour),
		class("BurstUser", 5*time.Second),
	))
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
