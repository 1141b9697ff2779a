// Package cli is the monitor's command line: flags, environment, signals, exit codes, and what is wired to what.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/monitor/internal/collector"
	"gregaria/monitor/internal/recorder"
	"gregaria/monitor/internal/sampler"
)

// threads is how many threads run Go at a time: one reads the rows, another does what waits. More would wake up on a big machine to
// look for work.
const threads = 2

// garbage is how much of it may lie about, in percent of what lives, of which Go takes 4 MB for granted: half of what Go allows. A row leaves 2 to 4 KB, so that it is collected
// every few minutes, which nobody notices.
const garbage = 50

// Main runs the monitor with the arguments that follow the program's name and returns the exit code. Rows go to stdout
// only for --output -; everything that a person reads goes to stderr, a line each. The first Ctrl-C or SIGTERM
// ends the run after the row that is being taken, the second ends the process.
func Main(args []string, stdout, stderr io.Writer) int {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error like any other: of a row it ends the run, of a note it does not
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	if os.Getenv("GOMAXPROCS") == "" { // else somebody knows better
		runtime.GOMAXPROCS(min(threads, runtime.GOMAXPROCS(0)))
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	return command{stdout, stderr, sampler.Urgent}.run(ctx, args)
}

// A command is Main without the signals.
type command struct {
	stdout, stderr io.Writer
	// urgent makes ticks punctual on a busy machine; nil in simulated time.
	urgent func(context.Context) (sleep func(context.Context, time.Duration), stop func())
}

// run returns the exit code; ctx ends when a signal comes.
func (c command) run(ctx context.Context, args []string) int {
	stdout, stderr := c.stdout, c.stderr
	note := notes(stderr)
	f, err := parseFlags(args, stdout)
	if errors.Is(err, errShown) {
		return exitcode.OK
	}
	if err != nil {
		note(err.Error() + "; see monitor --help")
		return exitcode.Usage
	}
	if f.Show {
		return c.listSeries(ctx, f, note)
	}
	token, err := f.token()
	if err != nil {
		note(err.Error())
		return exitcode.Usage
	}
	now, err := clock(note)
	if err != nil {
		note(err.Error())
		return exitcode.Usage
	}
	web, err := serve(f.Listen, token)
	if err != nil {
		note("--listen: " + err.Error())
		return exitcode.NotReady
	}
	defer web.close()
	out, err := f.open(ctx, stdout, note)
	if err != nil {
		note("--output " + f.Output + ": " + err.Error())
		return outputCode(err)
	}
	ctx, over := context.WithCancel(ctx)
	defer over()
	settings := f.settings(note)
	settings.Stop, settings.GPU.Identify = ctx.Done(), f.identify(web, note)
	groups, absent := collector.Open(settings)
	if missing(ctx, absent, note) {
		return exitcode.NotReady
	}
	servers, err := f.startScrape(note)
	if err != nil {
		note("--scrape-output " + f.scrapeOutput() + ": " + err.Error())
		_ = out.Close()
		return outputCode(err)
	}
	s := f.sampler(settings, now, note)
	s.Groups, s.Begin = groups, servers.tick
	return servers.end(c.sample(ctx, f, s, out, web, note))
}

// sampler is what takes the rows.
func (f flags) sampler(settings collector.Settings, now func() time.Time, note func(string)) *sampler.Sampler {
	s := &sampler.Sampler{
		Interval: time.Duration(f.Interval),
		Duration: f.duration(),
		Costs:    slices.Contains(settings.Groups, collector.Self),
		Note:     note,
		Now:      now,
	}
	if settings.Watch != nil {
		s.Look = settings.Watch.Look
	}
	return s
}

// missing says what this machine lacks, and whether the monitor cannot do without it.
func missing(ctx context.Context, absent []error, note func(string)) bool {
	for _, err := range absent {
		if errors.Is(err, collector.ErrNeeded) && ctx.Err() == nil {
			note("--gpu require: " + err.Error())
			return true
		}
		note(err.Error())
	}
	return false
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
func (c command) sample(ctx context.Context, f flags, s *sampler.Sampler, out output, web *web, note func(string)) int {
	err := c.record(ctx, f, s, out, web, note)
	if closeErr := out.Close(); closeErr != nil && (err == nil || ctx.Err() != nil) {
		err = closeErr
	}
	switch {
	case err == nil, f.Duration == nil && errors.Is(err, context.Canceled):
		return exitcode.OK
	case errors.Is(err, context.Canceled):
		note("stopped before the duration was over")
		return exitcode.Interrupted
	case f.Duration == nil && errors.Is(err, recorder.ErrReaderGone):
		note("--output " + f.Output + ": " + err.Error())
		return exitcode.OK // it has what it wanted: monitor --output - | head -2
	default:
		note("--output " + f.Output + ": " + err.Error())
		return outputCode(err)
	}
}

// record takes the rows and hands them on.
func (c command) record(ctx context.Context, f flags, s *sampler.Sampler, out output, web *web, note func(string)) error {
	columns := s.Columns()
	after, err := out.Begin(columns)
	if err != nil {
		return err
	}
	shown, err := web.show(columns, s.Interval, s.Now)
	if err != nil {
		return err
	}
	s.Write, s.After = each(out.Write, shown), after
	note(f.announce(web.url()))
	if web.refused() {
		note("--listen: /samples is not served beyond loopback without a token; set GREGARIA_MONITOR_TOKEN")
	}
	if c.urgent != nil {
		var stop func()
		s.Sleep, stop = c.urgent(ctx)
		defer stop()
	}
	return s.Run(ctx)
}
