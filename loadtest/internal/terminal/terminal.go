// Package terminal writes the end of a run for a terminal or a log: the findings of a run, and the tables behind them, as text.
package terminal

import (
	"strings"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// Options are what the screen can show.
type Options struct {
	// Width is how many columns a line may have. 0 is no limit: a file takes any.
	Width int
	// Colour says that it takes escape sequences for colours.
	Colour bool
}

// A section is a part of the text with a title.
type section struct{ title, body string }

// Text is what a person reads when a run is over: requests, failures, exceptions, resources, what happened, checks, files; the verdict is not part
// of it. All of it comes from the findings, but for more percentiles and the use of resources, which need the run itself: nil leaves them out.
func Text(run *analysis.Run, f *analysis.Findings, o Options) string {
	var out strings.Builder
	for _, s := range []section{
		{"Requests (times in ms)", requests(f, o)},
		{"Averages and more percentiles (ms)", percentiles(run, f, o)},
		{"Failures", failures(f, o)},
		{"Exceptions", exceptions(f, o)},
		{"Resources during the load", resources(f.Resources, o)},
		{"What happened", findings(f, o)},
		{"Compared with the baseline", compared(f.Comparison, o)},
		{"Checks", checks(f, o)},
		{"The run", about(f, o)},
		{"Files", files(f)},
	} {
		if s.body == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(o.paint(bold, s.title) + "\n" + s.body)
	}
	return out.String()
}

// list writes entries, each with a short label before it and its text in as many lines as it needs. Labels are as wide as the widest.
func list(o Options, left bool, entries []entry) string {
	labels := 0
	for _, e := range entries {
		labels = max(labels, glyph.Width(e.label))
	}
	room := 0
	if o.Width > 0 {
		room = max(leastName, o.Width-labels-gap)
	}
	var out strings.Builder
	for _, e := range entries {
		label := o.paint(e.paint, glyph.Pad(e.label, labels, left))
		for _, line := range glyph.Wrap(e.text, room) {
			out.WriteString(strings.TrimRight(label+strings.Repeat(" ", gap)+line, " ") + "\n")
			label = strings.Repeat(" ", labels)
		}
	}
	return out.String()
}

// An entry is one of a list.
type entry struct {
	label string
	paint paint
	text  string
}
