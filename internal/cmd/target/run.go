package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// ShutdownTimeout is how long running requests may go on after SIGTERM or Ctrl-C.
const ShutdownTimeout = 5 * time.Second

const description = `A small story API to shoot at: POST /api/v1/story, GET /api/v1/story/ID and GET /health.

GET /served says what it served, POST /served/reset starts again from zero, PUT /settings changes the cost of a
request while it runs: {"latency":"20ms","latency_jitter":"5ms","error_rate":0.01,"cpu":"5ms","hold":"1MB"}.
Once it is ready it prints "listening on URL"; at the end "served N requests".

Exit codes: 0 stopped by SIGTERM or Ctrl-C; 2 a flag is wrong; 3 it cannot listen; 4 it stopped accepting;
5 standard output cannot be written.`

// run is the whole command: it serves until ctx ends and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	config, help, err := parse(args, stdout, stderr)
	if help {
		return exitcode.OK
	}
	if err != nil {
		return fail(stderr, exitcode.Usage, fmt.Errorf("%w (see --help)", err))
	}
	server, err := target.Start(config)
	if err != nil {
		return fail(stderr, exitcode.NotReady, fmt.Errorf("%w; choose another --listen", err))
	}
	_, notReady := fmt.Fprintln(stdout, "listening on", server.URL())
	if notReady == nil {
		select {
		case <-ctx.Done():
		case <-server.Done():
		}
	}
	err = shutdown(server)
	_, notSaid := fmt.Fprintf(stdout, "served %d requests\n", server.Served().Total)
	if lost := cmp.Or(notReady, notSaid); lost != nil {
		return fail(stderr, exitcode.Output, fmt.Errorf("write to standard output: %w", lost))
	}
	if err != nil {
		return fail(stderr, exitcode.Died, err)
	}
	return exitcode.OK
}

// parse reads flags and TARGET_... variables. It says help if it has printed the help that was asked for.
func parse(args []string, stdout, stderr io.Writer) (config target.Config, help bool, err error) {
	parser, err := kong.New(&config,
		kong.Name("target"),
		kong.Description(description),
		kong.DefaultEnvars("TARGET"),
		kong.Vars{"listen": target.DefaultListen},
		kong.Writers(stdout, stderr),
		kong.Exit(func(int) { help = true }),
	)
	if err != nil {
		return config, false, fmt.Errorf("set up the flags: %w", err)
	}
	_, err = parser.Parse(args)
	return config, help, err
}

// shutdown lets running requests finish, but not for ever: requests that are cut off are no failure of the target.
func shutdown(server *target.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), ShutdownTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// fail says in one line what went wrong and returns code.
func fail(stderr io.Writer, code int, err error) int {
	fmt.Fprintln(stderr, "target:", err)
	return code
}
