package collector

import (
	"path/filepath"
	"time"

	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
)

const (
	// filesOfMember is how many files a member has open, beside those of its threads and its stat.
	filesOfMember = 3
	// limitEvery is how often the limit of open files is asked for: few programs change it when they run.
	limitEvery = 10 * time.Second
	// memoryEvery is how often the memory of a process is read that has not run: it may be swapped out meanwhile.
	memoryEvery = 5 * time.Second
	// statusEvery is how often the status of a process is read that has run for less than statusRun since: where rows are less than a second apart, most
	// processes have only looked whether there is something to do, and their status, the longest of their files, costs more than all the others.
	statusEvery = time.Second
	statusRun   = time.Millisecond
)

// A processMember is a process of the tree, as this collector reads it.
type processMember struct {
	*process.Process
	status, io *kernel.File
	kept       bool
	room       *fileRoom
	there      bool // while those that left are found
	account    processAccount
	threads    threadList
	seen       process.Stat // at the last reading of the threads
	fd         descriptorFolder
	limit      uint64    // of open files; 0 for none
	limited    time.Time // when it was asked for
	last       memberReading
}

// A memberReading is what was read of a member. As long as the member does not run it stays true, but for the memory.
type memberReading struct {
	whole     bool // nothing of it failed
	runs      int  // of the Process, when it was read
	memoryAt  time.Time
	clock     time.Duration // of the Process then
	rss, swap uint64
	switches  switches // of its first thread
	open      int
}

func newMember(p *process.Process, r *fileRoom) *processMember {
	return &processMember{
		Process: p, room: r, kept: r.take(filesOfMember), threads: threadList{pid: p.PID, dir: p.Dir, room: r},
		fd:     descriptorFolder{path: filepath.Join(p.Dir, "fd"), at: -1},
		status: kernel.NewRecord(filepath.Join(p.Dir, "status"), &r.text), io: kernel.NewRecord(filepath.Join(p.Dir, "io"), &r.text),
	}
}

func (m *processMember) closeFiles() {
	m.status.Close()
	m.io.Close()
	m.fd.close()
}

func (m *processMember) close() {
	m.closeFiles()
	m.threads.close()
	if m.kept {
		m.kept = false
		m.room.give(filesOfMember)
	}
}

// read adds what the process uses to the sum. Of a zombie only the counters count. all says that its threads are read even if they
// seem to have done nothing.
func (m *processMember) read(files *openFiles, all bool, sum *processTotal) {
	if !m.kept {
		defer m.closeFiles()
	}
	if m.last.whole && m.last.runs == m.Runs && !m.Ended() && m.again(sum) {
		return
	}
	ran := m.last.runs != m.Runs
	m.last.whole, m.last.runs = false, m.Runs
	first := !m.account.known
	disksErr := m.count(sum)
	if m.Ended() {
		sum.zombies++
		m.close()
		return
	}
	sum.threads += m.Stat.Threads
	recent := ran && disksErr == nil && m.recent()
	there := true
	if recent {
		m.remember(sum)
	} else {
		there = m.memory(sum)
	}
	if there && disksErr != nil {
		sum.failed[ofDisks] = disksErr // also where the file is not there: a kernel without CONFIG_TASK_IO_ACCOUNTING
	}
	counted := m.open(files, sum)
	m.threads.first = firstThread{m.last.switches, recent}
	m.work(first, all, sum)
	m.last.whole = there && disksErr == nil && counted && m.threads.still()
}

// again adds what a process uses that has not run since it was read last: what it used then. It returns false where the process is to be
// read after all, and has added nothing then.
func (m *processMember) again(sum *processTotal) bool {
	if time.Since(m.last.memoryAt) < memoryEvery {
		m.remember(sum)
	} else if !m.memory(sum) {
		return false
	}
	m.settle(m.account.last, sum)
	sum.threads += m.Stat.Threads
	sum.read[ofFiles] = true
	m.limitOpen(sum)
	sum.worked = true
	sum.waits = sum.waits || m.threads.measured
	return true
}

