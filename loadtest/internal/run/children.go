package run

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/process"
)

// What the children are called in the log and in errors. Workers of Locust's are numbered.
const (
	targetName  = "target"
	monitorName = "monitor"
	masterName  = "master"
	workerName  = "worker"
)

// How long the children get after each signal before the next, harsher one.
const (
	Grace       = 10 * time.Second
	MasterGrace = 20 * time.Second // it writes the report
)

// targetStart is how long the demo API may take to listen.
const targetStart = 10 * time.Second

// The demo API costs what a small real one does: something to see in every column.
func targetArgs() []string {
	return []string{"--listen", check.Loopback + ":0", "--latency", "60ms", "--latency-jitter", "40ms", "--cpu", "5ms"}
}

// startTarget starts the demo API and takes the host from what it says.
func (r *Run) startTarget(ctx context.Context) error {
	hosts := make(chan string, 1)
	target, err := r.group.Start(process.Spec{
		Name: targetName, Path: r.programs.target, Args: targetArgs(), Env: without("TARGET_"),
		OnLine: func(line string) {
			if host, found := strings.CutPrefix(line, "listening on "); found {
				hosts <- host
			}
		},
	})
	if err != nil {
		return fault.New(fault.NotReady, "%w; run make build", err)
	}
	r.target = target
	select {
	case r.plan.Host = <-hosts:
		if parsed, err := url.Parse(r.plan.Host); err == nil {
			r.watched.here = check.PortOf(parsed)
		}
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(targetStart):
		return fault.New(fault.NotReady, "the demo API does not listen after %s; see %s", targetStart, r.files.Log)
	}
}

func (r *Run) stopTarget(ctx context.Context) error {
	r.stop(ctx, r.target)
	return nil
}

// startMonitor comes first and goes last, so that the metrics begin before the load and end after it.
func (r *Run) startMonitor(context.Context) (err error) {
	r.monitor, err = r.group.Start(process.Spec{
		Name: monitorName, Path: r.programs.monitor, Args: r.monitorArgs(), Env: r.monitorEnvironment(),
		OnLine: r.watched.hear,
	})
	if err != nil {
		return fault.New(fault.NotReady, "%w; run make build", err)
	}
	return nil
}

// monitorArgs are the flags of the monitor.
func (r *Run) monitorArgs() []string {
	interval := strconv.FormatFloat(r.plan.MonitorInterval.Seconds(), 'f', -1, 64)
	args := []string{"--output", r.files.Metrics, "--interval", interval}
	if !r.plan.Joins() {
		args = append(args, "--locust", r.webAPI())
	}
	if r.files.Service != "" {
		args = append(args, "--scrape-output", r.files.Service)
	}
	return append(args, r.watched.args(r.plan.Watch)...)
}

// stopMonitor ends the monitor. That it could not keep its rows in the file, it says in the end: a disk that stayed full, a file that
// somebody deleted.
func (r *Run) stopMonitor(ctx context.Context) error {
	r.stop(ctx, r.monitor)
	if r.monitor != nil && r.monitor.State().Code == exitcode.Output {
		r.fail(fault.New(fault.Output, "%s %s%s; see %s", monitorName, r.monitor.State(), lastWords(r.monitor), r.files.Log))
	}
	return nil
}

// startWorkers starts ours, all in one process, then Locust's own.
func (r *Run) startWorkers(context.Context) error {
	if len(r.plan.JobArgs) > 0 && r.plan.PythonWorkers > 0 {
		r.note("jobs (--job) are seen by workers in Go: those of users on Python workers are not among them")
	}
	if r.plan.Workers > 0 {
		if err := r.startWorker(workerName, r.programs.worker, r.workerArgs(), r.workerEnvironment()); err != nil {
			return err
		}
	}
	for i := range r.plan.PythonWorkers {
		args := append(r.locustArgs(), "-f", r.plan.Locustfile+r.tab.file(), "--worker")
		name := fmt.Sprintf("python %s %d", workerName, i+1)
		if err := r.startWorker(name, r.programs.locust, append(args, r.connect()...), r.locustEnvironment()); err != nil {
			return err
		}
	}
	return nil
}

// workerArgs are the flags of our worker, whose command line is Locust's. Classes in Go have no locustfile that would know
// arguments of its own.
func (r *Run) workerArgs() []string {
	args := append(slices.Clone(r.plan.LocustArgs), append(slices.Clone(r.plan.LocustUndo), "-f", r.plan.Locustfile)...)
	if r.plan.Compiled {
		args = append(slices.Clone(r.plan.LocustUndo), "--compiled")
	}
	args = append(args, r.measured()...)
	args = append(args, r.requestArgs()...)
	return append(append(args, "--processes", strconv.Itoa(r.plan.Workers)), r.connect()...)
}

// measured are the flags that say what our workers measure.
func (r *Run) measured() []string {
	args := slices.Clone(r.plan.JobArgs)
	if r.plan.StreamData != "" {
		args = append(args, "--stream-data", r.plan.StreamData)
	}
	return args
}

// connect are the flags, the same for both kinds of workers, that say where the master is.
func (r *Run) connect() []string {
	return []string{"--master-host", cmp.Or(r.plan.MasterHost, check.Loopback), "--master-port", strconv.Itoa(r.plan.MasterPort)}
}

// startWorker starts one process. It listens for the end that the master may order (locust/runners.py and our worker say it in
// the same words).
func (r *Run) startWorker(name, path string, args, environment []string) error {
	worker, err := r.group.Start(process.Spec{
		Name: name, Path: path, Args: args, Env: environment,
		OnLine: func(line string) {
			if strings.Contains(line, "Got quit message from master") {
				r.quit.Store(true)
			}
			r.hearJobs(line)
		},
	})
	if err != nil {
		return fault.New(fault.NotReady, "%w; run make build", err)
	}
	r.workers = append(r.workers, worker)
	return nil
}

// stopWorkers ends all at the same time. Each sends its last report before it goes.
func (r *Run) stopWorkers(ctx context.Context) error {
	var wait sync.WaitGroup
	for _, worker := range r.workers {
		wait.Go(func() { r.stop(ctx, worker) })
	}
	wait.Wait()
	r.missRequests()
	return nil
}

// stop ends a child that was started, and notes it if it had to be killed: then its last words are missing.
func (r *Run) stop(ctx context.Context, p *process.Process) {
	if p == nil {
		return
	}
	if state := p.Stop(ctx, Grace, syscall.SIGTERM); state.Forced {
		r.note(fmt.Sprintf("%s did not end within %s of SIGTERM and was killed", p.Name(), Grace))
	}
}
