package collector

import (
	"os"
	"path/filepath"
	"strconv"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
)

// pssShare is how much of the time may go into readings of PSS, at most: each walks the tables of all pages, milliseconds for a
// gigabyte, and holds the lock of the process's address space meanwhile (show_smap_rollup in fs/proc/task_mmu.c).
const pssShare = 0.01

// pss collects the proportional set size of the process under test. It is read between the rows, on a goroutine of its own: the value of
// a row was read since the row before. Where a reading takes long there is not one for each row; the others are empty.
type pss struct {
	proc    string
	watch   *process.Watch
	answers chan pssAnswer
	asked   bool
	next    time.Time // when the next reading may begin
	failed  error     // why the last one failed: it goes on in the rows up to the next, so that it is said once
}

type pssAnswer struct {
	kilobytes uint64
	took      time.Duration
	err       error
	none      bool // there was no process
}

func openPSS(s Settings) (Collector, error) {
	if s.Watch == nil {
		return nil, errNotNamed
	}
	return &pss{proc: s.Proc, watch: s.Watch, answers: make(chan pssAnswer, 1)}, nil
}

func (*pss) Columns() []string { return []string{resource.ProcessPSSMB} }

// Collect takes the newest reading and begins another.
func (p *pss) Collect(row []resource.Cell) error {
	select {
	case answer := <-p.answers:
		p.asked = false
		p.next = time.Now().Add(time.Duration(float64(answer.took) * (1/pssShare - 1)))
		if p.failed = answer.err; p.failed == nil && !answer.none && len(p.watch.Tree().PIDs) > 0 {
			row[0] = resource.Of(float64(answer.kilobytes) * kb / mb)
		}
	default:
	}
	if !p.asked && !time.Now().Before(p.next) {
		p.asked = true
		go func() { p.answers <- readPSS(p.proc, p.watch.Tree()) }()
	}
	return p.failed
}

// readPSS adds up the PSS of all processes of a tree.
func readPSS(proc string, tree *process.Tree) pssAnswer {
	began := time.Now()
	answer := pssAnswer{none: true}
	for _, pid := range tree.PIDs {
		data, err := os.ReadFile(filepath.Join(proc, strconv.Itoa(pid), "smaps_rollup"))
		if err != nil {
			if !isGone(err) {
				answer.err = unreadable("the shared memory of the process (/proc/PID/smaps_rollup)", err)
			}
			continue
		}
		value, ok := kernel.Value(data, "Pss")
		if ok {
			answer.kilobytes += value
			answer.none = false
		}
	}
	answer.took = time.Since(began)
	return answer
}
