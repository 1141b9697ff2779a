package jobs

import (
	"fmt"
	"slices"
	"time"

	"gregaria/worker/user"
)

var _ user.StreamFollower = (*watcher)(nil)

// Follow is user.StreamFollower's: a stream that tells how a job goes is a poll whose answers are its events.
func (w *watcher) Follow(typ, name string, url fmt.Stringer) func(data []byte, at time.Time) {
	t := w.table
	if !slices.ContainsFunc(t.kinds, func(k *kind) bool { return k.Poll.Matches(typ, name) }) {
		return nil
	}
	q := user.Request{Type: typ, Name: name}
	if url != nil {
		q.URL = place(url.String()) // it is valid only now
	}
	return func(data []byte, at time.Time) {
		event := q
		event.Answer, event.End = data, at
		t.hear(&event, w.to)
	}
}

// A place is a URL.
type place string

func (p place) String() string { return string(p) }

// hear looks at an event of a stream.
func (t *Table) hear(q *user.Request, to user.Recorder) {
	for i, k := range t.kinds {
		if !k.Poll.Matches(q.Type, q.Name) {
			continue
		}
		if why, over := k.end(q, true); over {
			if job, known := t.told(i, q, why); known {
				to.Record(job)
			}
		}
	}
}

// told ends the job that an event tells of.
func (t *Table) told(i int, q *user.Request, why string) (job user.Request, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w := t.find(i, addressOf(q), q.Answer)
	if w == nil {
		return job, false
	}
	t.open.remove(w)
	return t.kinds[i].finish(w, q, why), true
}
