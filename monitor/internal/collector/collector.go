// Package collector reads the resources of the machine and of what runs on it, one subject in one file, for the columns of
// the metrics CSV.
//
// To add a collector: write its file with a type that satisfies Collector and an open function, add that function to the
// list in groups, name its columns in internal/resource (and in its Catalogue), record what it reads under testdata, and add
// the rows of its columns to docs/metrics.md.
package collector

import (
	"errors"

	"gregaria/internal/resource"
)

// ErrAbsent means that this machine does not have a kind of resource. Its columns are left out; that is no failure.
var ErrAbsent = errors.New("absent, so it has no columns")

// A Collector reads one kind of resource. It is used by one goroutine.
type Collector interface {
	// Columns names the cells of Collect, in their order. It is the same in every call.
	Columns() []string

	// Collect reads the resource now into row, which has one cell for each column, all absent. A value that is a rate covers
	// the time since the previous Collect; the first Collect is the baseline of the second, and its result is not
	// used. A value that could not be read is left absent, and the error says which could not and why. The same
	// cause gives the same text, so that it is reported once.
	Collect(row []resource.Cell) error
}

// A Starter is a Collector whose answer takes its time. Start is called at the tick, before Collect is called on any collector,
// and returns at once; Collect then waits for the answer, for a while.
type Starter interface {
	Collector
	Start()
}

// A Group is a collector and the name that --collect knows it by.
type Group struct {
	Name string
	Collector
}

// The units of the columns, in bytes.
const (
	kb = 1 << 10
	mb = 1 << 20
	gb = 1 << 30
)
