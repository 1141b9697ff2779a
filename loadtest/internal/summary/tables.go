package summary

import (
	"fmt"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/glyph"
)

// MaxError is how many characters of one error are shown. The whole text is in Locust's CSVs.
const MaxError = 2000

// Tables are what Locust prints when it ends (print_stats, print_percentile_stats and print_error_report in
// locust/stats.py), and the exceptions, in at most width columns; 0 is no limit. Without statistics they are empty.
func (s Summary) Tables(width int) string {
	if len(s.Totals.Entries) == 0 {
		return ""
	}
	parts := []string{
		requestTable(s.Totals.Entries).text(width),
		"Response time percentiles (approximated)\n" + percentileTable(s.Totals.Entries).text(width),
	}
	if len(s.Failures) > 0 {
		parts = append(parts, "Error report\n"+errorList("# occurrences", "Error", width, len(s.Failures), func(i int) (int, string) {
			return s.Failures[i].Occurrences, s.Failures[i].String()
		}))
	}
	if len(s.Raised) > 0 {
		parts = append(parts, "Exceptions\n"+errorList("# occurrences", "Exception", width, len(s.Raised), func(i int) (int, string) {
			return s.Raised[i].Count, s.Raised[i].String()
		}))
	}
	return strings.Join(parts, "\n") + "\n"
}

// requestTable is Locust's table of requests, of the whole run.
func requestTable(entries []Entry) table {
	t := table{left: 2, header: []string{"Type", "Name", "# reqs", "# fails", "Avg", "Min", "Max", "Med", "req/s", "failures/s"}, rules: []int{len(entries) - 1}}
	for _, e := range entries {
		t.rows = append(t.rows, []string{
			e.cell("Type"), glyph.Clean(e.cell("Name")), e.cell("Request Count"), e.failed(),
			whole(e.cell("Average Response Time")), whole(e.cell("Min Response Time")), whole(e.cell("Max Response Time")),
			whole(e.cell("Median Response Time")), rate(e.cell("Requests/s")), rate(e.cell("Failures/s")),
		})
	}
	return t
}

// percentileTable is Locust's table of response times. Like Locust's it has no row for a name without any.
func percentileTable(entries []Entry) table {
	t := table{left: 2, header: []string{"Type", "Name"}}
	for _, column := range entries[0].header {
		if strings.HasSuffix(column, "%") {
			t.header = append(t.header, column)
		}
	}
	percentiles := t.header[2:]
	t.header = append(t.header, "# reqs")
	for i, e := range entries {
		if e.cell("Request Count") == "0" {
			continue
		}
		row := []string{e.cell("Type"), glyph.Clean(e.cell("Name"))}
		for _, column := range percentiles {
			row = append(row, e.cell(column))
		}
		if i == len(entries)-1 {
			t.rules = append(t.rules, len(t.rows))
		}
		t.rows = append(t.rows, append(row, e.cell("Request Count")))
	}
	return t
}

// failed is the count of failures with its share, as Locust writes it.
func (e Entry) failed() string {
	failures, requests := number(e.cell("Failure Count")), number(e.cell("Request Count"))
	share := 0.0
	switch {
	case requests > 0:
		share = failures / requests
	case failures > 0:
		share = 1
	}
	return fmt.Sprintf("%.0f(%.2f%%)", failures, 100*share)
}

// errorList is n errors with their counts, the text of each in as many lines as it needs.
func errorList(count, text string, width, n int, at func(int) (int, string)) string {
	const indent = 15 // "# occurrences" and a gap
	room := 0
	if width > 0 {
		room = max(leastName, width-indent)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-*s%s\n", indent, count, text)
	var body strings.Builder
	longest := len(text)
	for i := range n {
		occurrences, message := at(i)
		if runes := []rune(message); len(runes) > MaxError {
			message = fmt.Sprintf("%s... (%d more characters in the CSV)", string(runes[:MaxError]), len(runes)-MaxError)
		}
		first := strconv.Itoa(occurrences)
		for _, line := range wrap(message, room) {
			fmt.Fprintf(&body, "%-*s%s\n", indent, first, line)
			longest, first = max(longest, len([]rune(line))), ""
		}
	}
	rule := indent + longest
	if width == 0 {
		rule = min(rule, 120)
	}
	out.WriteString(strings.Repeat("-", rule) + "\n" + body.String())
	return out.String()
}

// number reads a cell; one that is none is 0.
func number(cell string) float64 {
	x, _ := strconv.ParseFloat(cell, 64)
	return x
}

// whole is a number without its fraction, as Locust prints it (%d), or the cell as it is.
func whole(cell string) string {
	if x, err := strconv.ParseFloat(cell, 64); err == nil {
		return strconv.Itoa(int(x))
	}
	return cell
}

// rate is a number with two digits, or the cell as it is.
func rate(cell string) string {
	if x, err := strconv.ParseFloat(cell, 64); err == nil {
		return fmt.Sprintf("%.2f", x)
	}
	return cell
}
