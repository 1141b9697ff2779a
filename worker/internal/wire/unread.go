package wire

import (
	"runtime"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"
)

// When Unread asks for a collection: when mostUnread streams are open, and twice as many as the last such collection has left; and when some
// have been open for unreadPatience with nobody at them, then after twice as long, up to longestPatience: from there on the runtime collects
// by itself (runtime.forcegcperiod).
const (
	mostUnread      = 64
	unreadPatience  = time.Second
	longestPatience = 2 * time.Minute
)

// settling is how long after a collection what it has found is closed.
const settling = 20 * time.Millisecond

// Unread counts streams that are open. CPython closes a forgotten one when the last reference to it goes, or in its next collection, of which
// there is one every 700 new objects; here it is closed when the collector finds it. But the collector runs when memory is wanted, and a
// forgotten stream takes little of that: what it takes is a connection, and a place at the server.
type Unread struct {
	open     atomic.Int64
	all      atomic.Int64 // that have been opened
	reading  atomic.Int64 // of them: somebody waits for the next piece
	limit    atomic.Int64 // how many are worth a collection; 0 is mostUnread
	asked    atomic.Bool  // a collection for that is under way
	begun    atomic.Bool  // a stream has, since watch
	patience atomic.Int64 // until look; 0 is that nobody looks

	mu     sync.Mutex // guards what follows
	timer  *time.Timer
	cycles uint64 // of the collector, at watch
}

// Opened counts a stream.
func (u *Unread) Opened() {
	if u == nil {
		return
	}
	n := u.open.Add(1)
	u.all.Add(1)
	if n >= max(u.limit.Load(), mostUnread) && n > u.reading.Load() && u.asked.CompareAndSwap(false, true) {
		go u.collect()
	}
	u.begun.Store(true)
	if u.patience.Load() != int64(unreadPatience) {
		u.watch(unreadPatience)
	}
}

// Ended takes a stream out of the count.
func (u *Unread) Ended() {
	if u != nil {
		u.open.Add(-1)
	}
}

// Reads counts those who wait for the next piece of a stream.
func (u *Unread) Reads(n int64) {
	if u != nil {
		u.reading.Add(n)
	}
}

// unread says that streams are open for whose next piece nobody waits.
func (u *Unread) unread() bool { return u.open.Load() > u.reading.Load() }

// collect closes what is forgotten, since much is open. What has been opened meanwhile is not what it has left.
func (u *Unread) collect() {
	before := u.all.Load()
	runtime.GC()
	time.AfterFunc(settling, func() {
		u.limit.Store(2 * (u.open.Load() - (u.all.Load() - before)))
		u.asked.Store(false)
	})
}

// watch looks again after some time.
func (u *Unread) watch(after time.Duration) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.begun.Store(false)
	u.patience.Store(int64(after))
	u.cycles = cycles()
	if u.timer == nil {
		u.timer = time.AfterFunc(after, u.look)
	} else {
		u.timer.Reset(after)
	}
}

// look closes what is forgotten, unless the collector has been by meanwhile, or no stream can be.
func (u *Unread) look() {
	u.mu.Lock()
	before := u.cycles
	u.mu.Unlock()
	if u.unread() && cycles() == before {
		runtime.GC()
	}
	switch {
	case u.begun.Load():
		u.watch(unreadPatience)
	case u.open.Load() > 0:
		u.watch(min(2*time.Duration(u.patience.Load()), longestPatience))
	default:
		u.patience.Store(0)
	}
}

// cycles is how many collections there have been.
func cycles() uint64 {
	sample := []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
