package process

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gregaria/monitor/internal/kernel"
)

// arrivals finds the processes that are new since it was asked last. A child may be started by any thread of its parent, and a
// look at /proc/PID/task/*/children of every thread costs more than one at the list of all processes; and
// that is only read after a number was given away.
type arrivals struct {
	proc    string
	loadavg *kernel.File
	ours    bool   // the folder shows the processes of our own namespace, and so loadavg counts its numbers
	last    uint64 // the number that was given away last
	known   []int  // the processes of the last list; nil before there was one
	list    []int  // room for the next
	fresh   []int
}

func newArrivals(proc string) *arrivals {
	self, _ := os.Readlink(filepath.Join(proc, "self"))
	return &arrivals{
		proc: proc, loadavg: kernel.NewFile(filepath.Join(proc, "loadavg")), ours: self == strconv.Itoa(os.Getpid()),
	}
}

// forget makes every process new.
func (a *arrivals) forget() { a.known, a.last = a.known[:0], 0 }

// next returns the numbers of the processes that are new, good until the next call.
func (a *arrivals) next() []int {
	last, ok := a.lastNumber()
	if ok && last == a.last {
		return nil
	}
	a.last = last
	list, err := kernel.Numbers(a.proc, a.list[:0])
	if err != nil {
		return nil
	}
	if !slices.IsSorted(list) {
		slices.Sort(list)
	}
	a.fresh = appendMissing(a.fresh[:0], list, a.known)
	a.known, a.list = list, a.known
	return a.fresh
}

// lastNumber is the last number that was given to a process or a thread: the fifth field of loadavg, of the namespace of the
// reader (fs/proc/loadavg.c). It is read before the list, so that what comes between is found by the next call.
func (a *arrivals) lastNumber() (uint64, bool) {
	if !a.ours {
		return 0, false
	}
	data, err := a.loadavg.Read()
	if err != nil {
		return 0, false
	}
	line, _, _ := kernel.NextLine(data)
	last, _, ok := kernel.NextUint(kernel.SkipWords(line, 4))
	return last, ok && last != 0
}

// appendMissing appends what is in list and not in known. Both ascend.
func appendMissing(to, list, known []int) []int {
	for _, n := range list {
		for len(known) > 0 && known[0] < n {
			known = known[1:]
		}
		if len(known) == 0 || known[0] != n {
			to = append(to, n)
		}
	}
	return to
}
