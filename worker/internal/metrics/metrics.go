// Package metrics shows the workers of this process to Prometheus: their users, the requests that they have finished, CPU
// and memory.
package metrics

import "gregaria/internal/scrape"

// An Exporter shows the workers of one process as one: their sums, since a scrape is of a process. Listen makes it; each
// worker then calls Count and Watch, from any goroutine.
type Exporter struct {
	server *scrape.Server // nil: nothing is served
	shown  *collector
}

// Listen begins to serve at HOST:PORT, or :PORT for loopback only, so that a probe is answered while a worker still waits
// for its master; with an empty address it serves nothing, and the Exporter's methods change nothing. The error says
// that the address is wrong or cannot be had.
func Listen(address string) (*Exporter, error) {
	if address == "" {
		return &Exporter{}, nil
	}
	registry, shown := scrape.Registry("worker"), newCollector()
	registry.MustRegister(shown)
	server, err := scrape.Listen(address, registry)
	if err != nil {
		return nil, err
	}
	return &Exporter{server: server, shown: shown}, nil
}

// URL is where the metrics are, "" if nowhere.
func (e *Exporter) URL() string {
	if e.server == nil {
		return ""
	}
	return e.server.URL()
}

// Count returns statistics for the session, and for a locustfile, to use in place of s.
func (e *Exporter) Count(s Stats) Stats {
	if e.server == nil {
		return s
	}
	return e.shown.count(s)
}

// Watch shows one more worker from now on.
func (e *Exporter) Watch(w Worker) {
	if e.server != nil {
		e.shown.watch(w)
	}
}

// Close ends the serving. What no scrape has asked for by then, Prometheus does not learn; the master does.
func (e *Exporter) Close() error {
	if e.server == nil {
		return nil
	}
	return e.server.Close()
}
