package cli_test

import (
	"context"
	"os"
	"time"

	"gregaria/worker/cli"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

// A reader is the state of one user.
type reader struct{ http *client.Session }

func (r *reader) read(ctx context.Context) error {
	r.http.Get(ctx, "/health")
	return nil
}

// A worker of your own: this is all of its main. The Name is that of a user class in the master's locustfile.
func ExampleMain() {
	os.Exit(cli.Main(os.Args[1:], user.Scenario[reader]{
		Name:  "Reader",
		Wait:  user.Between(time.Second, 3*time.Second),
		New:   func(env *user.Env) *reader { return &reader{client.New(env)} },
		Tasks: []user.Task[reader]{{Name: "read", Run: (*reader).read}},
	}.Class()))
}
