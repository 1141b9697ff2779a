package rate

import (
	"fmt"
	"log/slog"
	"math"
	"sync"
	"time"

	"gregaria/worker/user"
)

// A Gate lets the users of a worker begin their tasks when they are due. Any goroutine may call it.
//
//	a task is due and    a user waits         it begins
//	                     nobody is free       the first user who comes begins it, late
//	nothing is due       the users wait       in the order in which they came
//
// A task that was due while a user waited, and is dealt out late because this process had no core, is no open load but a fault of the
// generator's: it makes no burst, see hiccup.
type Gate struct {
	services Services

	mu      sync.Mutex // guards what follows
	on      bool
	last    float64 // when the newest plan begins; 0: the users have begun and none has come
	clock   clock
	dealer  dealer
	hiccup  hiccup
	waiting []*waiter
	timer   *time.Timer // fires when the next task is due, if somebody waits
	wakeAt  float64     // when that is
	report  *time.Timer
	count   Report
}

var _ user.Schedule = (*Gate)(nil)

// Services are what a gate gets from its worker.
type Services struct {
	// Send sends a Report to the master.
	Send func(kind string, data any) error
	// Recorder takes the tasks that were due and never begun.
	Recorder user.Recorder
	Log      *slog.Logger
}

// A waiter is a user who waits for a task.
type waiter struct {
	due   chan time.Time // of one
	since float64        // on the clock of the schedule
}

// New returns a gate that is open: users are not to ask it.
func New(s Services) *Gate { return &Gate{services: s, dealer: newDealer()} }

// reportEvery is the time between two reports; patience is how long the first plan may take.
const (
	reportEvery = 2 * time.Second
	patience    = 5 * time.Second
)

// Begin says, with the options of a spawn message, whether users have to wait for their turns.
func (g *Gate) Begin(options map[string]any) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.on && number(options[Option]) > 0 {
		g.on, g.last, g.count = true, 0, Report{}
		g.clock = newClock()
		g.dealer, g.hiccup = newDealer(), hiccup{}
		g.report = time.AfterFunc(reportEvery, g.tell)
		time.AfterFunc(patience, g.lookOut)
	}
	return g.on
}

// End says that all users are asked to stop: what is due and not begun is not begun any more.
func (g *Gate) End() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.on {
		return
	}
	g.on = false
	g.report.Stop()
	g.stopTimer()
	now := g.clock.master()
	for g.dealer.due <= now {
		g.count.Missed++
		g.services.Recorder.Record(user.MissedTask(user.Rate, seconds(now-g.dealer.take())))
	}
	g.dealer = newDealer()
	g.send(true)
}

// Hear takes a plan of the master.
func (g *Gate) Hear(m user.Message) {
	p, err := ParsePlan(m.Data)
	if err != nil {
		g.services.Log.Error(fmt.Sprintf("Dropped a %s message from the master: %v", Message, err))
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.on {
		return
	}
	g.clock.hear(p.Sent)
	if p.From > g.last { // or it is one that is sent again, for those who missed it
		g.last, p.From = p.From, max(p.From, g.clock.master())
		g.dealer.add(p)
		g.deal()
	}
}

// Next implements user.Schedule.
func (g *Gate) Next(stopping, done <-chan struct{}) (time.Time, bool) {
	w := &waiter{due: make(chan time.Time, 1)}
	g.mu.Lock()
	w.since = g.hiccup.schedule(g.clock.master())
	g.waiting = append(g.waiting, w)
	g.deal()
	g.mu.Unlock()
	select { // who is to stop begins nothing
	case <-stopping:
		return g.leave(w)
	case <-done:
		return g.leave(w)
	default:
	}
	select {
	case due := <-w.due:
		return due, true
	case <-stopping:
	case <-done:
	}
	return g.leave(w)
}

// leave takes out a user who is to stop. What was dealt to it meanwhile is begun, or it would be lost.
func (g *Gate) leave(w *waiter) (time.Time, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, other := range g.waiting {
		if other == w {
			g.waiting = append(g.waiting[:i], g.waiting[i+1:]...)
			return time.Time{}, false
		}
	}
	select {
	case due := <-w.due:
		return due, true
	default:
		return time.Time{}, false
	}
}

// Ended implements user.Schedule.
func (g *Gate) Ended(took time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.count.Ended++
	g.count.Busy += took.Seconds()
}

// deal gives the tasks that are due to the users who wait, and comes again when the next one is. g.mu is held.
func (g *Gate) deal() {
	now := g.clock.master()
	n, next := 0, never
	for ; n < len(g.waiting); n++ {
		if next = g.hiccup.when(g.dealer.due, g.waiting[n].since, now); next > now {
			break
		}
		late := now - g.dealer.take()
		g.count.begun(late)
		g.waiting[n].due <- time.Now().Add(-seconds(late))
	}
	g.waiting = append(g.waiting[:0], g.waiting[n:]...)
	g.stopTimer()
	if g.on && len(g.waiting) > 0 && !math.IsInf(next, 1) {
		g.wakeAt = next
		g.timer = time.AfterFunc(seconds(next-now), g.wake)
	}
}

func (g *Gate) stopTimer() {
	if g.timer != nil {
		g.timer.Stop()
		g.timer = nil
	}
}

func (g *Gate) wake() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if late := g.clock.master() - g.wakeAt; late >= 0 { // or it fired while another was set
		g.hiccup.woke(late)
	}
	g.deal()
}

// lookOut says that no plan has come.
func (g *Gate) lookOut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.on && g.last == 0 {
		g.services.Log.Warn("The users wait for the master to share --rate out: its plug-in has said nothing. Is it of this release, and in the master's -f?")
	}
}

// seconds is a Duration of as many, rounded up, so that a timer is not early.
func seconds(s float64) time.Duration {
	return time.Duration(math.Ceil(min(max(s, 0), 1e9) * float64(time.Second)))
}
