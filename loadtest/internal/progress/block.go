package progress

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gregaria/loadtest/internal/glyph"
)

// A block is what a terminal shows of a run while it goes on: what it does, how long yet, and a row for each number.
type block struct {
	step    string
	status  *Status // nil before the first
	traces  map[string]*trace
	colour  bool
	unicode bool
}

// A row is a number of the block, with its trace.
type row struct {
	label, value string
	top          float64 // of the sparkline, 0 for the highest that there was
	right        bool    // in the right half of a wide screen
	alarm        bool
	want         int // the smaller, the more wanted: a small screen loses the others
}

// see takes the status of a moment into the traces.
func (b *block) see(s Status) {
	b.status = &s
	b.add("users", Known(float64(s.Users), true))
	if s.Seconds == nil {
		b.add("requests/s", s.RPS)
		b.add("failures/s", s.FailuresPS)
		b.add("p50", s.P50)
		b.add("p95", s.P95)
	}
	for _, second := range s.Seconds {
		b.add("requests/s", Known(second.RPS, true))
		b.add("failures/s", Known(second.FailuresPS, true))
		b.add("p50", second.P50)
		b.add("p95", second.P95)
	}
	b.add("CPU", s.CPU)
	b.add("memory", s.MemoryGB)
	b.add("process", s.Process.Cores)
	b.add("thread", s.Process.Thread)
	b.add("RSS", s.Process.RSSMB)
	for _, g := range s.gpus() {
		b.add(g.name, g.Load)
		b.add(g.name+memory, g.MemoryGB)
	}
}

// memory ends the label of a GPU's memory.
const memory = " mem"

// add puts a value at the end of a trace.
func (b *block) add(label string, v Value) { b.trace(label).add(v) }

// trace is that of a row, empty for one of which nothing has been told.
func (b *block) trace(label string) *trace {
	if b.traces == nil {
		b.traces = map[string]*trace{}
	}
	if b.traces[label] == nil {
		b.traces[label] = &trace{}
	}
	return b.traces[label]
}

// rows are the numbers, in the order in which they are shown.
func (b *block) rows() []row {
	s := b.status
	rows := []row{
		{label: "users", value: fmt.Sprint(s.Users), want: 1},
		{label: "requests/s", value: s.RPS.rate(), want: 2},
		{label: "failures/s", value: s.FailuresPS.rate(), alarm: s.FailuresPS.Number > 0, want: 4},
		{label: "p50", value: s.P50.milliseconds(), want: 7},
		{label: "p95", value: s.P95.milliseconds(), want: 3},
		{label: "CPU", value: s.CPU.show("%.0f %%"), top: 100, right: true, want: 5},
		{label: "memory", value: s.MemoryGB.show("%.1f GB"), top: s.MemoryTotalGB.Number, right: true, want: 8},
	}
	if p := s.Process; p.Known() {
		rows = append(rows,
			row{label: "process", value: p.Cores.show("%.2f cores"), right: true, want: 9},
			row{label: "thread", value: p.Thread.show("%.0f %%"), top: 100, right: true, want: 6},
			row{label: "RSS", value: p.RSSMB.megabytes(), right: true, want: 10})
	}
	for i, g := range s.gpus() {
		rows = append(rows,
			row{label: g.name, value: g.Load.show("%.0f %%"), top: 100, right: true, want: 11 + 2*i},
			row{label: g.name + memory, value: g.MemoryGB.show("%.1f GB"), right: true, want: 12 + 2*i})
	}
	return rows
}

const (
	wide = 76  // from how many columns on the rows stand in two halves
	full = 100 // what more than that is left empty: lines that are no longer than they need break into fewer when the screen becomes narrower
	few  = 8   // rows of a narrow screen
)

