package analysistest

import (
	"cmp"
	"container/heap"
	"math"
	"math/rand/v2"
)

// A Queue is a server with a queue before it and users who send to it, simulated request by request: the knee is as round, and neighbouring seconds are as alike, as
// in a real run. What a Model takes from formulas comes out of it by itself.
type Queue struct {
	Seed uint64
	// Ramp, Steady and Settle are in seconds. Users come evenly over Ramp.
	Ramp, Steady, Settle int
	Users                int
	// Steps are users instead, each for StepSeconds.
	Steps       []int
	StepSeconds int
	// Rate is an open load, in tasks a second, that Users serve; 0 is a closed one.
	Rate float64
	// Together has the users of a second begin at once, and all users wait alike, so that they go on sending at once.
	Together bool
	// Think is the mean wait of users, Service the mean time of a request, in ms; Spread is the sigma of its logarithm, 0.2 if it is 0.
	Think, Service, Spread float64
	// Network is how long a request travels, in ms.
	Network float64
	// Servers is how many requests are worked on at once.
	Servers int
	// Limit is what the server works with.
	Limit Limit
	// Cores is how many the machine has, 4 if it is 0. Worker is what a request costs the generator, in ms of a core.
	Cores  int
	Worker float64
	// OneWorker has the generator send through one worker whose core is all it has: the queue is then in the generator.
	OneWorker bool
	// Backlog is the length of the accept queue: requests beyond it come 1 s later.
	Backlog int
	// FailFrom is the second of the load from which on a fifth of the requests fail; 0 is never.
	FailFrom int
	// Noise is how far columns that have nothing to do with the load swing, in percent points, about Level.
	Noise, Level float64
	// NoMonitor leaves all hosts out, NoTimings the histograms.
	NoMonitor, NoTimings bool
	// Remote puts the target on another machine.
	Remote bool
}

// A Limit is what a server works with.
type Limit string

// The limits.
const (
	Nothing Limit = "nothing" // a pool, a lock: no column shows it
	CPU     Limit = "cpu"
	Thread  Limit = "thread"
	Quota   Limit = "quota"
	Memory  Limit = "memory"
	GPU     Limit = "gpu"
	Disk    Limit = "disk"
	Listen  Limit = "listen"
	Files   Limit = "files"
)

// lead is how many seconds a run has before its load.
const lead = 5

// seconds are all of a run.
func (q Queue) seconds() int { return lead + q.load() + q.Settle }

// load is how many seconds the load has.
func (q Queue) load() int {
	if len(q.Steps) > 0 {
		return len(q.Steps) * q.StepSeconds
	}
	return q.Ramp + q.Steady
}

// usersAt is how many users there are in a second of the load.
func (q Queue) usersAt(second int) int {
	if len(q.Steps) > 0 {
		return q.Steps[min(second/q.StepSeconds, len(q.Steps)-1)]
	}
	if second < q.Ramp {
		return max(1, q.Users*(second+1)/q.Ramp)
	}
	return q.Users
}

// An event is what happens next: a user sends, or a request is done.
type event struct {
	at   float64
	done bool
	sent float64
	due  float64
}

type events []event

func (e events) Len() int           { return len(e) }
func (e events) Less(i, j int) bool { return e[i].at < e[j].at }
func (e events) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)        { *e = append(*e, x.(event)) } //nolint:forcetypeassert // of this file
func (e *events) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}

// What a simulation leaves, of each second.
type measured struct {
	times    [][]float64 // response times in ms
	lateness [][]float64 // of an open load, in ms
	busy     []float64   // seconds of servers
	waiting  []float64   // requests that wait, at the end of the second
	lost     []float64   // connections that found the queue full
	missed   int         // tasks that were due and never begun
}

// simulation is the state of a queue.
type simulation struct {
	q       Queue
	r       *rand.Rand
	next    events
	line    []event
	working int
	free    int // users of an open load who have nothing to do
	due     []float64
	m       measured
}

