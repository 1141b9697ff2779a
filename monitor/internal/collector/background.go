package collector

import (
	"fmt"
	"time"

	"gregaria/internal/resource"
)

// maxPatience bounds how long a row waits for a collector in the background.
const maxPatience = 100 * time.Millisecond

// patience is how long a row waits for a collector in the background, where ticks are interval apart.
func patience(interval time.Duration) time.Duration { return min(interval/4, maxPatience) }

// A background collector lets another do its readings on a goroutine of its own: a driver or a server that does not answer costs
// its own cells and nothing else. An answer that came too late for its row is thrown away: it is of a former second. While one
// is awaited from an earlier tick, no row waits and nothing is asked.
type background struct {
	name     string
	of       Collector
	patience time.Duration

	ask     chan struct{}
	answers chan outcome
	row     []resource.Cell // the goroutine's while busy
	busy    bool            // asked, and the answer has not been taken
	late    bool            // a row has given it up already
	asked   time.Time
}

// An outcome is what a reading in the background returned; its cells are in the row.
type outcome struct{ err error }

// inBackground makes c a Starter. name says in messages what does not answer.
func inBackground(name string, c Collector, patience time.Duration) *background {
	b := &background{
		name: name, of: c, patience: patience,
		ask: make(chan struct{}, 1), answers: make(chan outcome, 1), row: make([]resource.Cell, len(c.Columns())),
	}
	go b.work() // until the process ends, as everything that a collector opens
	return b
}

func (b *background) work() {
	for range b.ask { // never closed but by a test
		clear(b.row)
		b.answers <- outcome{b.of.Collect(b.row)}
		if i, ok := b.of.(idler); ok {
			i.Idle()
		}
	}
}

// An idler is a collector with work that no row is to wait for: Idle is called after each answer, on the same goroutine.
type idler interface{ Idle() }

func (b *background) Columns() []string { return b.of.Columns() }

// Start asks, unless the last question is unanswered.
func (b *background) Start() {
	if b.busy {
		select {
		case <-b.answers:
		default:
			return
		}
	}
	b.busy, b.late, b.asked = true, false, time.Now()
	b.ask <- struct{}{}
}

// Collect takes the answer to what Start asked.
func (b *background) Collect(row []resource.Cell) error {
	if !b.late {
		timeout := time.NewTimer(b.patience - time.Since(b.asked))
		defer timeout.Stop()
		select {
		case answer := <-b.answers:
			b.busy = false
			copy(row, b.row)
			return answer.err
		case <-timeout.C:
			b.late = true
		}
	}
	return fmt.Errorf("%s: no answer within %s", b.name, b.patience)
}
