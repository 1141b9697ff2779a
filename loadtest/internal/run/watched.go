package run

import (
	"strconv"
	"strings"
	"sync"

	"gregaria/loadtest/internal/plan"
)

// A watched is the process under test, as the monitor finds it.
type watched struct {
	here  int  // the port of --host where that is on this machine, 0 where it is not
	asked bool // the monitor was told to watch one

	mu    sync.Mutex // guards the rest, which the reader of the monitor's output writes
	what  string     // what the monitor found first
	cause string     // why it found nothing, as far as it says
}

// What the monitor says begins with these.
const (
	saysWatching = "monitor: watching "
	saysWaiting  = "monitor: waiting for "
	saysHidden   = "monitor: something listens "
)

// args are the monitor's flags that name the process.
func (w *watched) args(watch string) []string {
	flags, ok := plan.WatchFlags(watch)
	switch {
	case ok:
	case watch != plan.NoWatch && w.here > 0:
		flags = []string{"--port", strconv.Itoa(w.here)}
	}
	w.asked = len(flags) > 0
	return flags
}

// hear takes a line of the monitor's.
func (w *watched) hear(line string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if what, ok := strings.CutPrefix(line, saysWatching); ok && w.what == "" {
		w.what = what
	}
	if w.cause == "" && (strings.HasPrefix(line, saysWaiting) || strings.HasPrefix(line, saysHidden)) {
		w.cause = strings.TrimPrefix(line, "monitor: ")
	}
}

// first is what the monitor found first, "" for nothing.
func (w *watched) first() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.what
}

// notes say that there was a process to watch, and that it was not found.
func (w *watched) notes() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.asked || w.what != "" || w.cause == "" {
		return nil
	}
	return []string{"no process was watched (" + w.cause + "); --watch names another"}
}
