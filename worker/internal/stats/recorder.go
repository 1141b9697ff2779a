// Package stats turns measurements into what Locust reports: counts, sums and rounded response times for each request
// name, equal to those a Python worker would send for the same requests.
//
// Users record into shards, each behind its own lock; Take swaps a shard's contents out and merges them, so that a
// record waits for nothing but another user's record in the same shard.
package stats

import (
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/internal/timing"
	"gregaria/worker/internal/timings"
	"gregaria/worker/user"
)

// A Recorder collects the requests of all users of a worker. Its methods may be called by any number of goroutines.
type Recorder struct {
	shards []shard
	next   atomic.Uint32
	now    func() time.Time

	mu       sync.Mutex      // guards what follows: one Take, Clear or Reset at a time
	reported map[key]float64 // when each row was last part of a report
	started  float64         // when the current interval began: the last Take, Clear or Reset
	kept     *contents       // what Keep has taken since then
	cleared  int             // counts Clear
}

// New returns a Recorder with the given number of shards (at least 1; more than the cores that run users is enough).
func New(shards int) *Recorder {
	r := &Recorder{shards: make([]shard, max(shards, 1)), now: time.Now}
	for i := range r.shards {
		r.shards[i].now = func() time.Time { return r.now() }
	}
	r.Clear()
	return r
}

// Shard returns the recorder for one more user: it is a Sampler too.
func (r *Recorder) Shard() user.Recorder {
	return &r.shards[int(r.next.Add(1))%len(r.shards)]
}

// KeepTimings has the recorder measure phases, too, for Timings. It is called before any user records.
func (r *Recorder) KeepTimings() {
	for i := range r.shards {
		r.shards[i].timings = timings.NewSet()
	}
}

// Timings takes the phases of the requests since the last Timings, as a report carries them; nil if there are none. Clear and Reset
// leave them: what was measured in a second was measured in that second.
func (r *Recorder) Timings() (*timing.Message, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shards[0].timings == nil {
		return nil, nil //nolint:nilnil // as said
	}
	sets := make([]*timings.Set, len(r.shards))
	for i := range r.shards {
		sets[i] = r.shards[i].swapTimings()
	}
	return timings.Encode(sets)
}

// Clear forgets everything, as a worker does when a test starts (locust.stats.RequestStats.clear_all).
func (r *Recorder) Clear() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.shards {
		r.shards[i].swap()
	}
	r.reported, r.started, r.kept = map[key]float64{}, seconds(r.now()), newContents()
	r.cleared++
}

// Reset forgets the counts but not the names (locust.stats.RequestStats.reset_all), as --reset-stats asks for.
func (r *Recorder) Reset() {
	r.Take()
	r.mu.Lock()
	defer r.mu.Unlock()
	for k := range r.reported {
		r.reported[k] = r.started
	}
}

// Take returns what was recorded since the last Take, Keep, Clear or Reset.
func (r *Recorder) Take() Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := seconds(r.now())
	report := r.swap().report(r.reported, r.started, now)
	r.started, r.kept = now, newContents()
	return report
}

// Keep takes as Take does. But what it takes is still part of what Drain shows.
func (r *Recorder) Keep() Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := r.swap()
	r.kept.merge(all.copy())
	return all.report(maps.Clone(r.reported), r.started, seconds(r.now()))
}

// swap takes out what all shards hold. The caller holds r.mu.
func (r *Recorder) swap() *contents {
	all := newContents()
	for i := range r.shards {
		all.merge(r.shards[i].swap())
	}
	return all
}

// Peek returns what the next Take would, and takes nothing.
func (r *Recorder) Peek() Report {
	r.mu.Lock()
	defer r.mu.Unlock()
	all := newContents()
	for i := range r.shards {
		all.merge(r.shards[i].copy())
	}
	return all.report(maps.Clone(r.reported), r.started, seconds(r.now()))
}

// seconds is t as Python's time.time() gives it.
func seconds(t time.Time) float64 { return float64(t.UnixNano()) / 1e9 }
