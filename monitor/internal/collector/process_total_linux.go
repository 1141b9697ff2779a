package collector

import (
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/process"
)

// The cells of a row, in the order of resource.ProcessColumns.
const (
	processCPU = iota
	processUser
	processSystem
	processBusiest
	processBusiestWait
	processRSS
	processSwap
	processThreads
	processOpen
	processLimit
	processNearest
	processVoluntary
	processInvoluntary
	processFaults
	processRead
	processWritten
	processCount
	processZombies
	processRestarts
)

// What may fail to be read.
const (
	ofDisks = iota
	ofMemory
	ofFiles
	ofThreads
	subjects
)

// A processTotal is the sum of a row over the processes of the tree.
type processTotal struct {
	grown [counts]uint64
	rated bool // a process was known before

	rss, swap uint64 // in kB
	threads   int
	zombies   int
	open      int
	limit     uint64 // the smallest; 0 for none
	nearest   float64

	busiest threadTime
	worked  bool // what threads did is known of a process
	waits   bool // the kernel counts how long threads wait

	wanted    bool // switches are counted in this row
	switching int  // how many threads have any
	switched  switches

	read   [subjects]bool  // it could be read of a process
	failed [subjects]error // it could not be read of a process that is there
}

// note keeps whether a subject could be read of a process. One that has ended meanwhile is no failure.
func (t *processTotal) note(subject int, err error) {
	switch {
	case err == nil:
		t.read[subject] = true
	case !isGone(err):
		t.failed[subject] = err
	}
}

// isGone says that a file cannot be read because its process has ended.
func isGone(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, unix.ESRCH) }

// limited takes one process's open files and its limit, 0 for none.
func (t *processTotal) limited(open int, limit uint64) {
	if limit == 0 {
		return
	}
	if t.limit == 0 || limit < t.limit {
		t.limit = limit
	}
	t.nearest = max(t.nearest, 100*float64(open)/float64(limit))
}

// complete says that a subject could be read of every process that is there.
func (t *processTotal) complete(subject int) bool { return t.read[subject] && t.failed[subject] == nil }

// spans are the times that a row is of, in seconds: between the readings of the Stats, of the other files, and of the switches.
type spans struct{ stats, files, switches float64 }

// fill makes cells of the sums. A sum that lacks a process is no sum: it is absent.
func (t *processTotal) fill(row []resource.Cell, of spans) {
	const ticks = process.TicksPerSecond
	row[processThreads] = resource.Of(float64(t.threads))
	if t.rated && of.stats > 0 {
		row[processCPU] = resource.Of(float64(t.grown[countUser]+t.grown[countSystem]) / ticks / of.stats)
		row[processUser] = resource.Of(float64(t.grown[countUser]) / ticks / of.stats)
		row[processSystem] = resource.Of(float64(t.grown[countSystem]) / ticks / of.stats)
		row[processFaults] = resource.Of(float64(t.grown[countMajorFaults]) / of.stats)
	}
	if t.rated && t.complete(ofDisks) && of.files > 0 {
		row[processRead] = resource.Of(float64(t.grown[countRead]) / mb / of.files)
		row[processWritten] = resource.Of(float64(t.grown[countWritten]) / mb / of.files)
	}
	if t.complete(ofMemory) {
		row[processRSS] = resource.Of(float64(t.rss) * kb / mb)
		row[processSwap] = resource.Of(float64(t.swap) * kb / mb)
	}
	if t.complete(ofFiles) {
		row[processOpen] = resource.Of(float64(t.open))
		if t.limit > 0 {
			row[processLimit], row[processNearest] = resource.Of(float64(t.limit)), resource.Of(t.nearest)
		}
	}
	if t.worked && t.failed[ofThreads] == nil && of.files > 0 {
		t.fillThreads(row, of)
	}
}

// fillThreads makes cells of what threads did. A thread cannot use more than a core: what is over comes of clocks that are read one
// after the other.
func (t *processTotal) fillThreads(row []resource.Cell, of spans) {
	percent := func(ns uint64) resource.Cell { return resource.Of(min(100, float64(ns)/1e7/of.files)) }
	row[processBusiest] = percent(t.busiest.ran)
	if t.waits {
		row[processBusiestWait] = percent(t.busiest.waited)
	}
	if t.wanted {
		row[processVoluntary] = resource.Of(float64(t.switched.voluntary) / of.switches)
		row[processInvoluntary] = resource.Of(float64(t.switched.involuntary) / of.switches)
	}
}

// failures says what could not be read, in the same words for the same cause.
func (t *processTotal) failures() error {
	var all []error
	for subject, err := range t.failed {
		if err == nil {
			continue
		}
		what := [subjects]string{
			"what the process reads and writes (/proc/PID/io)", "the memory of the process (/proc/PID/status)",
			"the open files of the process (/proc/PID/fd)", "the threads of the process (/proc/PID/task)",
		}[subject]
		all = append(all, unreadable(what, err))
	}
	return errors.Join(all...)
}

// unreadable leaves the number of the process out of an error, so that it is said once, and adds what can be done.
func unreadable(what string, err error) error {
	var cause unix.Errno
	if errors.As(err, &cause) {
		err = cause
	}
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("read %s: %w; a monitor that runs as root, or as the user of the process, can", what, err)
	}
	return fmt.Errorf("read %s: %w", what, err)
}
