package rate

// A hiccup is a time in which this process did not run. The tasks that came due in it do not begin all at once: the schedule falls behind by as
// long, and catches up by beginning them somewhat closer together.
//
// On a machine that is busy every timer is late. That is no hiccup: if the schedule fell behind at each of them, one task would begin where a
// dozen are due. So what timers are usually late is tolerated.
type hiccup struct {
	behind, at float64 // seconds, and when on the master's clock
	usual      float64 // seconds that three of four timers are late at most
}

// hurry is by how much faster tasks begin until the schedule has caught up; tolerance is what a timer may be late and a core busy, in seconds.
const (
	hurry     = 0.12
	tolerance = 0.005
)

// step is by how much, in seconds, one timer changes what is usual; patient is as late as timers usually are at most: a machine whose timers are
// later has no core for this process.
const (
	step    = 0.0002
	patient = 0.05
)

// woke takes by how much a timer was late. One that was very late counts no more than one that was late: a hiccup is not usual.
func (h *hiccup) woke(late float64) {
	if late > h.usual {
		h.usual = min(h.usual+3*step, patient)
	} else {
		h.usual = max(h.usual-step, 0)
	}
}

// tolerated is by how much a task may be late and the schedule does not fall behind.
func (h *hiccup) tolerated() float64 { return max(tolerance, 2*h.usual) }

// schedule returns the time that the schedule has come to: it may be behind.
func (h *hiccup) schedule(now float64) float64 { return now - max(0, h.behind-hurry*(now-h.at)) }

// when returns the time at which a task may begin that is due then, if a user has waited for it since waiting, on the schedule's clock.
func (h *hiccup) when(due, waiting, now float64) float64 {
	if waiting > due { // it was due, and nobody was free
		return due
	}
	at := max(due, (due+h.behind+hurry*h.at)/(1+hurry)) // where schedule(at) is due
	if may := h.tolerated(); now-at > may {
		h.behind, h.at = now-due-may, now
		return now
	}
	return at
}
