package comparison

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"gregaria/internal/timing"
)

// Text is a result for people: what it comes to, a table, and what to mind.
func (r Result) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "base: %s\nnew:  %s\n\n", strings.Join(r.Base, ", "), strings.Join(r.New, ", "))
	for _, sentence := range r.Sentences() {
		fmt.Fprintln(&b, sentence)
	}
	b.WriteByte('\n')
	b.WriteString(r.table())
	return b.String()
}

// Sentences say what the result comes to, the most important first.
func (r Result) Sentences() []string {
	var all []string
	for _, d := range r.Differences {
		all = append(all, "Hard to compare, "+d.String()+".")
	}
	for _, outcome := range []Outcome{Worse, Better} {
		for _, row := range r.Rows {
			if row.Outcome == outcome && row.Kind != Endpoint {
				all = append(all, sentence(row))
			}
		}
		all = append(all, r.ofEndpoints(outcome)...)
	}
	if r.Outcome == Same {
		all = append(all, fmt.Sprintf("No difference larger than %s %% in all requests.", trim(100*r.Effect, 2)))
	}
	if open := r.open(); open != "" {
		all = append(all, open)
	}
	all = append(all, upper(r.Method.Text)+".")
	for _, note := range r.Notes {
		all = append(all, upper(note)+".")
	}
	return all
}

// sentence is a row whose difference is found.
func sentence(row Row) string {
	who := row.who()
	if row.Kind != Resource {
		who = row.Measure + " of " + who
	}
	if row.Measure == "failures" {
		return fmt.Sprintf("%s: %s, %s points (%s to %s), from %s to %s %%.", upper(string(row.Outcome)), who, signed(row.Change.Value, 2), signed(row.Change.Low, 2), signed(row.Change.High, 2), short(*row.Base), short(*row.New))
	}
	return fmt.Sprintf("%s: %s is %s, %s %% (%s to %s), from %s to %s.", upper(string(row.Outcome)), who, row.Word,
		signed(100*row.Change.Value, 1), signed(100*row.Change.Low, 1), signed(100*row.Change.High, 1), short(*row.Base), withUnit(*row.New, row.Unit))
}

// ofEndpoints is one sentence for each measure in which endpoints differ.
func (r Result) ofEndpoints(outcome Outcome) (all []string) {
	for _, m := range loadMeasures(Endpoint, load{}) {
		var who []string
		for _, row := range r.Rows {
			if row.Kind == Endpoint && row.Measure == m.measure && row.Outcome == outcome {
				who = append(who, row.who()+" "+row.cells()[3])
			}
		}
		if len(who) > 0 {
			all = append(all, fmt.Sprintf("%s: %s of %s.", upper(string(outcome)), m.measure, strings.Join(who, ", ")))
		}
	}
	return all
}

// open names the measures of all requests of which it cannot be told.
func (r Result) open() string {
	var measures []string
	for _, row := range r.Rows {
		if row.Kind == All && row.Outcome == CannotTell {
			measures = append(measures, row.Measure)
		}
	}
	if len(measures) == 0 {
		return ""
	}
	return fmt.Sprintf("Cannot tell of all requests: %s.", strings.Join(measures, ", "))
}

// table has a line for each row; of an endpoint p95, and what is worse or better.
func (r Result) table() string {
	lines := [][]string{{"", "", "base", "new", "change", fmt.Sprintf("%s %% interval", trim(100*r.Method.Confidence, 1)), ""}}
	last, left := "", 0
	for _, row := range r.Rows {
		if row.Kind == Endpoint && row.Measure != "p95" && (row.Outcome == Same || row.Outcome == CannotTell) {
			left++
			continue
		}
		name := row.who()
		if name == last {
			name = ""
		} else {
			last = name
		}
		lines = append(lines, append([]string{name}, row.cells()...))
	}
	text := columns(lines)
	if left > 0 {
		text += fmt.Sprintf("\n%d other rows of endpoints, without a difference that can be told, are in --json.\n", left)
	}
	return text
}

// cells are those of a row behind its name.
func (row Row) cells() []string {
	cells := []string{row.Measure, "", "", "", "", row.Word}
	if row.Base != nil {
		cells[1] = withUnit(*row.Base, row.Unit)
	}
	if row.New != nil {
		cells[2] = withUnit(*row.New, row.Unit)
	}
	if c := row.Change; c != nil {
		by, unit := 100.0, " %"
		if row.Measure == "failures" {
			by, unit = 1, " points"
		}
		cells[3] = signed(by*c.Value, 1) + unit
		cells[4] = signed(by*c.Low, 1) + " to " + signed(by*c.High, 1)
	}
	if row.Why != "" && row.Why != crosses {
		cells[5] += ": " + row.Why
	}
	return cells
}

func (row Row) who() string { return timing.Called(row.Type, row.Name) }

// columns sets lines under each other: words to the left, numbers to the right.
func columns(lines [][]string) string {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, cell := range line {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, line := range lines {
		var text strings.Builder
		for i, cell := range line {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i >= 2 && i <= 5 {
				text.WriteString(pad + cell + "  ")
			} else {
				text.WriteString(cell + pad + "  ")
			}
		}
		b.WriteString(strings.TrimRight(text.String(), " ") + "\n")
	}
	return b.String()
}

// short is a number of three digits that count.
func short(v float64) string {
	size := math.Abs(v)
	switch {
	case size >= 100 || size == 0:
		return trim(v, 0)
	case size >= 10:
		return trim(v, 1)
	case size >= 1:
		return trim(v, 2)
	}
	return trim(v, min(8, 2-int(math.Floor(math.Log10(size)))))
}

// withUnit has no unit where the measure's name has it.
func withUnit(v float64, unit string) string {
	if unit == "1/s" {
		unit = ""
	}
	return strings.TrimSpace(short(v) + " " + unit)
}

func signed(v float64, decimals int) string {
	text := trim(v, decimals)
	if v > 0 && text != "0" {
		return "+" + text
	}
	return text
}

// trim has so many decimals at most, and no zeros at their end.
func trim(v float64, decimals int) string {
	text := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

func upper(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