// simulate runs the queue.
func (q Queue) simulate() measured {
	n := q.seconds()
	s := &simulation{q: q, r: rand.New(rand.NewPCG(q.Seed, 77)), m: measured{
		times: make([][]float64, n), lateness: make([][]float64, n), busy: make([]float64, n), waiting: make([]float64, n), lost: make([]float64, n),
	}}
	users := 0
	end := float64(lead + q.load())
	for second := range n {
		if at := second - lead; at >= 0 && at < q.load() {
			for ; users < q.usersAt(at); users++ {
				s.arrive(float64(second))
			}
			if q.Rate > 0 {
				for i := range int(q.Rate) {
					s.due = append(s.due, float64(second)+(float64(i)+s.r.Float64())/q.Rate)
				}
			}
		}
		s.until(float64(second+1), end)
		s.m.waiting[second] = float64(len(s.line))
	}
	s.m.missed = len(s.due)
	return s.m
}

// arrive has a user begin: with a request, or ready for a task that is due.
func (s *simulation) arrive(second float64) {
	if s.q.Rate > 0 {
		s.free++
		return
	}
	heap.Push(&s.next, event{at: second + s.uneven()})
}

// uneven is a share of a second or of a wait, by chance.
func (s *simulation) uneven() float64 {
	if s.q.Together {
		return 0.5
	}
	return s.r.Float64()
}

// until does what happens before a time.
func (s *simulation) until(time, end float64) {
	for {
		if len(s.due) > 0 && s.free > 0 && s.due[0] < time && (len(s.next) == 0 || s.due[0] <= s.next[0].at) {
			due := s.due[0]
			s.due = s.due[1:]
			s.free--
			heap.Push(&s.next, event{at: due, due: due})
			continue
		}
		if len(s.next) == 0 || s.next[0].at >= time {
			return
		}
		e := heap.Pop(&s.next).(event) //nolint:forcetypeassert // of this file
		if e.done {
			s.finish(e, end)
		} else if e.at < end {
			s.send(e)
		}
	}
}

// send brings a request to the server.
func (s *simulation) send(e event) {
	if e.sent == 0 {
		e.sent = e.at
		if e.due > 0 {
			s.note(s.m.lateness, e.at, 1000*(e.at-e.due))
		}
	}
	if s.q.Backlog > 0 && len(s.line) >= s.q.Backlog {
		s.m.lost[int(e.at)]++
		e.at++
		heap.Push(&s.next, e)
		return
	}
	if s.working == s.q.Servers {
		s.line = append(s.line, e)
		return
	}
	s.serve(e, e.at)
}

// serve works on a request.
func (s *simulation) serve(e event, from float64) {
	sigma := cmp.Or(s.q.Spread, 0.2)
	took := s.q.Service / 1000 * math.Exp(sigma*s.r.NormFloat64()-sigma*sigma/2)
	s.working++
	for at, left := from, took; left > 0; {
		part := math.Min(left, math.Floor(at)+1-at)
		if i := int(at); i < len(s.m.busy) {
			s.m.busy[i] += part
		}
		at, left = math.Floor(at)+1, left-part
	}
	heap.Push(&s.next, event{at: from + took, done: true, sent: e.sent, due: e.due})
}

// finish ends a request: the server takes the next one, the user waits.
func (s *simulation) finish(e event, end float64) {
	s.working--
	if e.at < end+2 {
		s.note(s.m.times, e.at, 1000*(e.at-e.sent)+s.q.Network)
	}
	if len(s.line) > 0 {
		next := s.line[0]
		s.line = s.line[1:]
		s.serve(next, e.at)
	}
	if s.q.Rate == 0 {
		if at := e.at + (s.q.Network+s.q.Think*(0.5+s.uneven()))/1000; at < end {
			heap.Push(&s.next, event{at: at})
		}
		return
	}
	s.free++
	if len(s.due) > 0 && s.due[0] <= e.at && e.at < end {
		due := s.due[0]
		s.due = s.due[1:]
		s.free--
		heap.Push(&s.next, event{at: e.at, due: due})
	}
}

// note writes a time to its second.
func (s *simulation) note(to [][]float64, at, ms float64) {
	if i := int(at); i < len(to) {
		to[i] = append(to[i], ms)
	}
}
