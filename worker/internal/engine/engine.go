// Package engine keeps the right number of users of each class running: one goroutine a user.
package engine

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

// An Engine runs users. Its methods may be called by any goroutine.
type Engine struct {
	classes  map[string]user.Class
	services Services
	log      *slog.Logger

	mu      sync.Mutex // guards what follows and every group and member
	groups  map[string]*group
	tasks   map[string][]string // the tasks that users of a class may do, where the master has picked some
	missing []string            // the classes of users that are still to be started, see begin
	command int                 // counts Spawn and Stop calls: an earlier one starts no more users
	leaving map[*member]bool    // users that were asked to stop and are not gone
	since   int                 // the command since which users that leave are waited for
	awaited int                 // how many of leaving that are
	settled func()              // called when nobody is missing or awaited
	said    map[string]bool     // what is in the log already, see once
	turns   user.Schedule       // of users that are started; nil: their waits are their own
}

var _ locust.Users = (*Engine)(nil)

// Services are what users get from their worker.
type Services struct {
	// Shard returns the recorder of one more user.
	Shard func() user.Recorder
	// Observe returns a recorder that sees what one more user of a class records, and passes it on; nil: nobody sees it.
	Observe func(class string, to user.Recorder) user.Recorder
	// Report takes the users' exceptions, Send their messages to the master.
	Report func(user.Exception)
	Send   func(kind string, data any) error
	// Index returns the worker's number at the master; nil: it has none.
	Index func() int
	// Limits are those of a test, or nil.
	Limits *user.Limits
	// Streams says how streams are measured; nil is not at all.
	Streams *user.Streams
	// Any is run under the name of each class that the master asks for and that is not among the given ones; nil means that
	// there are no others.
	Any func(ctx context.Context, env *user.Env)
	// Attributes says that the classes have attributes beside their host and tasks, and that someone else sets them.
	Attributes bool
	// Patience is how users that are to end are waited for.
	Patience Patience
	// Schedule says when tasks begin where the master has a --rate; nil means that users always have their own waits.
	Schedule Schedule
}

// A Schedule is one that the master's options switch on. End is called when all users are asked to stop.
type Schedule interface {
	user.Schedule
	// Begin is told of the options of each spawn message, and says whether the users that it starts have the schedule.
	Begin(options map[string]any) bool
	End()
}

// A group is the users of one class.
type group struct {
	active []*member // not asked to stop
	alive  int       // active and leaving
}

// A member is one running user.
type member struct {
	group  *group
	slot   int           // its place in group.active, -1 once it was asked to stop
	asked  int           // by which command it was asked to stop
	stop   chan struct{} // closed when it is asked to stop
	cancel context.CancelFunc
	gone   bool
	tally  *tally
}

// New returns an engine for the given classes.
func New(classes []user.Class, services Services, log *slog.Logger) *Engine {
	if services.Index == nil {
		services.Index = func() int { return -1 }
	}
	services.Patience.Leave = cmp.Or(services.Patience.Leave, DefaultLeave)
	services.Patience.Advice = cmp.Or(services.Patience.Advice, advice)
	e := &Engine{
		classes: map[string]user.Class{}, services: services, log: log, groups: map[string]*group{}, tasks: map[string][]string{},
		leaving: map[*member]bool{}, said: map[string]bool{},
	}
	for _, c := range classes {
		e.classes[c.Name] = c
		e.groups[c.Name] = &group{}
	}
	return e
}

// Counts returns the users of each class that run, those included that were asked to stop and are not gone.
func (e *Engine) Counts() map[string]int {
	e.mu.Lock()
	defer e.mu.Unlock()
	counts := make(map[string]int, len(e.groups))
	for name, g := range e.groups {
		counts[name] = g.alive
	}
	return counts
}

// Spawn starts what is missing of each class in the job and asks what is too much to stop; classes that the job does
// not name stay as they are (WorkerRunner.start_worker). done is called when the missing ones have been started and those
// that this call has asked to stop are gone: an earlier one whose users take their time is overtaken.
func (e *Engine) Spawn(job locust.Job, done func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.missed(job.Options)
	e.schedule(job.Options)
	var missing []string // the class of each user to start
	for name, want := range job.Classes {
		if g := e.group(name); g != nil && want > len(g.active) {
			missing = append(missing, slices.Repeat([]string{name}, want-len(g.active))...)
		}
	}
	e.begin(missing, &job)
	e.since, e.awaited = e.command, 0
	var surplus []*member
	for name, want := range job.Classes {
		for g := e.groups[name]; g != nil && len(g.active) > max(want, 0); {
			surplus = append(surplus, e.ask(g.active[len(g.active)-1]))
		}
	}
	e.limit(surplus, locust.Seconds(job.StopTimeout))
	e.settle(done)
}

// Stop asks all users to stop. done is called when they are gone, those included that were asked to stop before, whose time
// may get shorter.
func (e *Engine) Stop(timeout time.Duration, done func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.begin(nil, nil)
	if e.turns != nil {
		e.services.Schedule.End()
	}
	e.since, e.awaited = 0, len(e.leaving)
	all := slices.Collect(maps.Keys(e.leaving))
	for _, g := range e.groups {
		for len(g.active) > 0 {
			all = append(all, e.ask(g.active[len(g.active)-1]))
		}
	}
	e.limit(all, timeout)
	e.settle(done)
}

// schedule finds out whether the users that are started have the master's schedule. e.mu is held.
func (e *Engine) schedule(options map[string]any) {
	e.turns = nil
	if e.services.Schedule != nil && e.services.Schedule.Begin(options) {
		e.turns = e.services.Schedule
	}
}

// group returns the users of a class, nil if there is no such class.
func (e *Engine) group(name string) *group {
	if g, ok := e.groups[name]; ok || e.services.Any == nil {
		return g
	}
	e.classes[name] = user.Class{Name: name, Run: e.services.Any}
	e.groups[name] = &group{}
	return e.groups[name]
}

// ask takes a user out of its group's active ones and tells it to begin nothing more.
func (e *Engine) ask(m *member) *member {
	m.leaveActive()
	close(m.stop)
	e.leaving[m] = true
	m.asked = e.command
	e.awaited++
	return m
}

// leaveActive frees the member's slot: the last active member takes it.
func (m *member) leaveActive() {
	active := m.group.active
	last := active[len(active)-1]
	active[m.slot], last.slot = last, m.slot
	active[len(active)-1] = nil
	m.group.active = active[:len(active)-1]
	m.slot = -1
}

// end is the last thing a user's goroutine does.
func (e *Engine) end(m *member) {
	m.cancel()
	e.mu.Lock()
	defer e.mu.Unlock()
	if !m.gone {
		e.remove(m)
	}
}

func (e *Engine) remove(m *member) {
	m.gone = true
	m.group.alive--
	if m.slot >= 0 { // it ended by itself: the slot stays empty until the master's next spawn
		m.leaveActive()
		return
	}
	delete(e.leaving, m)
	if m.asked >= e.since {
		e.awaited--
		e.settle(e.settled)
	}
}

// settle calls done once nobody is missing or awaited; a done that waits is replaced.
func (e *Engine) settle(done func()) {
	e.settled = done
	if e.awaited == 0 && len(e.missing) == 0 && done != nil {
		e.settled = nil
		done()
	}
}
