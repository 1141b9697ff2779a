package summary

import (
	"slices"

	"gregaria/internal/cells"
	"gregaria/internal/locustweb"
)

// eachTotal goes over the rows of all requests in Locust's history, with the whole numbers in some columns. A row that lacks one is left out. The history has a row for
// each endpoint and second: nothing is allocated for them.
func eachTotal(history []byte, columns []string, each func(numbers []int64)) {
	lines := cells.NewReader(history)
	header, _ := lines.Next()
	place := func(column string) int {
		return slices.IndexFunc(header, func(cell []byte) bool { return string(cell) == column })
	}
	width, name, kind, places := len(header), place("Name"), place("Type"), make([]int, len(columns))
	for i, column := range columns {
		places[i] = place(column)
	}
	if name < 0 || slices.Contains(places, -1) {
		return
	}
	numbers := make([]int64, len(columns))
	for row, more := lines.Next(); more; row, more = lines.Next() {
		if len(row) != width || string(row[name]) != locustweb.Aggregated || kind >= 0 && len(row[kind]) > 0 { // a request may be called so, too
			continue
		}
		whole := true
		for i, at := range places {
			n, ok := cells.Whole(row[at])
			numbers[i], whole = n, whole && ok
		}
		if whole {
			each(numbers)
		}
	}
}
