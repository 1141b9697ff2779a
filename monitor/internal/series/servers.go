package series

import (
	"context"
	"fmt"
	"sync"
	"time"

	"gregaria/internal/service"
)

// closeTime is how long Close waits for answers to the last tick.
const closeTime = 250 * time.Millisecond

// A File takes the rows of a tick: *service.Writer is one.
type File interface {
	Write(at time.Time, rows []service.Row) error
	Close() error
}

// Servers are all that are asked. Tick and Close are called by one goroutine.
type Servers struct {
	patience time.Duration
	note     func(string)
	list     []*server
	cancel   context.CancelFunc
	done     sync.WaitGroup

	mu   sync.Mutex // guards what follows
	file File
	last time.Time // tick that has rows
	lost error     // why rows could not be written
	sick bool      // the last ones could not
}

// Start begins to ask the servers at their URLs, and once at once, for rates to have something to be compared with. interval is the time
// from tick to tick. Rows go to file, which is closed by Close.
func Start(urls []string, choice Choice, access Access, interval time.Duration, file File, note func(string)) (*Servers, error) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Servers{patience: min(interval, maxPatience), note: note, cancel: cancel, file: file}
	for _, url := range urls {
		c, err := newClient(url, access)
		if err != nil {
			cancel()
			return nil, err
		}
		s.list = append(s.list, &server{client: c, table: newTable(c.url, choice, note), write: s.write, note: note, ticks: make(chan tick, 1)})
	}
	for _, one := range s.list {
		s.done.Go(func() { one.work(ctx) })
	}
	s.Tick(time.Time{})
	return s, nil
}

// Tick asks every server for the rows of the tick at. It returns at once.
func (s *Servers) Tick(at time.Time) {
	t := tick{at, time.Now().Add(s.patience)}
	for _, one := range s.list {
		select {
		case one.ticks <- t:
		default: // it is behind by a whole tick
		}
	}
}

// write adds rows to the file, where Timestamps never go back. A disk that is full costs rows, which is said.
func (s *Servers) write(at time.Time, rows []service.Row) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at.Before(s.last) {
		return errLate
	}
	s.last = at
	err := s.file.Write(at, rows)
	if err != nil && s.lost == nil {
		s.lost = fmt.Errorf("rows are lost: %w", err)
	}
	if sick := err != nil; sick != s.sick {
		s.sick = sick
		if sick {
			s.note("what the servers say cannot be written: " + err.Error())
		} else {
			s.note("what the servers say is written again")
		}
	}
	return nil
}

// Close waits a moment for answers to the last tick, and closes the file. It returns what was lost.
func (s *Servers) Close() error {
	for _, one := range s.list {
		close(one.ticks)
	}
	end := time.AfterFunc(closeTime, s.cancel)
	s.done.Wait()
	end.Stop()
	s.cancel()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.file.Close(); err != nil && s.lost == nil {
		return err
	}
	return s.lost
}
