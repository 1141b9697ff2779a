package process

import (
	"fmt"
	"slices"
	"strings"
)

const (
	// maxChanges is how many changes are said: a server that crashes each second would fill the log.
	maxChanges = 20
	// maxNamed is how many processes are named in a line.
	maxNamed = 5
)

// A story tells the user what is watched, and each change of that, once.
type story struct {
	choice  Choice
	began   bool
	told    []*Process // the roots that were said
	named   []string   // and what they were called, while they could be asked
	anew    int        // the restarts that were said
	changes int
	cause   string // why the finder cannot look, as it was said
}

// tell says what has changed since the last call.
func (s *story) tell(w *Watch) {
	roots := w.roots()
	if s.began && slices.Equal(roots, s.told) {
		return
	}
	lines := s.lines(w, roots)
	s.began, s.told = true, roots
	if s.changes++; s.changes > maxChanges {
		return
	}
	if s.changes == maxChanges {
		lines = append(lines, "what is watched changes often: further changes are counted in Process_Restarts and not said")
	}
	for _, line := range lines {
		w.Note(line)
	}
}

func (s *story) lines(w *Watch, roots []*Process) (lines []string) {
	gone := len(s.told) > 0 && !slices.ContainsFunc(s.told, func(p *Process) bool { return slices.Contains(roots, p) })
	if gone {
		lines = append(lines, s.names()+" ended"+s.after(len(roots)))
	}
	switch {
	case len(roots) > 0:
		line := s.watching(w, roots)
		if w.restarts > s.anew {
			line += fmt.Sprintf(" (restart %d)", w.restarts)
		}
		s.anew = w.restarts
		lines = append(lines, line)
	case !gone:
		lines = append(lines, "waiting for "+s.choice.String()+": its cells are empty until it is there")
	}
	return lines
}

// after says what happens now that all roots have ended.
func (s *story) after(roots int) string {
	switch {
	case roots > 0:
		return ""
	case s.choice.PID != 0:
		return ": its cells stay empty (--port, --process and --container find a process that is started anew)"
	default:
		return ": waiting for " + s.choice.String()
	}
}

// watching describes the roots: name, number, children, and the beginning of the command line.
func (s *story) watching(w *Watch, roots []*Process) string {
	s.named = s.named[:0]
	var shown string
	for _, p := range roots {
		name, command := described(commandLine(w.proc, p.PID))
		if name == "" {
			name = "a process"
		}
		s.named = append(s.named, fmt.Sprintf("%s (pid %d)", name, p.PID))
		shown = command
	}
	children := len(w.Tree().PIDs) - len(roots)
	if len(roots) == 1 {
		return fmt.Sprintf("watching %s%s: %s", strings.TrimSuffix(s.named[0], ")"), with(" and ", children)+")", shown)
	}
	return fmt.Sprintf("watching %d processes%s: %s", len(roots), with(" and ", children), s.names())
}

// names lists what the roots were called, as far as that fits a line.
func (s *story) names() string {
	names := strings.Join(s.named[:min(maxNamed, len(s.named))], ", ")
	if more := len(s.named) - maxNamed; more > 0 {
		names += fmt.Sprintf(" and %d more", more)
	}
	return names
}

// with is the number of children behind a word, or nothing.
func with(word string, children int) string {
	switch children {
	case 0:
		return ""
	case 1:
		return word + "1 child"
	default:
		return fmt.Sprintf("%s%d children", word, children)
	}
}

// trouble says why the finder cannot look, once for each cause.
func (s *story) trouble(w *Watch, err error) {
	cause := ""
	if err != nil {
		cause = err.Error()
	}
	if cause != "" && cause != s.cause {
		w.Note(cause)
	}
	s.cause = cause
}