// lines are the block on a screen of so many columns and rows, none of them as wide as that: the last column would wrap it.
func (b *block) lines(columns, height int) []string {
	columns = min(columns, full)
	if b.status == nil {
		if b.step == "" {
			return nil
		}
		return []string{glyph.Cut(b.step+" ...", "", columns-1)}
	}
	if height < 4 {
		return []string{b.status.Line(columns - 1)}
	}
	lines := []string{b.head(columns - 1)}
	if height > 5 {
		lines = append(lines, b.total(columns-1))
	}
	rows := b.rows()
	if columns < wide {
		rows = wanted(rows, min(few, height-1-len(lines)))
		for _, r := range rows {
			lines = append(lines, strings.TrimRight(b.row(r, columns-1), " "))
		}
		return lines
	}
	var left, right []row
	for _, r := range rows {
		if r.right {
			right = append(right, r)
		} else {
			left = append(left, r)
		}
	}
	room := height - 1 - len(lines)
	return append(lines, b.halves(wanted(left, room), wanted(right, room), columns-1)...)
}

// halves writes rows side by side.
func (b *block) halves(left, right []row, width int) (lines []string) {
	half := (width - 2) / 2
	for i := range max(len(left), len(right)) {
		line := strings.Repeat(" ", half)
		if i < len(left) {
			line = b.row(left[i], half)
		}
		if i < len(right) {
			line += "  " + b.row(right[i], half)
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// wanted are the most wanted n rows, in their order.
func wanted(rows []row, n int) []row {
	for len(rows) > max(n, 1) {
		least := 0
		for i := range rows {
			if rows[i].want > rows[least].want {
				least = i
			}
		}
		rows = slices.Delete(rows, least, least+1)
	}
	return rows
}

// row is one number in exactly width columns: label, value, and as much of a sparkline as there is room for.
func (b *block) row(r row, width int) string {
	const labels, values = 10, 10
	text := glyph.Pad(r.label, labels, true) + " " + glyph.Pad(r.value, values, false)
	spark := b.trace(r.label).spark(width-labels-values-3, r.top, b.unicode)
	line := glyph.Pad(glyph.Cut(text+"  "+spark, "", width), width, true)
	if r.alarm {
		text := strings.TrimRight(line, " ")
		return b.paint("31", text) + line[len(text):]
	}
	return line
}

// head says what is being done, for how long, and how long yet.
func (b *block) head(width int) string {
	s := b.status
	what := b.step
	if s.Phase != "" {
		what += ", " + s.Phase
	}
	share := 1.0
	if s.Duration > 0 {
		share = min(1, s.Elapsed.Seconds()/s.Duration.Seconds())
	}
	line := glyph.Cut(what+"  "+s.time(), "", width)
	if s.Duration > 0 {
		percent := fmt.Sprintf(" %3.0f %%", 100*share)
		if room := min(40, width-glyph.Width(line)-len(percent)-2); room >= 5 {
			line += "  " + bar(room, share, b.unicode) + percent
		}
	}
	return b.paint("1", line)
}

// total is what is not of the moment.
func (b *block) total(width int) string {
	s := b.status
	line := fmt.Sprintf("%d requests, %d failed", s.Requests, s.Failures)
	if s.Requests > 0 && s.Failures > 0 {
		line += fmt.Sprintf(" (%.2f %%)", 100*float64(s.Failures)/float64(s.Requests))
	}
	if s.Host != "" {
		line += "; resources of " + glyph.Clean(s.Host)
	}
	line = glyph.Cut(line, "", width)
	if alarm := "  GENERATOR AT ITS LIMIT"; s.Full {
		return glyph.Cut(line, "", max(1, width-len(alarm))) + b.paint("33", alarm)
	}
	return line
}

// paint colours a line, where the screen has colours: the parameters are those of the escape sequence SGR (ECMA-48).
func (b *block) paint(parameters, line string) string {
	if !b.colour {
		return line
	}
	return "\x1b[" + parameters + "m" + line + "\x1b[0m"
}

// done is the line that stays of a step.
func done(step string, took time.Duration, columns int) string {
	const names = 36 // what the longest needs
	text := fmt.Sprintf("%.1f s", took.Seconds())
	if took >= 100*time.Second {
		text = clock(took)
	}
	width := max(names, glyph.Width(step)) + 2
	if columns < 60 {
		width = glyph.Width(step) + 2
	}
	return glyph.Cut(glyph.Pad(step, width, true)+glyph.Pad(text, 7, false), "", columns-1)
}
