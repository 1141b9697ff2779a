// Package exporter shows the monitor's newest row to Prometheus. It reads nothing itself: it is given what the CSV is given.
package exporter

import (
	"slices"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gregaria/internal/resource"
)

// An Exporter is a collector of Prometheus. Write and Collect may be called by two goroutines.
type Exporter struct {
	metrics []metric // one for each column
	at      *prometheus.Desc

	mu     sync.Mutex      // guards what follows
	newest []resource.Cell // nil before the first row
	due    time.Time
}

var _ prometheus.Collector = (*Exporter)(nil)

// New returns an Exporter for rows with the given columns.
func New(columns []string) *Exporter {
	e := &Exporter{at: prometheus.NewDesc("gregaria_monitor_sample_timestamp_seconds", "When the newest row was due: the column Timestamp.", nil, nil)}
	for _, column := range columns {
		e.metrics = append(e.metrics, newMetric(column))
	}
	return e
}

// Write takes a copy of a row. It never fails.
func (e *Exporter) Write(at time.Time, row []resource.Cell) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.due, e.newest = at, slices.Clone(row) // a Collect may have the last one
	return nil
}

// Describe names the gauges.
func (e *Exporter) Describe(to chan<- *prometheus.Desc) {
	to <- e.at
	for _, m := range e.metrics {
		to <- m.desc
	}
}

// Collect shows the newest row. An empty cell has no series: what was not measured is never 0.
func (e *Exporter) Collect(to chan<- prometheus.Metric) {
	e.mu.Lock()
	due, row := e.due, e.newest
	e.mu.Unlock()
	if row == nil {
		return
	}
	to <- prometheus.MustNewConstMetric(e.at, prometheus.GaugeValue, float64(due.UnixMilli())/1000)
	for i, cell := range row {
		if metric := e.metrics[i].of(cell); metric != nil {
			to <- metric
		}
	}
}
