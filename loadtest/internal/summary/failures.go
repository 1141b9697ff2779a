package summary

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/glyph"
)

// A Failure is a kind of failed requests: a row of Locust's _failures.csv.
type Failure struct {
	Method, Name, Error string
	Occurrences         int
}

// String is the failure as Locust's error report shows it (StatsError.to_name in locust/stats.py).
func (f Failure) String() string {
	text := f.Error
	if inner, found := strings.CutPrefix(text, "CatchResponseError("); found {
		text = strings.TrimSuffix(inner, ")")
	}
	return glyph.Clean(fmt.Sprintf("%s: %s", timing.Called(f.Method, f.Name), text))
}

// ParseFailures reads a _failures.csv, the most frequent first. What a killed master left half written does not count.
func ParseFailures(data []byte) []Failure {
	var failures []Failure
	for _, row := range rows(data) {
		if n, err := strconv.Atoi(row["Occurrences"]); err == nil {
			failures = append(failures, Failure{Method: row["Method"], Name: row["Name"], Error: row["Error"], Occurrences: n})
		}
	}
	slices.SortStableFunc(failures, func(a, b Failure) int {
		return cmp.Or(cmp.Compare(b.Occurrences, a.Occurrences), cmp.Compare(a.Name, b.Name))
	})
	return failures
}

// An Exception is what tasks raised at one place: a row of Locust's _exceptions.csv.
type Exception struct {
	Count              int
	Message, Traceback string
}

// place finds the places of a traceback, each with the line of the file that follows it.
var place = regexp.MustCompile(`(?m)^\s*File "([^"]+)", line (\d+), in (.+)(?:\n\s+(.+))?$`)

// String is the exception's text and where it was raised. Locust does not tell its master the class, but a traceback of other
// users' may end with "Class: text".
func (e Exception) String() string {
	text := e.Message
	lines := strings.Split(strings.TrimSpace(e.Traceback), "\n")
	if last := lines[len(lines)-1]; e.Message != "" && strings.HasSuffix(last, ": "+e.Message) && !strings.HasPrefix(last, " ") {
		text = last
	}
	places := place.FindAllStringSubmatch(e.Traceback, -1)
	if len(places) == 0 {
		return glyph.Clean(text)
	}
	last := places[len(places)-1]
	return glyph.Clean(fmt.Sprintf("%s (%s:%s, in %s: %s)", text, last[1], last[2], last[3], cmp.Or(last[4], "no source")))
}

// ParseExceptions reads an _exceptions.csv, the most frequent first.
func ParseExceptions(data []byte) []Exception {
	var exceptions []Exception
	for _, row := range rows(data) {
		if n, err := strconv.Atoi(row["Count"]); err == nil {
			exceptions = append(exceptions, Exception{Count: n, Message: row["Message"], Traceback: row["Traceback"]})
		}
	}
	slices.SortStableFunc(exceptions, func(a, b Exception) int { return cmp.Compare(b.Count, a.Count) })
	return exceptions
}

// rows are the rows of a CSV by the names of their columns.
func rows(data []byte) (all []map[string]string) {
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1
	reader.LazyQuotes = true // half a line at the end must not take the whole ones with it
	header, err := reader.Read()
	for err == nil {
		var row []string
		if row, err = reader.Read(); err != nil || len(row) != len(header) {
			continue
		}
		cells := map[string]string{}
		for i, column := range header {
			cells[column] = row[i]
		}
		all = append(all, cells)
	}
	return all
}
