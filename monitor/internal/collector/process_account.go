package collector

// The counters that a process has of its own and, apart from these, of the children that it has waited for.
const (
	countUser = iota
	countSystem
	countMajorFaults
	countRead
	countWritten
	counts
)

// A processUsage is what a process has used since it began.
type processUsage struct {
	// own is its own part; waited is that of children that have ended and that it has waited for, with what they had waited for.
	own, waited [counts]uint64
	// disks says that what was read and written could be read. Those two are in waited: the kernel adds a child's to its parent's
	// when that waits (wait_task_zombie in kernel/exit.c), and does not keep the two apart.
	disks bool
}

// A processAccount finds what a process and those that have ended below it used from row to row.
//
// What a child used is in the child's own counters until its parent waits for it, and then in the parent's. So that it
// counts once, and a child that lived between two rows counts at all, what a member had used at its last reading is a debt
// of the member that waits for it: it is taken off what that one's counters of waiting grow by. Where nobody in the tree waits for the
// child (it was given to init, or its parent ignores SIGCHLD), the growth is 0, the debt is dropped after one more row, and what it used
// after its last reading is lost. The parent may be read a moment before it waits and the child a moment after; that is why the
// debt stays for one row more. Nothing is ever below 0.
type processAccount struct {
	last       processUsage
	known      bool
	debt, left [counts]uint64 // of this row, and what is left of the one before
}

// owe notes that a child has left the tree.
func (a *processAccount) owe(u processUsage) {
	for i := range counts {
		a.debt[i] += u.own[i] + u.waited[i]
	}
}

// grow takes what the counters show now and returns what they grew by. born says that the process began since they were read last:
// then all that they show is new. It returns false where nothing is known of the time before.
func (a *processAccount) grow(now processUsage, born bool) (grown [counts]uint64, ok bool) {
	last, known := a.last, a.known
	a.last, a.known = now, true
	if !now.disks && last.disks { // not readable in this row: the old ones stay for a later one
		a.last.waited[countRead], a.last.waited[countWritten], a.last.disks = last.waited[countRead], last.waited[countWritten], true
	}
	for i := range counts {
		waited := more(last.waited[i], a.last.waited[i])
		due := a.debt[i] + a.left[i]
		paid := min(waited, due)
		a.left[i] = min(due-paid, a.debt[i])
		a.debt[i] = 0
		grown[i] = more(last.own[i], now.own[i]) + waited - paid
	}
	if known || born {
		if !known || last.disks {
			return grown, true
		}
		grown[countRead], grown[countWritten] = 0, 0 // they could not be read before
		return grown, true
	}
	return [counts]uint64{}, false
}

// more is what a counter grew by, 0 where it went back.
func more(before, after uint64) uint64 {
	if after < before {
		return 0
	}
	return after - before
}
