package progress

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"gregaria/loadtest/internal/glyph"
)

// What a terminal is told: control sequences of ECMA-48, and DECAWM.
const (
	eraseBelow = "\x1b[J"   // from the cursor on
	eraseRight = "\x1b[K"   // from the cursor to the end of its line
	noWrapping = "\x1b[?7l" // what is beyond the last column is cut off
	wrapping   = "\x1b[?7h" // as it was
)

// A Screen is a terminal.
type Screen struct {
	// Size returns its columns and rows as they are now, 0 for what it does not say.
	Size func() (columns, rows int)
	// Colour says that it has colours, Unicode that it has the letters that bars and sparklines are drawn with.
	Colour, Unicode bool
}

// A Printer shows the progress of one run. Its methods may be called from several goroutines.
//
// On a terminal the cursor rests at the beginning of the block, not behind it. A terminal that becomes narrower breaks lines anew, each in its own
// way, but a cursor at the beginning of a line stays there: whatever stands below it is the block, and erasing that leaves nothing of it. The cursor is
// never hidden, so that nothing has to show it again. A frame may be written for a size that is just changing, so its lines are cut off, never wrapped.
type Printer struct {
	screen *Screen // nil for what is no terminal
	every  time.Duration

	mu      sync.Mutex // guards the rest
	w       io.Writer
	next    time.Duration // when, in the run's time, the next plain line is due
	block   block
	began   time.Time // of the step
	shown   int       // lines of the block on the screen
	columns int       // of the screen when they were written
}

// NewPrinter returns a Printer on w. screen is nil where w is no terminal; then a status is printed at most once in every.
func NewPrinter(w io.Writer, screen *Screen, every time.Duration) *Printer {
	p := &Printer{w: w, screen: screen, every: every}
	if screen != nil {
		p.block.colour, p.block.unicode = screen.Colour, screen.Unicode
	}
	return p
}

// Step says what the run does now. The step before it is done, and stays on a terminal with the time that it took.
func (p *Printer) Step(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.screen == nil {
		fmt.Fprintln(p.w, name)
		return
	}
	before := p.finished()
	p.block.step, p.began = name, time.Now()
	if p.block.status != nil {
		p.block.status.Phase = "" // of the step before
	}
	p.draw(before)
}

// Status shows the run at this moment.
func (p *Printer) Status(s Status) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.screen != nil {
		p.block.see(s)
		p.draw("")
		return
	}
	if s.Elapsed < p.next || s.Over {
		return
	}
	p.next = s.Elapsed.Truncate(p.every) + p.every
	fmt.Fprintln(p.w, s.Line(0))
}

// Note prints a line that stays, above the block where there is one.
func (p *Printer) Note(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text = glyph.Clean(text) + "\n" // a note may have the command line of a process in it
	if p.screen == nil {
		_, _ = io.WriteString(p.w, text)
		return
	}
	p.draw(text)
}

// Finish erases the block, so that what comes next starts on a clean line. The step that was the last stays. Another load may follow, whose time and numbers begin anew.
func (p *Printer) Finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = 0
	if p.screen == nil {
		return
	}
	last := p.finished()
	p.block.step, p.block.status, p.block.traces = "", nil, nil
	p.draw(last)
}

// finished is the line of the step that is done. The caller holds mu.
func (p *Printer) finished() string {
	if p.block.step == "" {
		return ""
	}
	columns, _ := p.size()
	return done(p.block.step, time.Since(p.began), columns) + "\n"
}

// size is that of the screen; that of the terminals that all others imitate, where it does not say.
func (p *Printer) size() (columns, rows int) {
	columns, rows = p.screen.Size()
	const least = 10 // of which no terminal has fewer
	if columns <= 0 {
		columns = 80
	}
	if rows <= 0 {
		rows = 24
	}
	return max(columns, least), rows
}

// draw writes lines that stay, and below them the block anew, all at once. The caller holds mu.
func (p *Printer) draw(stays string) {
	columns, rows := p.size()
	lines := p.block.lines(columns, rows)
	var out strings.Builder
	out.WriteByte('\r')
	if stays != "" || columns != p.columns || len(lines) < p.shown {
		out.WriteString(eraseBelow)
	}
	out.WriteString(stays + noWrapping)
	for i, line := range lines {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(line + eraseRight)
	}
	out.WriteString(wrapping + "\r")
	if len(lines) > 1 {
		fmt.Fprintf(&out, "\x1b[%dA", len(lines)-1) // up
	}
	p.shown, p.columns = len(lines), columns
	_, _ = io.WriteString(p.w, out.String())
}
