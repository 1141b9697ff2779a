// Package terminaltest has a terminal for tests: a pseudo-terminal of the kernel, and the screen behind it.
package terminaltest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// New returns a screen. One that reflows breaks lines anew when its width changes, as tmux, VTE, kitty, iTerm2 and Windows Terminal do; xterm cuts them off.
func New(columns, rows int, reflows bool) *Screen {
	return &Screen{columns: columns, rows: rows, reflows: reflows}
}

// A Screen is as much of a terminal as programs of ours need: letters, line breaks, the cursor up, erasing to the right and below, and what becomes of lines when its
// window is resized. What it does not know stands
// on the screen as text.
type Screen struct {
	columns, rows int
	pending       []byte // of what was written: the beginning of a letter or a control sequence
	hidden        bool
	cuts          bool // what is beyond the last column is cut off
	reflows       bool // lines are broken anew when the width changes, as VTE, kitty, iTerm2 and Windows Terminal do; xterm cuts them off
	lines         []line
	x, y          int // of the cursor, in lines
}

// A line is a row of the screen, or above it.
type line struct {
	cells   []rune // one a column; the second column of a wide letter is 0
	wrapped bool   // the next row goes on with it
}

// sequence are the control sequences that it knows, begun those that have not come to their end.
var (
	sequence = regexp.MustCompile(`^\x1b\[(?:\d*[Am]|[JK]|\?\d+[lh])`)
	begun    = regexp.MustCompile(`^\x1b(\[\??\d*)?$`)
)

// Write shows what a program wrote, behind the line discipline: \n comes as \r\n. It has no error.
func (s *Screen) Write(data []byte) (int, error) {
	s.here()
	s.pending = append(s.pending, data...)
	for len(s.pending) > 0 {
		if found := sequence.Find(s.pending); found != nil {
			last := len(found) - 1
			n, _ := strconv.Atoi(strings.Trim(string(found[2:last]), "?"))
			s.control(string(found[last:]), n)
			s.pending = s.pending[len(found):]
			continue
		}
		if begun.Match(s.pending) || !utf8.FullRune(s.pending) {
			break
		}
		r, size := utf8.DecodeRune(s.pending)
		s.letter(r)
		s.pending = s.pending[size:]
	}
	return len(data), nil
}

// CursorShown reports whether the cursor can be seen.
func (s *Screen) CursorShown() bool { return !s.hidden }

// here makes sure that there is a row below the cursor.
func (s *Screen) here() *line {
	for s.y >= len(s.lines) {
		s.lines = append(s.lines, line{})
	}
	return &s.lines[s.y]
}

func (s *Screen) control(kind string, n int) {
	switch kind {
	case "A":
		s.y = max(len(s.lines)-s.rows, 0, s.y-max(n, 1)) // not above the screen
	case "K":
		l := s.here()
		l.cells, l.wrapped = l.cells[:min(len(l.cells), s.x)], false
	case "l", "h":
		switch n {
		case 7:
			s.cuts = kind == "l"
		case 25:
			s.hidden = kind == "l"
		}
	case "J":
		s.control("K", 0)
		for i := s.y + 1; i < len(s.lines); i++ {
			s.lines[i] = line{}
		}
	}
}

func (s *Screen) letter(r rune) {
	switch r {
	case '\r':
		s.x = 0
	case '\n':
		s.y++
		s.here()
	default:
		width := max(1, (&runewidth.Condition{StrictEmojiNeutral: true}).RuneWidth(r))
		if s.x+width > s.columns && s.cuts {
			return // a terminal puts it over the last letter
		}
		if s.x+width > s.columns {
			s.here().wrapped = true
			s.x = 0
			s.y++
		}
		l := s.here()
		for len(l.cells) < s.x+width {
			l.cells = append(l.cells, ' ')
		}
		l.cells[s.x] = r
		for i := 1; i < width; i++ {
			l.cells[s.x+i] = 0
		}
		s.x += width
	}
}

// Resize is what happens when a person drags the corner of the window.
func (s *Screen) Resize(columns, rows int) {
	s.here()
	var lines []line
	x, y := s.x, s.y
	for i := 0; i < len(s.lines); i++ {
		whole, begin := s.lines[i].cells, i
		for s.reflows && s.lines[i].wrapped && i+1 < len(s.lines) {
			i++
			whole = append(whole[:len(whole):len(whole)], s.lines[i].cells...)
		}
		if begin <= s.y && s.y <= i {
			y = len(lines)
		}
		for s.reflows && len(whole) > columns {
			lines = append(lines, line{whole[:columns], true})
			whole = whole[columns:]
		}
		lines = append(lines, line{cells: whole[:min(len(whole), columns)]})
	}
	// The cursor keeps its place on the screen as far as there is room. What is below the screen then is gone: tmux, VTE and xterm drop that first.
	offset := s.y - max(0, len(s.lines)-s.rows)
	top := max(0, y-min(offset, rows-1))
	s.lines, s.x, s.y, s.columns, s.rows = lines[:min(len(lines), top+rows)], x, y, columns, rows
}

// Text is all that can be read, without what was scrolled away being lost.
func (s *Screen) Text() string {
	var out strings.Builder
	for _, l := range s.lines {
		out.WriteString(strings.TrimRight(strings.ReplaceAll(string(l.cells), "\x00", ""), " ") + "\n")
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}
