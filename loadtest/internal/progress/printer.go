package progress

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// clearLine goes back to the start of a terminal's line and erases it.
const clearLine = "\r\x1b[K"

// A Printer shows the progress of one run. Its methods may be called from several goroutines.
type Printer struct {
	// Width returns the columns of the terminal. Nil means that the output is no terminal.
	width func() int
	every time.Duration

	mu      sync.Mutex // guards the rest
	w       io.Writer
	next    time.Duration // when, in the run's time, the next plain line is due
	rewrite bool          // the terminal's cursor is in a line that may be erased
}

// NewPrinter returns a Printer on w. width returns the columns of w's terminal, and is nil if w is none; then a status
// is printed at most once in every.
func NewPrinter(w io.Writer, width func() int, every time.Duration) *Printer {
	return &Printer{w: w, width: width, every: every}
}

// Step says what the run does now.
func (p *Printer) Step(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width == nil {
		fmt.Fprintln(p.w, name)
		return
	}
	p.replace(name + " ...")
}

// Status shows the run at this moment.
func (p *Printer) Status(s Status) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width != nil {
		p.replace(s.Line(p.limit()))
		return
	}
	if s.Elapsed < p.next {
		return
	}
	p.next = s.Elapsed.Truncate(p.every) + p.every
	fmt.Fprintln(p.w, s.Line(0))
}

// Note prints a line that stays.
func (p *Printer) Note(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	fmt.Fprintln(p.w, text)
}

// Finish erases a line that was meant to be rewritten, so that the summary starts on a clean one.
func (p *Printer) Finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// replace writes a line over the one before. The caller holds mu.
func (p *Printer) replace(line string) {
	fmt.Fprint(p.w, clearLine, cut(line, p.limit()))
	p.rewrite = true
}

// limit is how many columns a line may have: one less than the terminal's, or some of them would wrap it. A terminal
// that does not say its width has no limit.
func (p *Printer) limit() int { return max(0, p.width()-1) }

// clear erases the line that may be erased. The caller holds mu.
func (p *Printer) clear() {
	if p.rewrite {
		fmt.Fprint(p.w, clearLine)
		p.rewrite = false
	}
}
