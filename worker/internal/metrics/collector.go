package metrics

import (
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

// A Worker is what is shown beside the requests. Its functions are called by the goroutine of a scrape.
type Worker struct {
	// Users returns the users of each class that run, those included that are about to stop.
	Users func() map[string]int
	// CPU is the share of the cores that this process may use that it did use lately, in percent: what the master shows.
	CPU func() float64
	// Connected says whether the master has acknowledged this worker and is not lost since. Nil: no series.
	Connected func() bool
}

// A collector makes metrics of a worker at each scrape. It holds no numbers of its own.
type collector struct {
	worker Worker
	ledger *ledger // nil: no requests are counted

	users, cpu, connected, requests, failures, incomplete, times *prometheus.Desc
}

func newCollector(w Worker, l *ledger) *collector {
	row := []string{"method", "name"}
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("gregaria_worker_"+name, help, labels, nil)
	}
	return &collector{
		worker: w, ledger: l,
		users:      desc("users", "Users of a class that run on this worker.", "class"),
		cpu:        desc("cpu_usage_ratio", "Share of the cores that this worker may use that it did use in the last 10 s; at 0.9 it has no headroom left."),
		connected:  desc("connected", "1 if the master has acknowledged this worker and answers it, else 0."),
		requests:   desc("requests_total", "Requests finished, failed ones included, by Locust's method and name.", row...),
		failures:   desc("failures_total", "Requests failed.", row...),
		incomplete: desc("incomplete_requests_total", "Requests that a stop cut off; they are in no other metric and not in Locust's statistics."),
		times:      desc("response_time_seconds", "Response times of requests, rounded as Locust rounds them.", row...),
	}
}

var _ prometheus.Collector = (*collector)(nil)

// Describe names the metrics.
func (c *collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.users, c.cpu, c.connected, c.requests, c.failures, c.incomplete, c.times} {
		to <- d
	}
}

// Collect reads the worker.
func (c *collector) Collect(to chan<- prometheus.Metric) {
	if c.worker.Users != nil {
		for class, n := range c.worker.Users() {
			to <- gauge(c.users, float64(n), label(class))
		}
	}
	if c.worker.CPU != nil {
		to <- gauge(c.cpu, c.worker.CPU()/100)
	}
	if c.worker.Connected != nil {
		connected := 0.0
		if c.worker.Connected() {
			connected = 1
		}
		to <- gauge(c.connected, connected)
	}
	if c.ledger != nil {
		c.collectRequests(to, c.ledger.read())
	}
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
