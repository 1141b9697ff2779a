package user

import "errors"

// What a task or a set's OnStart returns to say how its user goes on. Anything else but nil is an exception.
var (
	// ErrStopUser ends the user for good, as Locust's StopUser does. The OnStop of every set it is in, and its own, run.
	ErrStopUser = errors.New("user stopped itself")
	// ErrReschedule abandons the task without a word: the user waits, then begins another (Locust's RescheduleTask).
	ErrReschedule = errors.New("task rescheduled")
	// ErrRescheduleNow abandons the task without a word, and the next begins without a wait (RescheduleTaskImmediately).
	ErrRescheduleNow = errors.New("task rescheduled at once")
)

var errInterrupt = errors.New("interrupt outside a nested set")

// An interruption leaves a set.
type interruption struct{ reschedule bool }

func (interruption) Error() string { return errInterrupt.Error() }
func (interruption) Unwrap() error { return errInterrupt }
func (i interruption) outside() error { // what the set's parent does about it
	if i.reschedule {
		return ErrRescheduleNow
	}
	return ErrReschedule
}

// Interrupt returns the error with which a task leaves the nested set it is in (TaskSet.interrupt). The set that holds
// this one goes on: at once with reschedule, otherwise after its wait. At the top level it is an exception, and the user
// ends.
func Interrupt(reschedule bool) error { return interruption{reschedule} }
