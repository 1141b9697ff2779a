// Package requestlog writes a line for every request of a worker's users, or for a sample of them (worker --request-log).
//
// A user formats its line into the buffer of a shard, behind a lock that few others want. One goroutine writes the buffers to the disk, every half a
// second or whenever one has filled. A line that finds no room, because the disk is slower than the load, is counted and not written: no request
// ever waits for the disk.
package requestlog

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/internal/requestline"
)

const (
	// room bounds the bytes that wait for the disk: half of it in the shards, half on its way.
	room = 16 << 20
	// full is when a shard wakes the writer.
	full = 256 << 10
	// flushEvery is how long a line waits at most for the writer.
	flushEvery = 500 * time.Millisecond
	// sayEvery is the time between two lines of the log about what is lost.
	sayEvery = 10 * time.Second
	// lastWrite is how long the end waits for a disk, or the reader of a pipe, that does not take the last lines.
	lastWrite = 5 * time.Second
)

// ErrLost means that requests were to be logged and are not in the file.
var ErrLost = errors.New("lost")

// A Config says what is logged where.
type Config struct {
	// Path is the file: CSV where its name ends in .csv, else a JSON object a line.
	Path string
	// Option is what names it to the user, in messages; "" is --request-log.
	Option string
	// Share is the share of requests that are kept beside the failed and the slowest: 0 or 1 is all.
	Share float64
	// Log takes what the user has to know.
	Log *slog.Logger
}

// A Log is a file of requests. Its methods may be called by any goroutine; Close ends it.
type Log struct {
	csv     bool
	sampler *sampler // nil: all requests are kept
	shards  []shard
	next    atomic.Uint32
	out     output
	log     *slog.Logger
	name    string // of the option and the file, in messages

	wake chan struct{}
	ask  chan chan struct{} // who wants to know when what waits now is written
	end  chan struct{}
	done chan struct{}
	once sync.Once

	written atomic.Int64 // lines that the disk has
	gone    atomic.Int64 // lines among them that went with a file that was deleted
	trouble atomic.Bool  // the disk takes nothing, which was said
	batch   batch        // the writer's
}

// Open opens a file, which has to be new or empty, and starts to write to it.
func Open(c Config) (*Log, error) {
	l := newLog(c)
	out, err := open(c.Path, l.sayf)
	if err != nil {
		return nil, err
	}
	l.start(out)
	return l, nil
}

func newLog(c Config) *Log {
	l := &Log{
		csv: requestline.IsCSV(c.Path), shards: make([]shard, runtime.GOMAXPROCS(0)), log: c.Log, name: cmp.Or(c.Option, "--request-log") + " " + c.Path,
		batch: make(batch, runtime.GOMAXPROCS(0)), wake: make(chan struct{}, 1), ask: make(chan chan struct{}), end: make(chan struct{}), done: make(chan struct{}),
	}
	if c.Share > 0 && c.Share < 1 {
		l.sampler = newSampler(c.Share)
	}
	for i := range l.shards {
		l.shards[i].room = room / 2 / len(l.shards)
	}
	return l
}

func (l *Log) start(out output) {
	l.out = out
	go l.run()
	go l.watch()
}

// Close writes what still waits. The error says how many lines are lost.
func (l *Log) Close() error {
	l.once.Do(func() { close(l.end) })
	timer := time.NewTimer(lastWrite)
	defer timer.Stop()
	select {
	case <-l.done:
	case <-timer.C:
	}
	return l.account(l.lost(), l.lines())
}

// Flush writes what waits now, and goes on: whoever has recorded is done, and others are not. The error says how many lines are lost so
// far.
func (l *Log) Flush() error {
	lines := l.lines()
	timer := time.NewTimer(lastWrite)
	defer timer.Stop()
	written := make(chan struct{})
	select {
	case l.ask <- written:
		select {
		case <-written:
		case <-timer.C:
		}
	case <-l.done:
	case <-timer.C:
	}
	return l.account(max(l.dropped(), lines-l.written.Load())+l.gone.Load(), lines)
}

func (l *Log) account(lost, lines int64) error {
	if lost > 0 {
		return fmt.Errorf("%s: %s of %d are %w", l.name, count(lost, "line"), lines, ErrLost)
	}
	return nil
}

// lines is how many there were to write.
func (l *Log) lines() (n int64) {
	for i := range l.shards {
		s := &l.shards[i]
		s.mu.Lock()
		n += s.taken + s.dropped
		s.mu.Unlock()
	}
	return n
}

// lost is how many of them are not on the disk. It is exact once nobody writes any more.
func (l *Log) lost() int64 { return l.lines() - l.written.Load() + l.gone.Load() }

// dropped is how many of them found no room.
func (l *Log) dropped() (n int64) {
	for i := range l.shards {
		s := &l.shards[i]
		s.mu.Lock()
		n += s.dropped
		s.mu.Unlock()
	}
	return n
}

func (l *Log) sayf(format string, args ...any) {
	l.log.Warn(l.name + ": " + fmt.Sprintf(format, args...))
}

func count(n int64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
