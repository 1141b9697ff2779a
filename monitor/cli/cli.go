// Package cli is the monitor's command line: flags, environment, signals, exit codes, and what is wired to what.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/monitor/internal/collector"
	"gregaria/monitor/internal/sampler"
)

// Main runs the monitor with the arguments that follow the program's name and returns the exit code. Rows go to stdout
// only for --output -; everything that a person reads goes to stderr, a line each. The first Ctrl-C or SIGTERM
// ends the run after the row that is being taken, the second ends the process.
func Main(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, args, stdout, stderr)
}

// run is Main without the signals: ctx ends when one comes.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	note := notes(stderr)
	f, err := parseFlags(args, stdout, stderr)
	if errors.Is(err, errShown) {
		return exitcode.OK
	}
	if err != nil {
		note(err.Error() + "; see monitor --help")
		return exitcode.Usage
	}
	web, err := serve(f.Listen)
	if err != nil {
		note("--listen: " + err.Error())
		return exitcode.NotReady
	}
	defer web.close()
	out, err := f.open(stdout)
	if err != nil {
		note("--output " + f.Output + ": " + err.Error())
		return outputCode(err)
	}
	ctx, over := context.WithCancel(ctx)
	defer over()
	settings := f.settings(note)
	settings.Stop, settings.GPU.Identify = ctx.Done(), f.identify(web, note)
	groups, absent := collector.Open(settings)
	for _, err := range absent {
		if errors.Is(err, collector.ErrNeeded) && ctx.Err() == nil {
			note("--gpu require: " + err.Error())
			return exitcode.NotReady
		}
		note(err.Error())
	}
	servers, err := f.startScrape(note)
	if err != nil {
		note("--scrape-output " + f.scrapeOutput() + ": " + err.Error())
		_ = out.close()
		return outputCode(err)
	}
	s := &sampler.Sampler{
		Interval: time.Duration(f.Interval),
		Duration: f.duration(),
		Groups:   groups,
		Costs:    slices.Contains(settings.Groups, collector.Self),
		Note:     note,
		Now:      time.Now,
	}
	if settings.Watch != nil {
		s.Look = settings.Watch.Look
	}
	s.Begin = servers.tick
	return servers.end(sample(ctx, f, s, out, web, note))
}

// notes returns what writes a line for the user. Any goroutine may call it.
func notes(stderr io.Writer) func(string) {
	var mu sync.Mutex
	return func(line string) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Fprintln(stderr, "monitor:", line)
	}
}

// sample writes rows until the duration or ctx ends.
func sample(ctx context.Context, f flags, s *sampler.Sampler, out output, web web, note func(string)) int {
	file, after, err := out.start(s.Columns())
	if err == nil {
		s.Write, s.After = both(file, web.show(s.Columns())), after
		note(f.announce(web.url()))
		err = s.Run(ctx)
	}
	if closeErr := out.close(); closeErr != nil && (err == nil || ctx.Err() != nil) {
		err = closeErr
	}
	switch {
	case err == nil, f.Duration == nil && errors.Is(err, context.Canceled):
		return exitcode.OK
	case errors.Is(err, context.Canceled):
		note("stopped before the duration was over")
		return exitcode.Interrupted
	default:
		note("--output " + f.Output + ": " + err.Error())
		return outputCode(err)
	}
}

// outputCode tells a wrong file name, which another name or flag puts right, from a file that cannot be written.
func outputCode(err error) int {
	if errors.Is(err, service.ErrExists) || errors.Is(err, service.ErrOther) || errors.Is(err, errExists) || errors.Is(err, resource.ErrColumns) {
		return exitcode.Usage
	}
	return exitcode.Output
}
