package jobs

import (
	"time"

	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A watcher is a user's recorder whose requests a table sees.
type watcher struct {
	to      user.Recorder
	sampler stats.Sampler      // nil: to is none
	events  user.EventRecorder // nil: to is none
	table   *Table
	ended   func(user.Request)
}

var (
	_ user.Recorder      = (*watcher)(nil)
	_ user.EventRecorder = (*watcher)(nil)
	_ stats.Sampler      = (*watcher)(nil)
)

// Watch returns a recorder whose requests the table sees before to has them. A job that one of them ends counts in to, after it.
func (t *Table) Watch(to user.Recorder) user.Recorder {
	w := &watcher{to: to, table: t, ended: to.Record}
	w.sampler, _ = to.(stats.Sampler)
	w.events, _ = to.(user.EventRecorder)
	return w
}

// Record is user.Recorder's.
func (w *watcher) Record(q user.Request) {
	w.to.Record(q)
	w.table.see(&q, w.ended)
}

// RecordSample is stats.Sampler's. A request that the locustfile fires itself has no answer: jobs cannot be known by it.
func (w *watcher) RecordSample(q stats.Sample) {
	if w.sampler != nil {
		w.sampler.RecordSample(q)
	} else {
		w.to.Record(q.Request())
	}
	r := user.Request{Type: q.Type, Name: q.Name, Failure: q.Failure}
	w.table.see(&r, w.ended)
}

// RecordEvent is user.EventRecorder's.
func (w *watcher) RecordEvent(name string, first bool, after time.Duration) {
	if w.events != nil {
		w.events.RecordEvent(name, first, after)
	}
}
