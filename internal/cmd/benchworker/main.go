// Command benchworker is a worker whose one user class asks for /health without a pause: what the benchmarks measure.
package main

import (
	"context"
	"os"

	"gregaria/worker/cli"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

// A visitor is one user.
type visitor struct{ http *client.Session }

func (v *visitor) health(ctx context.Context) error {
	v.http.Get(ctx, "/health")
	return nil
}

func main() {
	os.Exit(cli.Main(os.Args[1:], user.Scenario[visitor]{
		Name:  "BenchUser",
		New:   func(env *user.Env) *visitor { return &visitor{client.New(env)} },
		Tasks: []user.Task[visitor]{{Name: "health", Run: (*visitor).health}},
	}.Class()))
}
