package series

import (
	"fmt"
	"math"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"gregaria/internal/service"
)

// startTime is the series by which the clients of Prometheus tell when their process began.
const startTime = "process_start_time_seconds"

// A table is what is known of one server's series from page to page. It is used by one goroutine.
type table struct {
	target string
	choice Choice
	note   func(string)

	names  map[string]named   // by name
	texts  map[string]*series // by name and labels as they stand on the page
	series map[identity]*series

	began   float64   // startTime on the last page; 0 where it was on none
	pages   int       // that were read
	at      time.Time // of the last
	written int       // series that are
	said    map[string]bool
	full    [2]string // what of this page was not watched, and what not written; "" for nothing

	now  []sample // of the page that is being read: its room is used again
	rows []service.Row
}

// A named is what becomes of the series of a name.
type named struct {
	kind   service.Kind
	watch  bool // they may be written
	chosen bool // they are, whether or not they move
}

// An identity is what two series cannot share.
type identity struct{ name, labels string }

// A series is one of them.
type series struct {
	identity
	named

	last  float64
	known bool // last is of the last page
	page  int  // on which it was last
	moved bool
	write bool
}

// A sample is what a page has of a series.
type sample struct {
	of    *series
	value float64
}

func newTable(target string, choice Choice, note func(string)) *table {
	return &table{
		target: target, choice: choice, note: note,
		names: map[string]named{}, texts: map[string]*series{}, series: map[identity]*series{}, said: map[string]bool{},
	}
}

// read takes a page that came at a time, and returns the rows that it makes. A page that cannot be parsed leaves the table as it was.
// The rows are good until the next read.
func (t *table) read(page []byte, contentType string, at time.Time) ([]service.Row, error) {
	t.now = t.now[:0]
	began := 0.0
	err := scan(page, contentType, func(l line, family []byte, kind model.MetricType, labels func(*labels.Labels)) {
		if string(nameOf(l.text)) == startTime {
			began = l.value
		}
		if s := t.find(l, family, kind, labels); s != nil {
			t.now = append(t.now, sample{s, l.value})
		}
	})
	if err != nil {
		return nil, err
	}
	same := t.sameProcess(began)
	seconds := at.Sub(t.at).Seconds()
	t.pages, t.at = t.pages+1, at
	t.rows = t.rows[:0]
	for _, sample := range t.now {
		if sample.of.page == t.pages {
			t.say("the page has series twice, such as " + sample.of.name + "; the first is taken")
			continue
		}
		value, ok := t.move(sample.of, sample.value, seconds, same)
		if ok && t.admit(sample.of) {
			t.rows = append(t.rows, service.Row{
				Target: t.target, Series: sample.of.name, Labels: sample.of.labels, Kind: sample.of.kind, Value: value,
			})
		}
	}
	t.makeRoom()
	return t.rows, nil
}

// find returns the series of a line, or nil where it is not to be watched.
func (t *table) find(l line, family []byte, kind model.MetricType, labels func(*labels.Labels)) *series {
	name := nameOf(l.text)
	n, known := t.names[string(name)]
	if known && !n.watch {
		return nil
	}
	if s := t.texts[string(l.text)]; s != nil {
		return s
	}
	if len(t.texts) >= mostKnown || len(t.names) >= mostKnown {
		t.full[0] = fmt.Sprintf("more than %d series; the others are left out", mostKnown)
		return nil
	}
	id := identity{}
	id.name, id.labels = describe(labels)
	if !known || len(name) == 0 {
		n = t.judge(id.name, string(family), kind)
		t.names[id.name] = n
	}
	if !n.watch {
		return nil
	}
	s := t.series[id]
	if s == nil {
		s = &series{identity: id, named: n}
		t.series[id] = s
	}
	t.texts[string(l.text)] = s
	return s
}

// judge says what becomes of the series of a name.
func (t *table) judge(name, family string, kind model.MetricType) named {
	n := named{chosen: t.choice.wants(name)}
	var byDefault bool
	n.kind, byDefault = kindOf(name, family, kind)
	n.watch = n.chosen || t.choice.byDefault() && byDefault
	return n
}

// sameProcess takes when the process that answers began, and returns whether it is the one that answered before. 0 is unknown.
func (t *table) sameProcess(began float64) bool {
	before := t.began
	t.began = began
	if before > began && began > 0 {
		t.say("several processes share the port, each with counts of its own, and the rows are of one of them; where they are workers of one Python server, set PROMETHEUS_MULTIPROC_DIR for it")
	}
	return before == began
}

// move takes a value of a series and returns that of its row: of a counter its growth a second since the page before. It returns
// false where there is none: no page before, another process, a counter that began anew.
func (t *table) move(s *series, value float64, seconds float64, same bool) (float64, bool) {
	last, known := s.last, s.known && s.page == t.pages-1 && (same || s.kind == service.Gauge)
	finite := !math.IsNaN(value) && !math.IsInf(value, 0)
	s.moved = s.moved || known && finite && value != last || s.page == 0 && t.pages > 1
	s.last, s.known, s.page = value, finite, t.pages
	if s.kind == service.Gauge {
		return value, finite
	}
	rate := (value - last) / seconds
	if !known || !finite || !(rate >= 0) || math.IsInf(rate, 0) {
		return 0, false
	}
	return rate, true
}

// admit says whether a series is written, and counts it.
func (t *table) admit(s *series) bool {
	if s.write || !s.chosen && !s.moved {
		return s.write
	}
	if t.written >= t.choice.most() {
		if t.choice.byDefault() {
			t.full[1] = fmt.Sprintf("more than %d series move; the others are left out: choose with --series", MostByDefault)
		} else {
			t.full[1] = fmt.Sprintf("--series chooses more than %d; the others are left out", MostChosen)
		}
		return false
	}
	t.written++
	s.write = true
	return true
}

// makeRoom is for a page of which something was left out. It is said where that is not of old series' doing.
func (t *table) makeRoom() {
	left := t.full
	t.full = [2]string{}
	if left == t.full || t.sweep() > 0 {
		return
	}
	for _, what := range left {
		if what != "" {
			t.say(what)
		}
	}
}

// sweep forgets the series that are not on this page any more, to make room for those that came after them, and returns how many.
func (t *table) sweep() (forgotten int) {
	for text, s := range t.texts {
		if s.page == t.pages {
			continue
		}
		delete(t.texts, text)
		if t.series[s.identity] == s {
			delete(t.series, s.identity)
			forgotten++
			if s.write {
				t.written--
			}
		}
	}
	return forgotten
}

// say tells the user something once.
func (t *table) say(text string) {
	if !t.said[text] {
		t.said[text] = true
		t.note(t.target + ": " + text)
	}
}
