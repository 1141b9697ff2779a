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
func Text(r *Result) string {
	var b strings.Builder
	fmt.Fprintf(&b, "base: %s\nnew:  %s\n\n", strings.Join(r.Base, ", "), strings.Join(r.New, ", "))
	for _, sentence := range Sentences(r) {
		fmt.Fprintln(&b, sentence)
	}
	b.WriteByte('\n')
	b.WriteString(table(r))
	return b.String()
}

// Sentences say what the result comes to, the most important first.
func Sentences(r *Result) []string {
	var all []string
	for _, d := range r.Differences {
		all = append(all, "Hard to compare, "+d.String()+".")
	}
	for _, outcome := range []Outcome{Worse, Better} {
		for _, row := range r.Rows {
			if row.Outcome == outcome && row.Kind != Endpoint {
				all = append(all, sentence(&row))
			}
		}
		all = append(all, ofEndpoints(r, outcome)...)
	}
	if r.Outcome == Same {
		all = append(all, same(r))
	}
	if open := open(r); open != "" {
		all = append(all, open)
	}
	all = append(all, upper(r.Method.Text)+".")
	for _, note := range r.Notes {
		all = append(all, upper(note)+".")
	}
	return all
}

// sentence is a row whose difference is found.
func sentence(row *Row) string {
	who := Who(row)
	if row.Kind != Resource {
		who = row.Measure + " of " + who
	}
	if InPoints(row) {
		return fmt.Sprintf("%s: %s, %s points (%s to %s), from %s to %s %%.", upper(string(row.Outcome)), who, signed(row.Change.Value, 2), signed(row.Change.Low, 2), signed(row.Change.High, 2), short(*row.Base), short(*row.New))
	}
	return fmt.Sprintf("%s: %s is %s, %s %% (%s to %s), from %s to %s.", upper(string(row.Outcome)), who, row.Word,
		signed(100*row.Change.Value, 1), signed(100*row.Change.Low, 1), signed(100*row.Change.High, 1), short(*row.Base), withUnit(*row.New, row.Unit))
}

// ofEndpoints is one sentence for each measure in which endpoints differ.
func ofEndpoints(r *Result, outcome Outcome) (all []string) {
	for _, m := range loadMeasures(Endpoint, load{}) {
		var names []string
		for _, row := range r.Rows {
			if row.Kind == Endpoint && row.Measure == m.measure && row.Outcome == outcome {
				names = append(names, Who(&row)+" "+Cells(&row)[3])
			}
		}
		if len(names) > 0 {
			all = append(all, fmt.Sprintf("%s: %s of %s.", upper(string(outcome)), m.measure, strings.Join(names, ", ")))
		}
	}
	return all
}

// open names the measures of all requests of which it cannot be told.
func open(r *Result) string {
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

// table has a line for each row that is shown.
func table(r *Result) string {
	lines := [][]string{Header(r)}
	rows, left := Shown(r, math.MaxInt)
	last := ""
	for i := range rows {
		line := append([]string{Who(&rows[i])}, Cells(&rows[i])...)
		if line[0] == last {
			line[0] = ""
		} else {
			last = line[0]
		}
		lines = append(lines, line)
	}
	text := columns(lines)
	if left > 0 {
		text += fmt.Sprintf("\n%d other rows of endpoints, without a difference that can be told, are in --json.\n", left)
	}
	return text
}

// Shown are the rows of a table, and how many are left: of an endpoint p95 while there are no more than so many, and what is worse or better.
func Shown(r *Result, most int) (rows []Row, left int) {
	for _, row := range r.Rows {
		plain := row.Outcome == Same || row.Outcome == CannotTell
		if row.Kind == Endpoint && plain && (row.Measure != "p95" || len(rows) >= most) {
			left++
		} else {
			rows = append(rows, row)
		}
	}
	return rows, left
}

// Header names the columns of Cells, behind that of the name.
func Header(r *Result) []string {
	return []string{"", "", "base", "new", "change", fmt.Sprintf("%s %% interval", trim(100*r.Method.Confidence, 1)), ""}
}

// Cells are those of a row behind its name: measure, base, new, change, interval, and what it comes to.
func Cells(row *Row) []string {
	cells := []string{row.Measure, "", "", "", "", row.Word}
	if row.Base != nil {
		cells[1] = withUnit(*row.Base, row.Unit)
	}
	if row.New != nil {
		cells[2] = withUnit(*row.New, row.Unit)
	}
	if c := row.Change; c != nil {
		by, unit := 100.0, " %"
		if InPoints(row) {
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

// InPoints says of a row that its change is in points, and not relative: that of a ratio, which may be 0.
func InPoints(row *Row) bool { return row.Measure == "failures" }

// Who is what a row is of.
func Who(row *Row) string { return timing.Called(row.Type, row.Name) }

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
