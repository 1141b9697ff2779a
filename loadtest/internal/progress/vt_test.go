package progress_test

import (
	"regexp"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/glyph"
)

// A vt is as much of a terminal as a block needs: letters, line breaks, the cursor up, erasing to the right and below, and what becomes of lines when its
// window is resized. What it does not know makes a test fail: it stands on the screen.
type vt struct {
	columns, rows int
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

// sequence are the control sequences that the block uses.
var sequence = regexp.MustCompile(`^\x1b\[\??(\d*)([AJKmlh])`)

// write shows what a program wrote, behind the line discipline: \n comes as \r\n.
func (v *vt) write(text string) {
	v.here()
	for text != "" {
		if found := sequence.FindStringSubmatch(text); found != nil {
			n, _ := strconv.Atoi(found[1])
			v.control(found[2], n)
			text = text[len(found[0]):]
			continue
		}
		for i, r := range text {
			if i > 0 {
				text = text[i:]
				break
			}
			v.letter(r)
			if i+len(string(r)) == len(text) {
				text = ""
			}
		}
	}
}

// here makes sure that there is a row below the cursor.
func (v *vt) here() *line {
	for v.y >= len(v.lines) {
		v.lines = append(v.lines, line{})
	}
	return &v.lines[v.y]
}

func (v *vt) control(kind string, n int) {
	switch kind {
	case "A":
		v.y = max(len(v.lines)-v.rows, 0, v.y-max(n, 1)) // not above the screen
	case "K":
		l := v.here()
		l.cells, l.wrapped = l.cells[:min(len(l.cells), v.x)], false
	case "l", "h":
		v.cuts = kind == "l"
	case "J":
		v.control("K", 0)
		for i := v.y + 1; i < len(v.lines); i++ {
			v.lines[i] = line{}
		}
	}
}

func (v *vt) letter(r rune) {
	switch r {
	case '\r':
		v.x = 0
	case '\n':
		v.y++
		v.here()
	default:
		width := max(1, glyph.Width(string(r)))
		if v.x+width > v.columns && v.cuts {
			return // a terminal puts it over the last letter
		}
		if v.x+width > v.columns {
			v.here().wrapped = true
			v.x = 0
			v.y++
		}
		l := v.here()
		for len(l.cells) < v.x+width {
			l.cells = append(l.cells, ' ')
		}
		l.cells[v.x] = r
		for i := 1; i < width; i++ {
			l.cells[v.x+i] = 0
		}
		v.x += width
	}
}

// resize is what happens when a person drags the corner of the window.
func (v *vt) resize(columns, rows int) {
	v.here()
	var lines []line
	x, y := v.x, v.y
	for i := 0; i < len(v.lines); i++ {
		whole, begin := v.lines[i].cells, i
		for v.reflows && v.lines[i].wrapped && i+1 < len(v.lines) {
			i++
			whole = append(whole[:len(whole):len(whole)], v.lines[i].cells...)
		}
		if begin <= v.y && v.y <= i {
			y = len(lines)
		}
		for v.reflows && len(whole) > columns {
			lines = append(lines, line{whole[:columns], true})
			whole = whole[columns:]
		}
		lines = append(lines, line{cells: whole[:min(len(whole), columns)]})
	}
	// The cursor keeps its place on the screen as far as there is room. What is below the screen then is gone: tmux, VTE and xterm drop that first.
	offset := v.y - max(0, len(v.lines)-v.rows)
	top := max(0, y-min(offset, rows-1))
	v.lines, v.x, v.y, v.columns, v.rows = lines[:min(len(lines), top+rows)], x, y, columns, rows
}

// text is all that can be read, without what was scrolled away being lost.
func (v *vt) text() string {
	var out strings.Builder
	for _, l := range v.lines {
		out.WriteString(strings.TrimRight(strings.ReplaceAll(string(l.cells), "\x00", ""), " ") + "\n")
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}
