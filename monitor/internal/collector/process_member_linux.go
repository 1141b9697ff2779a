package collector

import (
	"path/filepath"
	"time"

	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
)

const (
	// filesOfMember is how many files a member has open, beside those of its threads and its stat.
	filesOfMember = 2
	// limitEvery is how often the limit of open files is asked for: few programs change it when they run.
	limitEvery = 10 * time.Second
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
	fd         string       // the folder of the open files
	limit      uint64       // of open files; 0 for none
	limited    time.Time    // when it was asked for
}

func newMember(p *process.Process, r *fileRoom) *processMember {
	return &processMember{
		Process: p, room: r, kept: r.take(filesOfMember), threads: threadList{dir: p.Dir, room: r},
		fd:     filepath.Join(p.Dir, "fd"),
		status: kernel.NewFile(filepath.Join(p.Dir, "status")), io: kernel.NewFile(filepath.Join(p.Dir, "io")),
	}
}

func (m *processMember) closeFiles() {
	m.status.Close()
	m.io.Close()
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
	first := !m.account.known
	disksErr := m.count(sum)
	if m.Ended() {
		sum.zombies++
		m.close()
		return
	}
	sum.threads += m.Stat.Threads
	if there := m.memory(sum); there && disksErr != nil {
		sum.failed[ofDisks] = disksErr // also where the file is not there: a kernel without CONFIG_TASK_IO_ACCOUNTING
	}
	m.open(files, sum)
	m.work(first, all, sum)
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
		sum.read[ofDisks] = true
	}
	if grown, ok := m.account.grow(now, m.Born); ok {
		sum.rated = sum.rated || !m.Ended() // what a zombie of a former tree used is no measurement of this one
		for i := range counts {
			sum.grown[i] += grown[i]
		}
	}
	return err
}

// memory adds resident and swapped memory. It returns false for a process that has ended meanwhile.
func (m *processMember) memory(sum *processTotal) bool {
	data, err := m.status.Read()
	sum.note(ofMemory, err)
	if err != nil {
		return false
	}
	rss, _ := kernel.Value(data, "VmRSS") // none while it is about to end
	swap, _ := kernel.Value(data, "VmSwap")
	sum.rss += rss
	sum.swap += swap
	return true
}

// open adds how many files are open. The limit is asked for now and then.
func (m *processMember) open(files *openFiles, sum *processTotal) {
	open, err := files.count(m.fd)
	sum.note(ofFiles, err)
	if err != nil {
		return
	}
	sum.open += open
	if now := time.Now(); now.Sub(m.limited) >= limitEvery {
		limits := kernel.NewFile(filepath.Join(m.Dir, "limits"))
		if data, err := limits.Read(); err == nil {
			m.limit, _ = parseOpenFilesLimit(data)
			m.limited = now
		}
		limits.Close()
	}
	sum.limited(open, m.limit)
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
