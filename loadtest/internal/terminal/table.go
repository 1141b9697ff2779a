package terminal

import (
	"strings"

	"gregaria/loadtest/internal/glyph"
)

// A table is text in columns. The first columns may be aligned to the left; they stand in every part of a table that is too
// wide for the screen.
type table struct {
	left   int // how many columns are aligned to the left; a name in them may take several lines
	header []string
	rows   [][]cell
	sums   int // how many rows at the end are of all others: a line stands before them
}

// A cell is one of a table.
type cell struct {
	text  string
	paint paint
}

const (
	gap       = 2  // columns between two columns
	leastName = 14 // columns that a name keeps in a line
)

// text is the table on a screen. Nothing is cut: long names take several lines, and columns that do not fit come in a further part below.
func (t table) text(o Options) string {
	widths := t.widths()
	numbers, names := 0, 0
	for i, w := range widths {
		if i < t.left {
			names += w + gap
		} else {
			numbers += w + gap
		}
	}
	if o.Width > 0 && names-gap+numbers > o.Width {
		t.squeeze(widths, o.Width-numbers)
	}
	fixed := -gap // what the names need
	for _, w := range widths[:t.left] {
		fixed += w + gap
	}
	var out strings.Builder
	for first := t.left; first < len(t.header); {
		last, used := first, fixed
		for last < len(t.header) && (o.Width == 0 || last == first || used+gap+widths[last] <= o.Width) {
			used += gap + widths[last]
			last++
		}
		if first > t.left {
			out.WriteString("\n")
		}
		t.part(&out, o, widths, first, last)
		first = last
	}
	return out.String()
}

// squeeze makes the columns of names so narrow that the numbers have room beside them, and not narrower than a name is read well.
func (t table) squeeze(widths []int, room int) {
	for i := range t.left - 1 {
		widths[i] = min(widths[i], leastName-gap)
		room -= widths[i] + gap
	}
	name := &widths[t.left-1]
	*name = min(*name, max(leastName, room))
}

// widths are those of the columns, by what is in them.
func (t table) widths() []int {
	widths := make([]int, len(t.header))
	for i, title := range t.header {
		widths[i] = glyph.Width(title)
		for _, row := range t.rows {
			widths[i] = max(widths[i], glyph.Width(row[i].text))
		}
	}
	return widths
}

// part writes the columns aligned to the left and those from first to last.
func (t table) part(out *strings.Builder, o Options, widths []int, first, last int) {
	rule := -gap
	for i := range last {
		if i < t.left || i >= first {
			rule += widths[i] + gap
		}
	}
	line := strings.Repeat("-", rule) + "\n"
	var titles []cell
	for _, title := range t.header {
		titles = append(titles, cell{text: title})
	}
	t.row(out, o, titles, widths, first, last)
	out.WriteString(line)
	for i, row := range t.rows {
		if t.sums > 0 && i > 0 && i == len(t.rows)-t.sums {
			out.WriteString(line)
		}
		t.row(out, o, row, widths, first, last)
	}
}

// row writes one row, its names in as many lines as they need.
func (t table) row(out *strings.Builder, o Options, row []cell, widths []int, first, last int) {
	names, lines := make([][]string, t.left), 1
	for i := range t.left {
		names[i] = glyph.Wrap(row[i].text, widths[i])
		lines = max(lines, len(names[i]))
	}
	for n := range lines {
		var cells []string
		for i := range last {
			text := ""
			switch {
			case i < t.left && n < len(names[i]):
				text = names[i][n]
			case i >= t.left && i < first:
				continue
			case i >= t.left && n == 0:
				text = row[i].text
			}
			space := strings.Repeat(" ", max(0, widths[i]-glyph.Width(text)))
			if text = o.paint(row[i].paint, text); i < t.left {
				cells = append(cells, text+space)
			} else {
				cells = append(cells, space+text)
			}
		}
		out.WriteString(strings.TrimRight(strings.Join(cells, strings.Repeat(" ", gap)), " ") + "\n")
	}
}
