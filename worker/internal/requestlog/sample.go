package requestlog

import (
	"math/rand/v2"
	"sync"
	"time"

	"gregaria/internal/requestline"
	"gregaria/worker/internal/timings"
	"gregaria/worker/user"
)

// A sampler decides, request by request, which lines are kept: those that failed or were cut off, the slowest, and a share of the others by chance.
// Whoever adds up the weights of the kept ones has all: a request that is kept for what it is stands for itself, one that is kept by chance for those
// like it that were not.
type sampler struct {
	bound  uint64 // of a random number: below it a request is kept
	weight float64

	mu    sync.RWMutex // guards ranks
	ranks map[rankKey]*rank
}

type rankKey struct{ name, method string }

// mostRanks bounds the memory: requests with more names than that are ranked together, 8 KB each.
const mostRanks = 1000

func newSampler(share float64) *sampler {
	return &sampler{bound: uint64(share * (1 << 63)), weight: 1 / share, ranks: map[rankKey]*rank{}}
}

// keep says why a request is kept, "" if it is not, and how many it stands for.
func (s *sampler) keep(q *user.Request) (why string, weight float64) {
	slow := q.ResponseTime >= 0 && !q.Incomplete && s.rank(rankKey{q.Name, q.Type}).slow(q.ResponseTime)
	switch {
	case q.Incomplete:
		return requestline.Cut, 1
	case q.Failure != "":
		return requestline.Failed, 1
	case slow:
		return requestline.Slow, 1
	case rand.Uint64()>>1 < s.bound: //nolint:gosec // a sample
		return requestline.Sampled, s.weight
	}
	return "", 0
}

func (s *sampler) rank(k rankKey) *rank {
	s.mu.RLock()
	r := s.ranks[k]
	s.mu.RUnlock()
	if r != nil {
		return r
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ranks) >= mostRanks {
		k = rankKey{}
	}
	if r = s.ranks[k]; r == nil {
		r = &rank{top: -1}
		s.ranks[k] = r
	}
	return r
}

// A rank knows how the response times of a name are spread: those of its last 1000 to 2000 requests, in the buckets of timings.
type rank struct {
	mu     sync.Mutex // guards what follows
	counts [timings.Buckets]uint16
	total  int
	above  int // how many are in buckets above top
	top    int // the least bucket that no more than 1 % are above
}

// half is how many requests are remembered at least.
const half = 1000

// slow counts a response time, and says whether it is above the 99th percentile of those before it. Until there are 100 that is the largest of
// them; the first request is above nothing.
func (r *rank) slow(d time.Duration) bool {
	b := timings.Bucket(d)
	r.mu.Lock()
	defer r.mu.Unlock()
	slow := b > r.top
	if r.total == 2*half {
		r.forget()
	}
	r.counts[b]++
	r.total++
	if b > r.top {
		r.above++
	}
	for r.above > r.total/100 {
		r.top++
		r.above -= int(r.counts[r.top])
	}
	for r.top > 0 && r.above+int(r.counts[r.top]) <= r.total/100 {
		r.above += int(r.counts[r.top])
		r.top--
	}
	return slow
}

// forget halves the counts, so that what was long ago counts less and less. A half that is left over counts in the next bucket: the slowest are
// alone in theirs, and would all be forgotten.
func (r *rank) forget() {
	r.total, r.above = 0, 0
	left := uint16(0)
	for b := range r.counts {
		n := r.counts[b] + left
		r.counts[b], left = n/2, n%2
		r.total += int(r.counts[b])
		if b > r.top {
			r.above += int(r.counts[b])
		}
	}
}
