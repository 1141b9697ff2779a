package summary

import (
	"strings"
	"unicode/utf8"
)

// A table is text in columns. The first columns may be aligned to the left; they stand in every part of a table that is too
// wide for the screen.
type table struct {
	left   int // how many columns are aligned to the left; the last of them may take several lines
	header []string
	rows   [][]string
	rules  []int // before these rows stands a line; the header always has one below
}

const (
	gap       = 2  // columns between two columns
	leastName = 14 // characters that a name keeps in a line
)

// text is the table in at most width columns; 0 is no limit. Nothing is cut: long names take several lines, and columns that do
// not fit come in a further part below.
func (t table) text(width int) string {
	widths := t.widths()
	fixed := 0 // what the columns aligned to the left need, but for the last
	for _, w := range widths[:t.left-1] {
		fixed += w + gap
	}
	name := &widths[t.left-1]
	numbers := 0
	for _, w := range widths[t.left:] {
		numbers += w + gap
	}
	if width > 0 && fixed+*name+numbers > width {
		*name = min(*name, max(leastName, width-fixed-numbers))
	}
	var out strings.Builder
	for first := t.left; first < len(t.header); {
		last, used := first, fixed+*name
		for last < len(t.header) && (width == 0 || last == first || used+gap+widths[last] <= width) {
			used += gap + widths[last]
			last++
		}
		if first > t.left {
			out.WriteString("\n")
		}
		t.part(&out, widths, first, last)
		first = last
	}
	return out.String()
}

// widths are those of the columns, by what is in them.
func (t table) widths() []int {
	widths := make([]int, len(t.header))
	for _, row := range append([][]string{t.header}, t.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// part writes the columns aligned to the left and those from first to last.
func (t table) part(out *strings.Builder, widths []int, first, last int) {
	rule := -gap
	for i := range last {
		if i < t.left || i >= first {
			rule += widths[i] + gap
		}
	}
	line := strings.Repeat("-", rule) + "\n"
	t.row(out, t.header, widths, first, last)
	out.WriteString(line)
	for i, row := range t.rows {
		for _, before := range t.rules {
			if before == i && i > 0 {
				out.WriteString(line)
			}
		}
		t.row(out, row, widths, first, last)
	}
}

// row writes one row, its name in as many lines as it needs.
func (t table) row(out *strings.Builder, row []string, widths []int, first, last int) {
	lines := wrap(row[t.left-1], widths[t.left-1])
	for n, name := range lines {
		var cells []string
		for i := range last {
			cell := row[i]
			switch {
			case i >= t.left && i < first:
				continue
			case i == t.left-1:
				cell = name
			case n > 0:
				cell = ""
			}
			cells = append(cells, pad(cell, widths[i], i < t.left))
		}
		out.WriteString(strings.TrimRight(strings.Join(cells, strings.Repeat(" ", gap)), " ") + "\n")
	}
}

// pad fills a cell up.
func pad(cell string, width int, left bool) string {
	space := strings.Repeat(" ", max(0, width-utf8.RuneCountInString(cell)))
	if left {
		return cell + space
	}
	return space + cell
}

// wrap cuts a text into lines of at most width characters, at spaces where there are any. A width of 0 has no limit.
func wrap(text string, width int) []string {
	runes := []rune(text)
	var lines []string
	for width > 0 && len(runes) > width {
		end := width
		for at := width; at > width/3; at-- {
			if runes[at] == ' ' {
				end = at
				break
			}
		}
		lines = append(lines, string(runes[:end]))
		runes = runes[end:]
		for len(runes) > 0 && runes[0] == ' ' {
			runes = runes[1:]
		}
	}
	return append(lines, string(runes))
}
