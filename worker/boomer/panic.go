package boomer

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
)

// A panicked is what a task panicked with, and where.
type panicked struct {
	value any
	stack string
}

// call does a task once. It returns its panic: one bad task must not end the worker.
func call(t *Task) (p *panicked) {
	defer func() {
		if v := recover(); v != nil {
			p = &panicked{v, frames()}
		}
	}()
	t.Fn()
	return nil
}

// frames says where the current panic comes from, innermost last as Python does. There are no addresses in it: the master
// groups by this text.
func frames() string {
	pcs := make([]uintptr, 32)
	it := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var lines []string
	for more := true; more; {
		var f runtime.Frame
		f, more = it.Next()
		if strings.HasSuffix(f.Function, "worker/boomer.call") {
			break
		}
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			lines = append(lines, fmt.Sprintf("  File %q, line %d, in %s\n", f.File, f.Line, f.Function))
		}
	}
	slices.Reverse(lines)
	return strings.Join(lines, "")
}
