// Package metrics shows a worker to Prometheus: its users, the requests that they have finished, its own CPU and memory.
package metrics

import (
	"github.com/prometheus/client_golang/prometheus"

	"gregaria/internal/scrape"
)

// An Exporter shows one worker. The order of its calls is Listen, Count, Watch, Close; they belong to one goroutine.
type Exporter struct {
	server   *scrape.Server // nil: nothing is served
	registry *prometheus.Registry
	ledger   *ledger
}

// Listen begins to serve at HOST:PORT, or :PORT for loopback only, so that a probe is answered while a worker still waits
// for its master; with an empty address it serves nothing, and the Exporter's methods change nothing. The error says
// that the address is wrong or cannot be had.
func Listen(address string) (*Exporter, error) {
	if address == "" {
		return &Exporter{}, nil
	}
	registry := scrape.Registry("worker")
	server, err := scrape.Listen(address, registry)
	if err != nil {
		return nil, err
	}
	return &Exporter{server: server, registry: registry}, nil
}

// URL is where the metrics are, "" if nowhere.
func (e *Exporter) URL() string {
	if e.server == nil {
		return ""
	}
	return e.server.URL()
}

// Count returns statistics for the session, and for a locustfile, to use in place of s. It is called at most once.
func (e *Exporter) Count(s Stats) Stats {
	if e.server == nil {
		return s
	}
	e.ledger = newLedger(s)
	return e.ledger
}

// Watch shows the worker from now on. It is called at most once, after Count.
func (e *Exporter) Watch(w Worker) {
	if e.server != nil {
		e.registry.MustRegister(newCollector(w, e.ledger))
	}
}

// Close ends the serving. What no scrape has asked for by then, Prometheus does not learn; the master does.
func (e *Exporter) Close() error {
	if e.server == nil {
		return nil
	}
	return e.server.Close()
}
