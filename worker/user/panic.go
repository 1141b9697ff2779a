package user

import (
	"context"
	"fmt"
	"runtime"
	"strings"
)

// panicError is a panic of a task, with the frames that led to it.
type panicError struct {
	value any
	stack string
}

func (p *panicError) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// protect calls a task and turns a panic into an error: one bad task must not end the worker.
func protect[S any](state *S, ctx context.Context, f func(*S, context.Context) error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &panicError{v, frames()}
		}
	}()
	return f(state, ctx)
}

// frames lists where the current panic came from, innermost last as Python does, without addresses or goroutine
// numbers, so that one bug is one group in the Exceptions tab.
func frames() string {
	pcs := make([]uintptr, 32)
	n := runtime.Callers(3, pcs)
	it := runtime.CallersFrames(pcs[:n])
	var lines []string
	for {
		f, more := it.Next()
		if strings.Contains(f.Function, "/user.protect[") {
			break
		}
		if !strings.HasPrefix(f.Function, "runtime.") {
			lines = append(lines, fmt.Sprintf("  File %q, line %d, in %s\n", f.File, f.Line, f.Function))
		}
		if !more {
			break
		}
	}
	var b strings.Builder
	for i := len(lines) - 1; i >= 0; i-- {
		b.WriteString(lines[i])
	}
	return b.String()
}
