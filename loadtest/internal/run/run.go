// Package run is the run itself: a list of named steps around a stock Locust master, which keeps its web UI all the while.
package run

import (
	"context"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/mask"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/process"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/step"
	"gregaria/loadtest/internal/summary"
	"gregaria/loadtest/internal/threshold"
	"gregaria/loadtest/internal/watch"
)

// A View shows the user how the run is going. *progress.Printer is one.
type View interface {
	Step(name string)
	Status(status progress.Status)
	Note(text string)
}

// A Run is one run, or a session of several (plan.Plan.UI), or one test of a session. Its steps run one after the other, in one goroutine, which owns every field
// that does not say otherwise.
type Run struct {
	// Each is called with each test of a session, when it is over and its files are written, and with what ended it early.
	Each func(test *Run, cause error)

	plan plan.Plan
	view View
	// locustfile is the hash of what the master and the workers are to load: a file that somebody edits during the run is another one.
	locustfile string
	// binDir has our own programs.
	binDir   string
	programs programs

	files   results.Files
	logFile *os.File
	log     *process.Log
	group   *process.Group

	target, monitor, master *process.Process
	workers                 []*process.Process
	web                     *locustweb.Client

	// phase is read by the goroutines that see a child die.
	phase atomic.Int32
	// cancel ends the run with a cause; the first cause wins. over is closed then, and when the user interrupts it.
	cancel context.CancelCauseFunc
	over   <-chan struct{}

	began, ended time.Time
	calm         time.Time // when the last user had ended
	complete     bool      // the load ran as planned
	watch        watch.Watch
	live         *threshold.Live
	final        map[string][]byte // what the master told last, by the file that it writes it to
	locust       *process.State
	masterCPU    cpuMeter
	workersCPU   []cpuMeter
	seconds      seconds
	ports        holds
	secret       mask.Mask
	watched      *watched
	hosts        hosts
	tab          tab
	session      session
	joined       joined
	usage        []recording.Worker
	used         recording.Worker

	// quit says that the master told its workers to quit; left is closed when one of them has.
	quit     atomic.Bool
	left     chan struct{}
	leftOnce sync.Once

	mu      sync.Mutex // guards rate, notes, remarks and fault
	rate    float64    // what the master has as --rate that the plan has not
	notes   []string
	remarks []string
	fault   error
}

// The phases of a run, which decide what it means that a child ends.
const (
	starting int32 = iota // the master does not answer yet
	waiting               // the workers are not ready yet
	loading               // everything is there
)

// New returns a run of p. binDir is the directory of our own programs.
func New(p plan.Plan, binDir string, view View) *Run {
	return &Run{plan: p, binDir: binDir, view: view, left: make(chan struct{}), watched: &watched{}, secret: p.Secret(), watch: watch.Watch{Planned: p.Stages()[0].Users, MayReset: p.ResetStats, Foreign: p.Joins()}}
}

// Do runs the steps. The first cancellation of ctx ends the run cleanly; that of hard, even the stopping. It returns what
// ended the run early, or nil.
func (r *Run) Do(ctx, hard context.Context) error {
	ctx, r.cancel = context.WithCancelCause(ctx)
	defer r.cancel(nil)
	r.over = ctx.Done()
	err := step.Run(ctx, hard, r.steps(), func(s step.Step) { r.announce(s.Name) })
	if err == nil { // a child that died while the others were being stopped
		r.mu.Lock()
		defer r.mu.Unlock()
		err = r.fault
	}
	return err
}

// steps is the whole run, in order. What a step has started, its Undo stops, the last first.
func (r *Run) steps() []step.Step {
	steps := []step.Step{
		{Name: "check the machine", Do: r.check, Undo: r.releasePorts},
		{Name: "open the log", Do: r.openLog, Undo: r.closeLog},
		{Name: "start the monitor", Do: r.startMonitor, Undo: r.stopMonitor},
		{Name: "start the master", Do: r.startMaster, Undo: r.endMaster},
		{Name: "start the workers", Do: r.startWorkers, Undo: r.stopWorkers},
		{Name: "wait until the workers are ready", Do: r.awaitWorkers},
		{Name: "run the load", Do: r.load, Undo: r.stopLoad},
	}
	if r.plan.UI {
		steps[len(steps)-1] = step.Step{Name: "open the web UI", Do: r.serve, Undo: r.endSession}
	}
	if r.plan.Joins() {
		steps[3] = step.Step{Name: "find the master", Do: r.joinMaster}
	}
	if len(r.plan.Monitors) > 0 {
		hosts := step.Step{Name: "record the monitors of other hosts", Do: r.recordMonitors, Undo: r.stopMonitors}
		steps = append(steps[:3:3], append([]step.Step{hosts}, steps[3:]...)...)
	}
	if r.plan.RequestLog != "" {
		requests := step.Step{Name: "log the requests", Do: r.logRequests, Undo: r.sortRequests} // it is undone when nobody is left who writes them
		if r.plan.UI {
			requests.Undo = r.dropRequests
		}
		steps = append(steps[:2:2], append([]step.Step{requests}, steps[2:]...)...)
	}
	if r.plan.Demo {
		demo := step.Step{Name: "start the demo API", Do: r.startTarget, Undo: r.stopTarget}
		steps = append(steps[:2:2], append([]step.Step{demo}, steps[2:]...)...)
	}
	return steps
}

// Loaded reports whether any load was made, so that there are results to show.
func (r *Run) Loaded() bool { return !r.began.IsZero() }

// Served reports whether the web UI was open for tests, so that this was a session.
func (r *Run) Served() bool { return r.session.served }

// LocustCode is the master's exit code, 0 if it had none: it was not started, or was ended by a signal.
func (r *Run) LocustCode() int {
	if r.locust == nil {
		return 0
	}
	return max(0, r.locust.Code)
}

// Log is the path of the log, "" if the run did not get so far.
func (r *Run) Log() string { return r.files.Log }

// Summary collects what the run left behind.
func (r *Run) Summary() summary.Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	return summary.Read(summary.Run{
		Users: r.watch.Peak(), Last: r.watch.Last().Total(), Notes: r.told(),
		Remarks: append(r.remarks, r.watch.Remarks(r.plan.Workers+r.plan.PythonWorkers, runtime.GOMAXPROCS(0))...),
	}, r.files)
}

// told are the notes of the run, without a password. The caller holds their lock.
func (r *Run) told() (notes []string) {
	for _, note := range slices.Concat(r.watch.Limits(r.plan.Workers+r.plan.PythonWorkers, runtime.GOMAXPROCS(0)), r.notes, r.watched.notes()) {
		if note = r.secret.Text(note); !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}

// announce tells the user what the run does now, and the log, if it is open.
func (r *Run) announce(name string) {
	r.view.Step(name)
	if r.log != nil {
		r.log.Print(time.Now().Format(time.StampMilli) + " " + name)
	}
}

// note keeps a line for the summary.
func (r *Run) note(text string) {
	if test := r.session.test.Load(); test != nil { // a child says it of the test that runs, or has just run
		r = test
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes = append(r.notes, text)
}

// remark keeps a few words that belong to the verdict.
func (r *Run) remark(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.remarks = append(r.remarks, text)
}

// fail ends the run with a cause. Later causes are consequences of the first.
func (r *Run) fail(err error) {
	r.mu.Lock()
	if r.fault == nil {
		r.fault = err
	}
	r.mu.Unlock()
	r.cancel(err)
}

// sleep waits for d, less if ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
