package process

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// arrivals finds the processes that are new since it was asked last. A child may be started by any thread of its parent, and a
// look at /proc/PID/task/*/children of every thread costs more than one at the list of all processes. That one is seldom read:
// the kernel gives numbers away one after the other, so those since the last time are the ones to look at.
type arrivals struct {
	proc    string
	loadavg *kernel.File
	ours    bool   // the folder shows the processes of our own namespace, and so loadavg counts its numbers
	live    bool   // and it is the kernel's: they can be asked for without it, and have clocks
	last    uint64 // the number that was given away last
	before  uint64 // last, as it was the time before: 0 where there was none
	known   []int  // the processes of the last list; nil before there was one
	list    []int  // room for the next
	fresh   []int
	here    []int // the numbers that were found to be there by this round of questions
	found   []int // and by the one before
}

func newArrivals(proc string) *arrivals {
	self, _ := os.Readlink(filepath.Join(proc, "self"))
	a := &arrivals{
		proc: proc, loadavg: kernel.NewRecord(filepath.Join(proc, "loadavg"), new(kernel.Room)), ours: self == strconv.Itoa(os.Getpid()),
	}
	var system unix.Statfs_t
	a.live = a.ours && unix.Statfs(proc, &system) == nil && system.Type == unix.PROC_SUPER_MAGIC && isFine(processClock(os.Getpid()))
	return a
}

// forget makes every process new.
func (a *arrivals) forget() { a.known, a.last, a.before, a.here = a.known[:0], 0, 0, a.here[:0] }

// maxGap is how many numbers are looked at one by one. Beyond, the list of all processes costs less.
const maxGap = 200

// next returns the numbers of what may be new, good until the next call: processes, and threads too. The caller asks there of each.
func (a *arrivals) next() []int {
	a.here, a.found = a.found[:0], a.here
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
// away a moment before there is a process by it, so each is looked at twice, if there was none at first.
func (a *arrivals) between(from, last uint64) []int {
	a.fresh = a.fresh[:0]
	for n := from + 1; n <= last; n++ {
		if !slices.Contains(a.found, int(n)) {
			a.fresh = append(a.fresh, int(n))
		}
	}
	return a.fresh
}

// there says whether something has the number. Most of what is new has ended already; that is found out without a way through /proc: a
// signal of 0 is not sent (kill(2)).
func (a *arrivals) there(n int) bool {
	if a.live && errors.Is(unix.Kill(n, 0), unix.ESRCH) {
		return false
	}
	a.here = append(a.here, n)
	return true
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
