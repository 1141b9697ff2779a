package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/process"
	"gregaria/loadtest/internal/remote"
	"gregaria/loadtest/internal/summary"
	"gregaria/loadtest/plugin"
)

const (
	// masterStart is how long the master may take to answer: it imports the locustfile first.
	masterStart = 60 * time.Second
	// pollStart is the time between two questions while something starts.
	pollStart = 100 * time.Millisecond
	// csvSettle is how long the master gets to write what it knows into its CSVs: it does so once a second, and not when
	// it ends (StatsCSVFileWriter in locust/stats.py).
	csvSettle = 1500 * time.Millisecond
)

// masterArgs are the flags of the master: Locust's own words, so that a user finds them in Locust's manual. Ours come after the
// user's, and win.
func (r *Run) masterArgs() []string {
	args := append(r.locustArgs(),
		"-f", r.plan.Locustfile+r.tab.file(),
		"--master", "--master-bind-host", check.Loopback, "--master-bind-port", strconv.Itoa(r.plan.MasterPort),
		"--web-host", check.Loopback, "--web-port", strconv.Itoa(r.plan.WebPort),
		"--stop-timeout", strconv.FormatFloat(r.plan.StopTimeout.Seconds(), 'f', -1, 64),
	)
	if r.plan.UI {
		args = append(args, r.formArgs()...)
	} else {
		args = append(args, "--csv", r.files.Prefix, "--html", r.files.Report)
	}
	if r.plan.FullHistory && !r.plan.UI {
		args = append(args, "--csv-full-history")
	}
	if r.plan.Rate > 0 { // the names that a locustfile's own --rate leaves free
		args = append(args, "--gregaria-rate", strconv.FormatFloat(r.plan.Rate, 'f', -1, 64), "--gregaria-arrivals", r.plan.Arrivals)
	}
	if r.plan.WebBasePath != "" {
		args = append(args, "--web-base-path", r.plan.WebBasePath)
	}
	return append(args, r.plan.Classes...)
}

// locustArgs are the user's arguments for Locust, and what takes settings of files back.
func (r *Run) locustArgs() []string {
	return append(slices.Clone(r.plan.LocustArgs), r.plan.LocustUndo...)
}

// masterEnvironment is the master's. The host is in it, and not among the arguments, which every user of the machine can read:
// it may have a password in it.
func (r *Run) masterEnvironment() []string {
	environment := append(r.locustEnvironment(plugin.Metrics+"=", plugin.Monitors+"=", plugin.Timings+"=", plugin.Tests+"=", remote.Token+"="),
		"LOCUST_HOST="+r.plan.Host, plugin.Metrics+"="+r.tab.metrics)
	if r.plan.UI {
		environment = append(environment, plugin.Tests+"="+r.testsSetting())
	} else if r.files.Timings != "" {
		environment = append(environment, plugin.Timings+"="+absolute(r.files.Timings))
	}
	return environment
}

// startMaster starts Locust's master and waits until its web API answers.
func (r *Run) startMaster(ctx context.Context) (err error) {
	r.openTab()
	if r.plan.UI && r.tab.folder == "" {
		return fault.New(fault.NotReady, "--ui needs the plug-in in Locust's master, which could not be put there: it takes Locust 2.11 or newer (this one is %s); see %s", r.tab.version, r.files.Log)
	}
	if r.plan.Rate > 0 && r.tab.folder == "" {
		return fault.New(fault.NotReady, "--rate is kept by the plug-in in Locust's master, which could not be put there: see %s", r.files.Log)
	}
	r.master, err = r.group.Start(process.Spec{
		Name: masterName, Path: r.programs.locust, Args: r.masterArgs(), Env: r.masterEnvironment(), OnLine: r.hearRate,
	})
	if err != nil {
		return fault.New(fault.NotReady, "%w; run scripts/setup.sh", err)
	}
	r.web = locustweb.New(r.webAPI())
	deadline := time.Now().Add(masterStart)
	for {
		_, failed := r.web.Workers(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if failed == nil {
			r.phase.Store(waiting)
			return nil
		}
		if time.Now().After(deadline) {
			return fault.New(fault.NotReady, "the master does not answer after %s (%w); see %s", masterStart, failed, r.files.Log)
		}
		sleep(ctx, pollStart)
	}
}

// webAPI is the address of the master's web API for programs of this machine.
func (r *Run) webAPI() string {
	return "http://" + net.JoinHostPort(check.Loopback, strconv.Itoa(r.plan.WebPort)) + r.plan.WebBasePath
}

// stopMaster writes the master's report and has it end.
//
// Subtle: SIGTERM, though Locust then leaves out --html (locust/main.py, 2.47.0), so the report is fetched before. SIGINT is
// Python's own, and raises KeyboardInterrupt in whatever runs at that moment: in a greenlet of the master's, Locust counts it
// as an unhandled exception, and a run without a fault ends with exit code 2.
func (r *Run) stopMaster(ctx context.Context) error {
	defer r.tab.close()
	if r.master == nil {
		return nil
	}
	signals, unwritten := []syscall.Signal{syscall.SIGTERM}, error(nil)
	if r.Loaded() && r.running(r.master) {
		sleep(ctx, csvSettle)
		r.final = r.lastWord(ctx)
		report, unknown := r.web.Report(ctx)
		r.web.Close()
		if unknown == nil {
			unwritten = writeWhole(r.files.Report, report)
		} else {
			signals = []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} // a master that does not answer may still write it
		}
	}
	state := r.master.Stop(ctx, MasterGrace, signals...)
	r.locust = &state
	if state.Forced {
		r.note("the master did not end in time and was killed: its report may be missing")
	}
	if !r.Loaded() {
		return nil
	}
	r.recall()
	return errors.Join(unwritten, r.checkStats(), r.hidePassword(), r.copyResults())
}

