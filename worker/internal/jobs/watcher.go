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
}

var (
	_ user.Recorder      = (*watcher)(nil)
	_ user.EventRecorder = (*watcher)(nil)
	_ stats.Sampler      = (*watcher)(nil)
	_ stats.Witness      = (*watcher)(nil)
)

// Watch returns a recorder whose requests the table sees when to has them. A job that one of them ends counts in to, after it.
func (t *Table) Watch(to user.Recorder) user.Recorder {
	w := &watcher{to: to, table: t}
	w.sampler, _ = to.(stats.Sampler)
	w.events, _ = to.(user.EventRecorder)
	return w
}

// Record is user.Recorder's.
func (w *watcher) Record(q user.Request) {
	w.to.Record(q)
	w.table.see(&q, w.to)
}

// RecordSample is stats.Sampler's. It is that of a request that the locustfile's listeners hear of, too, with its response; what the
// locustfile fires itself has none, unless it says one.
func (w *watcher) RecordSample(q stats.Sample) {
	if w.sampler != nil {
		w.sampler.RecordSample(q)
	} else {
		w.to.Record(q.Request())
	}
	r := q.Request()
	w.table.see(&r, w.to)
}

// RecordEvent is user.EventRecorder's.
func (w *watcher) RecordEvent(name string, first bool, after time.Duration) {
	if w.events != nil {
		w.events.RecordEvent(name, first, after)
	}
}

// Witness is stats.Witness's: of a request that is counted elsewhere the table sees nothing.
func (w *watcher) Witness(sample func() stats.Sample) {
	if to, ok := w.to.(stats.Witness); ok {
		to.Witness(sample)
	}
}
