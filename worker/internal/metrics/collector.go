package metrics

import (
	"slices"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
)

// A Worker is what is shown beside the requests. Its functions are called by the goroutine of a scrape.
type Worker struct {
	// Users returns the users of each class that run, those included that are about to stop.
	Users func() map[string]int
	// CPU is how near the worker is to its limit, in percent: what the master shows.
	CPU func() float64
	// Connected says whether the master has acknowledged this worker and is not lost since. Nil: no series.
	Connected func() bool
}

// A collector makes metrics of the workers at each scrape. It holds no numbers of its own.
type collector struct {
	users, cpu, workers, connected, requests, failures, incomplete, times *prometheus.Desc

	mu      sync.Mutex // guards what follows
	all     []Worker
	ledgers []*ledger
	names   *names // of the rows of all ledgers
}

func newCollector() *collector {
	row := []string{"method", "name"}
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("gregaria_worker_"+name, help, labels, nil)
	}
	return &collector{
		names:      newNames(),
		users:      desc("users", "Users of a class that run in this process.", "class"),
		cpu:        desc("cpu_usage_ratio", "How near to its limit the busiest worker of this process was in the last 10 s: the share of the cores that the process may use, or of the time in which Python ran; at 0.9 it has no headroom left."),
		workers:    desc("workers", "Workers that this process runs, as the master counts them (--processes)."),
		connected:  desc("connected", "1 if the master has acknowledged all workers of this process and answers them, else 0."),
		requests:   desc("requests_total", "Requests finished, failed ones included, by Locust's method and name.", row...),
		failures:   desc("failures_total", "Requests failed.", row...),
		incomplete: desc("incomplete_requests_total", "Requests that a stop cut off; they are in no other metric and not in Locust's statistics."),
		times:      desc("response_time_seconds", "Response times of requests, rounded as Locust rounds them.", row...),
	}
}

func (c *collector) watch(w Worker) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, w)
}

func (c *collector) count(s Stats) *ledger {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := newLedger(s, c.names)
	c.ledgers = append(c.ledgers, l)
	return l
}

// snapshot returns what there is to show.
func (c *collector) snapshot() ([]Worker, []*ledger) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all), slices.Clone(c.ledgers)
}

var _ prometheus.Collector = (*collector)(nil)

// Describe names the metrics.
func (c *collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.users, c.cpu, c.workers, c.connected, c.requests, c.failures, c.incomplete, c.times} {
		to <- d
	}
}

// Collect reads the workers.
func (c *collector) Collect(to chan<- prometheus.Metric) {
	workers, ledgers := c.snapshot()
	if len(workers) == 0 {
		return
	}
	to <- gauge(c.workers, float64(len(workers)))
	users := map[string]int{}
	cpu, connected := -1.0, -1.0
	for _, w := range workers {
		if w.Users != nil {
			for class, n := range w.Users() {
				users[class] += n
			}
		}
		if w.CPU != nil {
			cpu = max(cpu, w.CPU())
		}
		if w.Connected != nil {
			connected = both(connected, w.Connected())
		}
	}
	for class, n := range users {
		to <- gauge(c.users, float64(n), label(class))
	}
	if cpu >= 0 {
		to <- gauge(c.cpu, cpu/100)
	}
	if connected >= 0 {
		to <- gauge(c.connected, connected)
	}
	if len(ledgers) > 0 {
		c.collectRequests(to, sum(ledgers))
	}
}

// both is 1 if another worker is connected and none before was not; -1 is none before.
func both(before float64, connected bool) float64 {
	if connected && before != 0 {
		return 1
	}
	return 0
}

// sum are the requests of all workers.
func sum(ledgers []*ledger) counts {
	all := counts{rows: map[key]row{}}
	for _, l := range ledgers {
		c := l.read()
		all.incomplete += c.incomplete
		for k, r := range c.rows {
			all.rows[k] = all.rows[k].and(r)
		}
	}
	return all
}

func (c *collector) collectRequests(to chan<- prometheus.Metric, all counts) {
	to <- counter(c.incomplete, all.incomplete)
	for k, r := range all.rows {
		method, name := label(k.method), label(k.name)
		to <- counter(c.requests, r.requests, method, name)
		to <- counter(c.failures, r.failures, method, name)
		to <- prometheus.MustNewConstHistogram(c.times, r.timed, r.seconds, r.cumulative(), method, name)
	}
}

func gauge(d *prometheus.Desc, v float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func counter(d *prometheus.Desc, n int64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.CounterValue, float64(n), labels...)
}

// label is a label's value: UTF-8, which a request's name need not be.
func label(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