// hearRate takes what the plug-in says at the end of how --rate was kept, which is a part of the results.
func (r *Run) hearRate(line string) {
	if _, said, found := strings.Cut(line, "gregaria: --rate: "); found && strings.Contains(said, "tasks were due") {
		r.note("--rate: " + said)
	}
}

// writeWhole writes a file, or leaves none.
func writeWhole(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o644); err != nil {
		_ = os.Remove(path)
		return fault.New(fault.Output, "write Locust's report: %w", err)
	}
	return nil
}

// lastWord asks the master for what it writes into its CSVs, by their paths.
func (r *Run) lastWord(ctx context.Context) map[string][]byte {
	told := map[string][]byte{}
	for path, ask := range map[string]func(context.Context) ([]byte, error){
		r.files.Stats(): r.web.StatsCSV, r.files.Failures(): r.web.FailuresCSV, r.files.Exceptions(): r.web.ExceptionsCSV,
	} {
		if data, err := ask(ctx); err == nil {
			told[path] = data
		}
	}
	return told
}

// hidePassword takes the password of --host out of Locust's files: the report's title has the host, and an error may.
func (r *Run) hidePassword() error {
	for _, path := range []string{r.files.Report, r.files.Stats(), r.files.History(), r.files.Failures(), r.files.Exceptions(), r.files.Timings} {
		if err := r.secret.File(path); err != nil {
			return fault.New(fault.Output, "%w", err)
		}
	}
	return nil
}

// checkStats sees that Locust's CSVs have what the master told last, and puts that in where they do not: the master does not
// write its CSVs when it ends, so a busy one may leave them a second behind.
func (r *Run) checkStats() error {
	told, unknown := summary.ParseTotals(r.final[r.files.Stats()])
	if unknown != nil { // the master did not live to tell: the files say all that is known
		return nil //nolint:nilerr // which the summary finds out
	}
	data, err := os.ReadFile(r.files.Stats())
	written, damaged := summary.ParseTotals(data)
	if err != nil || damaged != nil || !written.Equal(told) {
		r.note(fmt.Sprintf("Locust had written %d of %d requests to %s; the rest was put in", written.Requests, told.Requests, r.files.Stats()))
		if err := os.WriteFile(r.files.Stats(), r.final[r.files.Stats()], 0o644); err != nil {
			return fault.New(fault.Output, "write Locust's statistics: %w", err)
		}
	}
	for _, path := range []string{r.files.Failures(), r.files.Exceptions()} {
		final, known := r.final[path]
		if data, err := os.ReadFile(path); !known || err == nil && bytes.Equal(data, final) {
			continue
		}
		if err := os.WriteFile(path, final, 0o644); err != nil {
			return fault.New(fault.Output, "write Locust's failures: %w", err)
		}
	}
	return nil
}

// running reports whether a child was started and has not ended.
func (r *Run) running(p *process.Process) bool {
	if p == nil {
		return false
	}
	select {
	case <-p.Done():
		return false
	default:
		return true
	}
}
