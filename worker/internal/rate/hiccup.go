package rate

// A hiccup is a time in which this process did not run. The tasks that came due in it do not begin all at once: the schedule falls behind by as
// long, and catches up by beginning them somewhat closer together.
type hiccup struct {
	behind, at float64 // seconds, and when on the master's clock
}

// hurry is by how much faster tasks begin until the schedule has caught up; tolerance is what a timer may be late and a core busy, in seconds.
const (
	hurry     = 0.12
	tolerance = 0.005
)

// schedule returns the time that the schedule has come to: it may be behind.
func (h *hiccup) schedule(now float64) float64 { return now - max(0, h.behind-hurry*(now-h.at)) }

// when returns the time at which a task may begin that is due then, if a user has waited for it since waiting, on the schedule's clock.
func (h *hiccup) when(due, waiting, now float64) float64 {
	if waiting > due { // it was due, and nobody was free
		return due
	}
	at := max(due, (due+h.behind+hurry*h.at)/(1+hurry)) // where schedule(at) is due
	if now-at > tolerance {
		h.behind, h.at = now-due, now
		return now
	}
	return at
}
