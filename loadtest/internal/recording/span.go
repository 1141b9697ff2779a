package recording

import (
	"bytes"
	"path/filepath"
	"slices"

	"gregaria/internal/timing"
)

const (
	// before and after are how many seconds around the load are kept: a monitor may have run for days. What stays after the load is seen in minutes.
	before, after = 60, 600
	// longest is the longest load that is read, in seconds: a week. A time that is damaged would otherwise take all memory.
	longest = 7 * 24 * 3600
)

// A span is the time of a run: the load from began to ended, and what is known around it.
type span struct{ first, began, ended, last int64 }

// findSpan finds when the load was. Best knows loadtest. Else the users of the history say it, and the state of the master in the metrics, since the users of a test that was
// stopped take some time to go; and where there is neither, the timings.
func (r *reading) findSpan() error {
	test := r.history.last()
	s := &r.span
	s.began, s.ended = test.began, test.ended
	if test.tests > 1 && r.facts.Began == 0 {
		r.notef("%s has %d tests, one after the other: this is the last", filepath.Base(r.history.file), test.tests)
	}
	rowsFirst, rowsLast, rows := r.seconds()
	if s.began == 0 && rows {
		s.began, s.ended = rowsFirst, rowsLast
	}
	if points := r.history.total; s.began == 0 && len(points) > 0 && r.facts.Began == 0 {
		s.began, s.ended = points[0].second, points[len(points)-1].second
		r.notef("%s has no second with users, as of a short test whose rows Locust had not written yet (it does so every 10 s): totals are known, seconds are not", filepath.Base(r.history.file))
	}
	if s.began > 0 && r.facts.Began == 0 {
		s.ended = r.stopped(s.began, s.ended)
	}
	if r.facts.Began > 0 {
		s.began = int64(r.facts.Began)
		if s.ended = max(s.ended, rowsLast, s.began); r.facts.Ended > 0 {
			s.ended = int64(r.facts.Ended)
		} else {
			r.notef("loadtest itself did not come to the end of this run: what was measured until then is here")
		}
	}
	if s.began == 0 {
		return r.nothing()
	}
	if s.ended-s.began > longest {
		r.notef("the load was longer than a week: only the first week of it is here")
		s.ended = s.began + longest
	}
	r.widen(rowsLast)
	return nil
}

// widen takes in what is known around the load.
func (r *reading) widen(rowsLast int64) {
	s := &r.span
	s.first, s.last = s.began, s.ended
	take := func(second int64) {
		if second >= s.began-before && second <= s.ended+after {
			s.first, s.last = min(s.first, second), max(s.last, second)
		}
	}
	take(rowsLast)
	for _, p := range r.history.total {
		take(p.second)
	}
	for _, m := range r.metrics {
		for _, second := range m.seconds {
			take(second)
		}
	}
}

// tail is how much of the end of the timings is looked at for the last second: many rows.
const tail = 1 << 20

// seconds are the first and the last of the timings, whose rows are in order.
func (r *reading) seconds() (first, last int64, ok bool) {
	if r.timings == nil {
		return 0, 0, false
	}
	readers, err := timing.Readers(r.timings, 1)
	if err != nil {
		r.notef("%s is left out: %v", filepath.Base(r.files.Timings), err)
		r.timings = nil
		return 0, 0, false
	}
	rows := readers[0]
	if rows.Next() {
		first, last = rows.Second(), rows.Second()
	}
	if len(r.timings) > tail {
		header := bytes.IndexByte(r.timings, '\n') + 1
		part := r.timings[len(r.timings)-tail:]
		part = part[bytes.IndexByte(part, '\n')+1:]
		if readers, err = timing.Readers(slices.Concat(r.timings[:header], part), 1); err != nil {
			return 0, 0, false
		}
		rows = readers[0]
		if rows.Next() {
			last = rows.Second()
		}
	}
	for rows.Next() {
		if second := rows.Second(); second < last+leap { // or it is damaged
			last = max(last, second)
		}
	}
	return first, last, isTime(float64(first)) && isTime(float64(last)) && first <= last
}

// stopped is the last second of a test in which the master said that it runs, where a monitor has asked it; else ended.
func (r *reading) stopped(began, ended int64) int64 {
	at := int64(0)
	for _, m := range r.metrics {
		for i, second := range m.seconds {
			if state := m.states[i]; second >= began && second <= ended && (state == "spawning" || state == "running") {
				at = max(at, second)
			}
		}
	}
	if at > began {
		return at
	}
	return ended
}
