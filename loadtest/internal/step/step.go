// Package step runs a list of named steps in order and undoes, in reverse order, the ones that were begun.
package step

import (
	"context"
	"errors"
	"fmt"
)

// A Step is one named part of a run.
type Step struct {
	// Name says what the step does, as one says it to a user: "start the master".
	Name string
	// Do does it. It returns soon after ctx is cancelled.
	Do func(ctx context.Context) error
	// Undo ends what Do has begun. It is called if Do was called, even if Do failed halfway, and may be nil.
	Undo func(ctx context.Context) error
}

// Run does the steps one after the other until one fails or ctx is cancelled, then undoes every step that was begun,
// the last first: whatever was started is stopped, whatever happens.
//
// The undoing gets its own context, undo, because stopping takes time that a cancelled run no longer has.
// The result is what went wrong first: the cause of ctx's end before the error of the step that noticed it. Errors of
// the undoing are joined after it.
func Run(ctx, undo context.Context, steps []Step, announce func(Step)) (err error) {
	begun := 0
	defer func() {
		for i := begun - 1; i >= 0; i-- {
			if steps[i].Undo == nil {
				continue
			}
			if failed := steps[i].Undo(undo); failed != nil {
				err = errors.Join(err, fmt.Errorf("undo %q: %w", steps[i].Name, failed))
			}
		}
	}()
	for _, step := range steps {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		begun++
		announce(step)
		failed := step.Do(ctx)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if failed != nil {
			return failed
		}
	}
	return nil
}
