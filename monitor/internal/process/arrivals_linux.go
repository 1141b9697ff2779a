package process

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"gregaria/monitor/internal/kernel"
)

// arrivals finds the processes that are new since it was asked last. A child may be started by any thread of its parent, and a
// look at /proc/PID/task/*/children of every thread costs more than one at the list of all processes. That one is seldom read:
// the kernel gives numbers away one after the other, so those since the last time are the ones to look at.
type arrivals struct {
	proc    string
	loadavg *kernel.File
	ours    bool   // the folder shows the processes of our own namespace, and so loadavg counts its numbers
	last    uint64 // the number that was given away last
	before  uint64 // last, as it was the time before: 0 where there was none
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
func (a *arrivals) forget() { a.known, a.last, a.before = a.known[:0], 0, 0 }

// maxGap is how many numbers are looked at one by one. Beyond, the list of all processes costs less.
const maxGap = 200

// next returns the numbers of what may be new, good until the next call: processes, and threads too.
func (a *arrivals) next() []int {
	last, ok := a.lastNumber()
	from := a.before
	a.before, a.last = a.last, last
	switch {
	case !ok || from == 0 || last < from || last-from > maxGap: // at first, at any rate, and where the numbers began anew
		return a.listed()
	default:
		return a.between(from, last)
	}
}

// between returns the numbers that were given away between the call before the last one and this one. Subtle: a number is given
// away a moment before there is a process by it, so each is looked at twice.
func (a *arrivals) between(from, last uint64) []int {
	a.fresh = a.fresh[:0]
	for n := from + 1; n <= last; n++ {
		a.fresh = append(a.fresh, int(n))
	}
	return a.fresh
}

// listed returns the processes that the last list did not have.
func (a *arrivals) listed() []int {
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
