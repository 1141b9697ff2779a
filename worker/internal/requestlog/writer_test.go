package requestlog

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/requestline"
	"gregaria/worker/user"
)

// A disk is an output that can be slow, full or gone.
type disk struct {
	took  atomic.Int64  // each write, in ns
	stuck chan struct{} // not nil: a write waits until it is closed

	mu     sync.Mutex // guards what follows
	err    error      // nil: it takes everything
	room   int        // bytes that it has room for, while err is not nil
	lines  bytes.Buffer
	closed bool
}

func (d *disk) write(p []byte) (int, error) {
	if d.stuck != nil {
		<-d.stuck
	}
	time.Sleep(time.Duration(d.took.Load()))
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.err != nil {
		p = p[:bytes.LastIndexByte(p[:min(d.room, len(p))], '\n')+1]
		d.room -= len(p)
	}
	n, _ := d.lines.Write(p)
	return n, d.err
}

func (d *disk) check() int64 { return 0 }

func (d *disk) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.closed = true
	return nil
}

func (d *disk) content() []byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return bytes.Clone(d.lines.Bytes())
}

func (d *disk) count() int { return bytes.Count(d.content(), []byte("\n")) }

// empty makes room.
func (d *disk) empty() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.err = nil
}

// on returns a log that writes to a disk.
func on(d *disk, said *diary, path string) *Log {
	l := newLog(Config{Path: path, Log: slog.New(slog.NewTextHandler(said, nil))})
	l.start(d)
	return l
}

// TestCountsWhatIsLost has many users on a disk that is slower than they are: lines and lost ones are all requests.
func TestCountsWhatIsLost(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, said := &disk{}, &diary{}
		d.took.Store(int64(8 * time.Second))
		l := on(d, said, "requests.jsonl")
		const users, each = 20, 3000
		long := strings.Repeat("x", 1000)
		var all sync.WaitGroup
		for range users {
			r := recorderOf(l)
			all.Go(func() {
				for range each {
					r.Record(user.Request{Name: long})
					time.Sleep(10 * time.Millisecond)
				}
			})
		}
		all.Wait()
		lost := l.lost() // what waits is not written yet
		d.took.Store(0)
		time.Sleep(8 * time.Second)
		err := l.Close()
		if !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "of 60000 are lost") {
			t.Errorf("Close = %v, want that some of 60000 are lost", err)
		}
		if got := int64(d.count()) + l.lost(); got != users*each || l.lost() == 0 || l.lost() == users*each || lost < l.lost() {
			t.Errorf("%d lines and %d lost are %d, want %d", d.count(), l.lost(), got, users*each)
		}
		if !d.closed {
			t.Error("the file is open")
		}
		if n := len(said.lines()); n < 2 || n > 3 || !strings.Contains(said.lines()[0], "lost so far: the disk is slower than the load") {
			t.Errorf("in 30 s it said %q, want a line at most every 10 s", said.lines())
		}
	})
}

// TestWritesWithinASecond has a lone request, and many.
func TestWritesWithinASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &disk{}
		l := on(d, &diary{}, "requests.jsonl")
		r := recorderOf(l)
		r.Record(user.Request{Name: "/a"})
		time.Sleep(time.Second)
		synctest.Wait()
		if d.count() != 1 {
			t.Errorf("after a second the file has %q, want a line", d.content())
		}
		for range 2 * full / 50 { // a line has more than 50 bytes
			r.Record(user.Request{Name: "/a"})
		}
		synctest.Wait() // no time passes
		if len(d.content()) < full {
			t.Errorf("%d bytes are written, want more than %d: the buffer was full", len(d.content()), full)
		}
		if err := l.Close(); err != nil || d.count() != 1+2*full/50 {
			t.Errorf("Close = %v, %d lines, want all", err, d.count())
		}
		r.Record(user.Request{Name: "/late"}) // a user that nobody waits for any more
		if err := l.Close(); err != nil || l.lost() != 0 {
			t.Errorf("after the end: Close = %v, %d lost, want nothing", err, l.lost())
		}
	})
}

