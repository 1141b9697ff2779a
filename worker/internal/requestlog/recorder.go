package requestlog

import (
	"sync"
	"time"

	"gregaria/internal/mask"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A Worker is one of those whose requests are logged.
type Worker struct {
	log   *Log
	name  string
	index func() int

	mu      sync.Mutex // guards origins
	origins map[string]*origin
}

// An origin is where requests come from: their fields worker, index and user.
type origin struct {
	index  int
	fields []byte
}

// Worker returns what logs the requests of a worker. index is its number at the master, -1 before that has said it.
func (l *Log) Worker(name string, index func() int) *Worker {
	return &Worker{log: l, name: name, index: index, origins: map[string]*origin{}}
}

// Recorder returns a recorder that logs what it passes on, for one more user of a class; "" is none.
func (w *Worker) Recorder(class string, to user.Recorder) user.Recorder {
	return &recorder{to: to, log: w.log, origin: w.origin(class), shard: &w.log.shards[int(w.log.next.Add(1))%len(w.log.shards)]}
}

// origin returns that of a class. The number of a worker changes where its master does.
func (w *Worker) origin(class string) *origin {
	w.mu.Lock()
	defer w.mu.Unlock()
	index := w.index()
	if o := w.origins[class]; o != nil && o.index == index {
		return o
	}
	l := line{csv: w.log.csv}
	l.text(keyWorker, w.name)
	l.whole(keyIndex, int64(index), index >= 0)
	l.text(keyUser, class)
	o := &origin{index, l.to}
	w.origins[class] = o
	return o
}

// A recorder logs the requests of one user.
type recorder struct {
	to     user.Recorder
	log    *Log
	origin *origin
	shard  *shard
}

var (
	_ user.Recorder      = (*recorder)(nil)
	_ user.EventRecorder = (*recorder)(nil)
	_ stats.Sampler      = (*recorder)(nil)
	_ stats.Witness      = (*recorder)(nil)
)

// Record is user.Recorder.
func (r *recorder) Record(q user.Request) {
	ended(&q)
	r.write(&q, nil)
	r.to.Record(q)
}

// RecordSample is stats.Sampler.
func (r *recorder) RecordSample(s stats.Sample) {
	q := s.Request()
	ended(&q)
	r.write(&q, &s)
	if to, ok := r.to.(stats.Sampler); ok {
		to.RecordSample(s)
		return
	}
	r.to.Record(q)
}

// Witness is stats.Witness: the request is counted elsewhere.
func (r *recorder) Witness(sample func() stats.Sample) {
	s := sample()
	q := s.Request()
	ended(&q)
	r.write(&q, &s)
}

// RecordEvent is user.EventRecorder.
func (r *recorder) RecordEvent(name string, first bool, after time.Duration) {
	if to, ok := r.to.(user.EventRecorder); ok {
		to.RecordEvent(name, first, after)
	}
}

func (r *recorder) write(q *user.Request, sample *stats.Sample) {
	e := entry{request: q, sample: sample, origin: r.origin}
	if s := r.log.sampler; s != nil {
		if e.kept, e.weight = s.keep(q); e.kept == "" {
			return
		}
	}
	e.name = mask.Secrets(q.Name)
	if q.URL != nil {
		e.url = mask.Secrets(q.URL.String())
	}
	if q.Failure != "" {
		e.failure = mask.Secrets(stats.ErrorText(q.Failure))
	}
	if r.shard.add(&e, r.log.csv) {
		select {
		case r.log.wake <- struct{}{}:
		default:
		}
	}
}
