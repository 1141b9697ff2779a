package terminal

import (
	"strings"

	"gregaria/loadtest/internal/glyph"
)

// cards is the width below which a table becomes a few lines for each of its rows.
const cards = 60

// shown is the table, or on a narrow screen its rows one below the other.
func (t table) shown(o Options) string {
	if o.Width == 0 || o.Width >= cards {
		return t.text(o)
	}
	var out strings.Builder
	for _, row := range t.rows {
		var names []string
		for _, c := range row[:t.left] {
			if c.text != "" {
				names = append(names, c.text)
			}
		}
		for _, line := range glyph.Wrap(strings.Join(names, " "), o.Width) {
			out.WriteString(line + "\n")
		}
		t.numbers(&out, o, row)
	}
	return out.String()
}

// numbers writes the numbers of a row, each after its title, as many in a line as there is room for.
func (t table) numbers(out *strings.Builder, o Options, row []cell) {
	const indent, separator = "  ", ", "
	line, used := indent, len(indent)
	for i := t.left; i < len(row); i++ {
		if row[i].text == "" {
			continue
		}
		title := t.header[i] + " "
		wide := glyph.Width(title + row[i].text)
		switch {
		case used == len(indent):
		case used+len(separator)+wide >= o.Width:
			out.WriteString(line + "\n")
			line, used = indent, len(indent)
		default:
			line, used = line+separator, used+len(separator)
		}
		line, used = line+title+o.paint(row[i].paint, row[i].text), used+wide
	}
	if used > len(indent) {
		out.WriteString(line + "\n")
	}
}