// remember adds the memory that was read last.
func (m *processMember) remember(sum *processTotal) {
	sum.read[ofMemory] = true
	sum.rss += m.last.rss
	sum.swap += m.last.swap
}

// recent says whether the status that was read last is good enough. When that ends is another moment for each process, so that a row has the switches of some
// of them and not of all in one row.
func (m *processMember) recent() bool {
	const parts = 16
	every := statusEvery - statusEvery/2*time.Duration(m.PID%parts)/parts
	clock := m.Clock()
	return clock != 0 && m.last.clock != 0 && clock-m.last.clock < statusRun && time.Since(m.last.memoryAt) < every-statusEvery/parts
}

// count adds what the counters grew by; what a zombie read and wrote last is its parent's once that has waited for it. The error is why those of disks could not be read.
func (m *processMember) count(sum *processTotal) error {
	now := processUsage{
		own:    [counts]uint64{countUser: m.Stat.User, countSystem: m.Stat.System, countMajorFaults: m.Stat.MajorFaults},
		waited: [counts]uint64{countUser: m.Stat.WaitedUser, countSystem: m.Stat.WaitedSystem, countMajorFaults: m.Stat.WaitedMajorFaults},
	}
	var err error
	var data []byte
	if !m.Ended() {
		data, err = m.io.Read()
	}
	if data != nil {
		read, ok := kernel.Value(data, "read_bytes")
		written, alsoOK := kernel.Value(data, "write_bytes")
		now.waited[countRead], now.waited[countWritten], now.disks = read, written, ok && alsoOK
	}
	m.settle(now, sum)
	return err
}

// settle adds what the counters grew by since the row before.
func (m *processMember) settle(now processUsage, sum *processTotal) {
	sum.read[ofDisks] = sum.read[ofDisks] || now.disks
	grown, ok := m.account.grow(now, m.Born)
	if !ok {
		return
	}
	sum.rated = sum.rated || !m.Ended() // what a zombie of a former tree used is no measurement of this one
	for i := range counts {
		sum.grown[i] += grown[i]
	}
}

// memory adds resident and swapped memory. It returns false for a process that has ended meanwhile.
func (m *processMember) memory(sum *processTotal) bool {
	data, err := m.status.Read()
	sum.note(ofMemory, err)
	if err != nil {
		return false
	}
	m.last.memoryAt, m.last.clock = time.Now(), m.Clock()
	m.last.rss, data, _ = kernel.NextValue(data, "VmRSS") // none while it is about to end
	m.last.swap, data, _ = kernel.NextValue(data, "VmSwap")
	m.last.switches = parseSwitches(data)
	sum.rss += m.last.rss
	sum.swap += m.last.swap
	return true
}

// open adds how many files are open. It returns false where that cannot be read.
func (m *processMember) open(files *openFiles, sum *processTotal) bool {
	var err error
	m.last.open, err = files.count(&m.fd)
	sum.note(ofFiles, err)
	if err != nil {
		return false
	}
	m.limitOpen(sum)
	return true
}

// limitOpen adds the open files that were counted, and their limit, which is asked for now and then.
func (m *processMember) limitOpen(sum *processTotal) {
	sum.open += m.last.open
	if now := time.Now(); now.Sub(m.limited) >= limitEvery {
		limits := kernel.NewRecord(filepath.Join(m.Dir, "limits"), &m.room.text)
		if data, err := limits.Read(); err == nil {
			m.limit, _ = parseOpenFilesLimit(data)
			m.limited = now
		}
		limits.Close()
	}
	sum.limited(m.last.open, m.limit)
}

// work adds what the threads did; unless all are wanted, only where the process has done anything since they were read. What used less
// than the step of the counters, 10 ms, then waits for a later row.
func (m *processMember) work(first, all bool, sum *processTotal) {
	did := first || all || m.Stat.User != m.seen.User || m.Stat.System != m.seen.System || m.Stat.MinorFaults != m.seen.MinorFaults || m.Stat.Threads != m.seen.Threads
	if !did {
		sum.worked = true
		sum.waits = sum.waits || m.threads.measured
		return
	}
	m.seen = m.Stat
	m.threads.read(m.Stat.Threads, first && m.Born, sum)
}