// TestEmptyCSV has a run without a request: the header is there.
func TestEmptyCSV(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "requests.csv")
	for range 2 { // the file of such a run is as good as new
		l, _ := logged(t, (&diary{}).config(path))
		for _, end := range []func() error{l.Flush, l.Close} {
			if err := end(); err != nil {
				t.Error(err)
			}
			if got := lines(t, path); len(got) != 1 || got[0]+"\n" != requestline.Header() {
				t.Errorf("lines = %q, want the header", got)
			}
		}
	}
}

// TestFullDisk has a disk that takes nothing for a while: nothing is lost as long as there is room to wait.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d, said := &disk{err: syscall.ENOSPC, room: 1000}, &diary{}
		l := on(d, said, "requests.jsonl")
		r := recorderOf(l)
		for range 100 {
			r.Record(user.Request{Name: "/a"})
			time.Sleep(time.Second)
		}
		synctest.Wait()
		before := d.count()
		d.empty()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if d.count() != 100 {
			t.Errorf("%d lines, then %d when there was room, want 100", before, d.count())
		}
		said.said(t, "no space left on device; the load goes on, 16 MB of lines wait in memory", "written again")
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
}

// TestEndsOnAFullDisk has one that stays so.
func TestEndsOnAFullDisk(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{"no space left on device": syscall.ENOSPC, "nobody reads it any more": syscall.EPIPE} {
		synctest.Test(t, func(t *testing.T) {
			d, said := &disk{err: err, room: 500}, &diary{}
			l := on(d, said, "requests.jsonl")
			r := recorderOf(l)
			for range 100 {
				r.Record(user.Request{Name: "/a"})
			}
			time.Sleep(20 * time.Second)
			r.Record(user.Request{Name: "/a"})
			if err := l.Close(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "of 101 are lost") || int64(d.count())+l.lost() != 101 {
				t.Errorf("%s: Close = %v with %d lines, want that all others of 101 are lost", name, err, d.count())
			}
			said.said(t, name)
		})
	}
}

// TestEndDoesNotHang has a reader of a pipe that takes nothing, and does not go.
func TestEndDoesNotHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &disk{stuck: make(chan struct{})}
		l := on(d, &diary{}, "requests.jsonl")
		recorderOf(l).Record(user.Request{Name: "/a"})
		began := time.Now()
		if err := l.Close(); !errors.Is(err, ErrLost) || time.Since(began) != lastWrite {
			t.Errorf("Close = %v after %s, want that 1 of 1 is lost after %s", err, time.Since(began), lastWrite)
		}
		close(d.stuck)
		<-l.done
	})
}

// TestFlush writes what waits, and goes on; what a disk does not take is lost so far.
func TestFlush(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &disk{}
		l := on(d, &diary{}, "requests.jsonl")
		r := recorderOf(l)
		for n := 1; n <= 3; n++ {
			r.Record(user.Request{Name: "/a"})
			if err := l.Flush(); err != nil || d.count() != n {
				t.Errorf("Flush = %v with %d lines, want %d", err, d.count(), n)
			}
		}
		d.err = syscall.ENOSPC
		r.Record(user.Request{Name: "/a"})
		if err := l.Flush(); !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "--request-log requests.jsonl: 1 line of 4 are lost") {
			t.Errorf("Flush to a full disk = %v, want that a line is lost so far", err)
		}
		d.empty()
		if err := l.Flush(); err != nil || d.count() != 4 {
			t.Errorf("Flush when there is room again = %v with %d lines, want all 4", err, d.count())
		}
		d.stuck = make(chan struct{})
		r.Record(user.Request{Name: "/a"})
		began := time.Now()
		if err := l.Flush(); !errors.Is(err, ErrLost) || time.Since(began) != lastWrite {
			t.Errorf("Flush to what takes nothing = %v after %s, want an error after %s", err, time.Since(began), lastWrite)
		}
		close(d.stuck)
		if err := l.Close(); err != nil {
			t.Errorf("Close = %v", err)
		}
		if err := l.Flush(); err != nil {
			t.Errorf("Flush after the end = %v", err)
		}
	})
}

var _ io.Writer = (*diary)(nil)
