// Package fault names the ways in which a run can go wrong, so that the command can choose the exit code by kind and
// every other package only has to say what happened.
package fault

import (
	"errors"
	"fmt"
)

// A Kind is a way to go wrong. Each has one exit code, which package cli chooses.
type Kind int

// The kinds, in the order of their exit codes.
const (
	// Failed: the run is complete and its result is bad.
	Failed Kind = iota + 1
	// Usage: a flag, an environment variable or the locustfile is wrong.
	Usage
	// NotReady: something that the run needs is not there.
	NotReady
	// Died: a process that the run depends on ended before the run did.
	Died
	// Output: a result could not be written.
	Output
	// Check: a limit that was set for the run is broken, or could not be held against it.
	Check
	// Interrupted: the user ended the run early.
	Interrupted
)

// An Error is an error of a kind. It reads as the error in it: one line that says what, where and what to do.
type Error struct {
	Kind Kind
	Err  error
}

// New returns an Error of a kind; format and args are those of fmt.Errorf.
func New(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Err: fmt.Errorf(format, args...)}
}

// Error returns the text of the error that e carries.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the error that e carries.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first Error in err's chain, and fallback for an error that has none.
func KindOf(err error, fallback Kind) Kind {
	var fault *Error
	if errors.As(err, &fault) {
		return fault.Kind
	}
	return fallback
}
