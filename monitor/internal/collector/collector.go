// Package collector reads the resources of the machine, one kind in one file, for the columns of the metrics CSV.
//
// To add a collector: write its file with a type that satisfies Collector and an open function, add that function
// to the list in All, name its columns in internal/resource, record what it reads under testdata, and add the rows of its
// columns to docs/metrics.md.
package collector

import (
	"context"
	"errors"

	"gregaria/internal/resource"
)

// ErrAbsent means that this machine does not have a kind of resource. Its columns are left out; that is no failure.
var ErrAbsent = errors.New("absent, so it has no columns")

// A Collector reads one kind of resource. It is used by one goroutine.
type Collector interface {
	// Columns names what Collect returns, in its order. It is the same in every call.
	Columns() []string

	// Collect reads the resource now. A value that is a rate covers the time since the previous Collect; the first
	// Collect is the baseline of the second, and its result is not used. It returns one cell for each column, absent
	// where the value could not be read, and an error that says which could not and why; or no cells at all, which
	// means that all are absent. The same cause gives the same text, so that it is reported once.
	Collect(ctx context.Context) ([]resource.Cell, error)
}

// All opens every collector, in the order of their columns in the file. The errors are about the kinds that this
// machine lacks; each wraps ErrAbsent. What they open stays open until the process ends.
func All() ([]Collector, []error) {
	return open(
		openCPU,
		openMemory,
		openGPU,
		openSelf, // last, so that its numbers include what the others cost
	)
}

func open(kinds ...func() (Collector, error)) (list []Collector, absent []error) {
	for _, kind := range kinds {
		c, err := kind()
		if err != nil {
			absent = append(absent, err)
			continue
		}
		list = append(list, c)
	}
	return list, absent
}

// The units of the columns, in bytes.
const (
	mb = 1 << 20
	gb = 1 << 30
)
