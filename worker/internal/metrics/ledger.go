package metrics

import (
	"maps"
	"sync"

	"gregaria/worker/internal/stats"
)

// MaxNames is how many rows (method and name) have series of their own; the requests of all others count in OtherName. Each
// row is 20 series, and a locustfile that puts ids into its URLs makes rows without end.
const MaxNames = 100

// OtherName is the method and the name of the row in which whatever came after MaxNames counts.
const OtherName = "other"

// Stats are a worker's measurements since its last report: *stats.Recorder.
type Stats interface {
	Take() stats.Report
	Keep() stats.Report
	Drain() stats.Haul
	Peek() stats.Report
	Clear()
	Reset()
}

// A key names a row.
type key struct{ method, name string }

// A ledger stands between the recorder and the session and adds up what passes: the requests of all reports, which the
// session takes, and those since the last, which a scrape peeks at. So the users' requests cost nothing more than without
// it, and Prometheus and the master count the same ones. What Clear and Reset forget is counted too: a counter never goes
// back.
type ledger struct {
	stats Stats
	names *names

	mu    sync.Mutex // held while requests move from the recorder into total, so that a scrape sees them once
	total counts
}

var _ Stats = (*ledger)(nil)

func newLedger(s Stats, n *names) *ledger {
	return &ledger{stats: s, names: n, total: counts{rows: map[key]row{}}}
}

// names are the rows with series of their own, in all workers of the process.
type names struct {
	mu    sync.Mutex // guards known
	known map[key]bool
}

func newNames() *names { return &names{known: map[key]bool{}} }

// Take returns what was recorded since the last Take.
func (l *ledger) Take() stats.Report {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.take()
}

func (l *ledger) take() stats.Report {
	r := l.stats.Take()
	l.add(&l.total, r)
	return r
}

// Keep takes what was recorded, and it stays in what Drain shows.
func (l *ledger) Keep() stats.Report {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.stats.Keep()
	l.add(&l.total, r)
	return r
}

// Drain takes what was recorded for statistics that report it themselves.
func (l *ledger) Drain() stats.Haul {
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.stats.Drain()
	l.add(&l.total, h.Fresh)
	return h
}

// Peek returns what the next Take would.
func (l *ledger) Peek() stats.Report { return l.stats.Peek() }

// Clear forgets what was recorded, for the reports.
func (l *ledger) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.take()
	l.stats.Clear()
}

// Reset forgets the counts but not the names, for the reports.
func (l *ledger) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.take()
	l.stats.Reset()
}

// Log counts a request that a file has put into Locust's statistics by itself: it is in no report that passes here. Its time is in
// milliseconds, as it is and as Locust rounds it; a negative rounded one is none.
func (l *ledger) Log(method, name string, ms, rounded float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.names.admit(key{method, name})
	l.total.rows[k] = l.total.rows[k].logged(ms, rounded)
}

// LogFailure counts the failure of such a request.
func (l *ledger) LogFailure(method, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	k := l.names.admit(key{method, name})
	r := l.total.rows[k]
	r.failures++
	l.total.rows[k] = r
}

// read returns the counts of all requests until now.
func (l *ledger) read() counts {
	l.mu.Lock()
	defer l.mu.Unlock()
	c := counts{rows: maps.Clone(l.total.rows), incomplete: l.total.incomplete}
	l.add(&c, l.stats.Peek())
	return c
}

// add counts a report. The caller holds l.mu.
func (l *ledger) add(c *counts, r stats.Report) {
	c.incomplete += r.Incomplete
	for i := range r.Stats {
		k := l.names.admit(key{r.Stats[i].Method, r.Stats[i].Name})
		c.rows[k] = c.rows[k].plus(&r.Stats[i])
	}
}

// admit returns the row that a request of k counts in.
func (n *names) admit(k key) key {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.known[k] {
		if len(n.known) >= MaxNames {
			return key{OtherName, OtherName}
		}
		n.known[k] = true
	}
	return k
}
