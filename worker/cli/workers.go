package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"slices"
	"sync"

	"gregaria/internal/exitcode"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/jobs"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/metrics"
	"gregaria/worker/internal/requestlog"
	"gregaria/worker/internal/usage"
)

// house is what the workers of this process share: all else is each worker's own, as if it were a process.
type house struct {
	program  Program
	options  options
	host     string // the name of this machine
	exporter *metrics.Exporter
	meter    *usage.Meter
	jobs     *jobs.Table     // nil: there are none
	requests *requestlog.Log // nil: none
}

// serve makes the workers, runs them to their ends and returns the highest of their exit codes, as the parent of
// locust --processes does (locust/main.py). One that ends early leaves the others running.
func (p Program) serve(ctx context.Context, o options, host string, handler *logging.Handler, stdout, stderr io.Writer) int {
	o.say(slog.New(handler))
	requests, err := o.openRequestLog(slog.New(handler))
	if err != nil {
		return fail(stderr, requestLogCode(err), err)
	}
	code := p.work(ctx, o, host, handler, requests, stdout, stderr)
	return closeRequestLog(requests, code, stderr)
}

// work is serve with the request log open.
func (p Program) work(ctx context.Context, o options, host string, handler *logging.Handler, requests *requestlog.Log, stdout, stderr io.Writer) int {
	exporter, err := metrics.Listen(o.Listen)
	if err != nil {
		return fail(stderr, exitcode.NotReady, fmt.Errorf("--listen: %w", err))
	}
	defer exporter.Close()
	script, err := p.script(ctx, o, host, handler)
	if err == nil && script == nil {
		p, err = p.choose(o)
	}
	if err != nil {
		return exitCode(stderr, exitcode.OK, err)
	}
	workers := make([]*worker, o.workers())
	for i := range workers {
		workers[i] = &worker{handler: handler.Fork()}
	}
	if err := script.load(ctx, o, stdout, workers); err != nil {
		return exitCode(stderr, exitcode.OK, err)
	}
	if o.List {
		fmt.Fprintln(stdout, "Available Users:")
		for _, c := range workers[0].classes(p) {
			fmt.Fprintln(stdout, "    "+c.Name)
		}
		return exitcode.OK
	}
	defer engine.TuneGarbage()()
	meter, err := usage.New(o.CPUMonitorInterval.duration())
	if err != nil {
		return fail(stderr, exitcode.NotReady, err)
	}
	h := &house{program: p, options: o, host: host, exporter: exporter, meter: meter, jobs: o.Jobs.table(), requests: requests}
	watched, unwatch := context.WithCancel(ctx)
	var watching, all sync.WaitGroup
	watching.Go(func() { meter.Watch(watched) })
	defer watching.Wait()
	defer unwatch()
	codes := make([]int, len(workers))
	for i, w := range workers {
		all.Go(func() {
			err := w.run(ctx, h)
			codes[i] = exitCode(stderr, w.exitCode(o), err)
		})
	}
	all.Wait()
	return slices.Max(codes)
}

// workers is how many workers --processes asks for: -1 means one for each core that the process may use.
func (o options) workers() int {
	if o.Processes == -1 {
		return runtime.GOMAXPROCS(0)
	}
	return max(o.Processes, 1) // Locust takes 0 for nothing said
}

// say tells in a line each what was read beside the command line, and what has no effect.
func (o options) say(log *slog.Logger) {
	if names := o.line.Read(); names != "" {
		log.Info("Options are read from " + names)
	}
	if text := o.line.Ignored(); text != "" {
		log.Info(text)
	}
}

// sayUnknown names the options that only the locustfile can know, before that is waited for.
func (o options) sayUnknown(log *slog.Logger) {
	names, nearest := o.line.Unknown()
	for i, name := range names {
		text := name + " is no option of Locust or of this worker: the locustfile has to add it"
		if nearest[i] != "" {
			text += fmt.Sprintf(". Or did you mean %s?", nearest[i])
		}
		log.Info(text)
	}
}

// said is a writer to which workers that fail alike say it once.
type said struct {
	to io.Writer

	mu    sync.Mutex // guards what follows
	texts []string
}

// Write takes one whole text.
func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if slices.Contains(s.texts, string(p)) {
		return len(p), nil
	}
	s.texts = append(s.texts, string(p))
	return s.to.Write(p)
}
