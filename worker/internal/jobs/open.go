package jobs

import "time"

// MaxOpen is how many jobs may be open at a time in a worker. They take some 20 MB then.
const MaxOpen = 100_000

// A key names an open job: what is the id of one kind may be that of another.
type key struct {
	kind int
	id   string
}

// work is a job that has begun.
type work struct {
	key
	name  string // of its first request
	began time.Time
	polls int64

	older, newer *work
}

// open are the jobs that have begun and not ended. Its owner guards it.
type open struct {
	by             map[key]*work
	oldest, newest *work
}

func newOpen() open { return open{by: map[key]*work{}} }

// add takes in a job that has begun. It returns the one of the same id that had begun before, or nil.
func (o *open) add(w *work) (before *work) {
	if before = o.by[w.key]; before != nil {
		o.remove(before)
	}
	o.by[w.key] = w
	w.older = o.newest
	if o.newest != nil {
		o.newest.newer = w
	} else {
		o.oldest = w
	}
	o.newest = w
	return before
}

func (o *open) remove(w *work) {
	delete(o.by, w.key)
	if w.older != nil {
		w.older.newer = w.newer
	} else {
		o.oldest = w.newer
	}
	if w.newer != nil {
		w.newer.older = w.older
	} else {
		o.newest = w.older
	}
	w.older, w.newer = nil, nil
}
