package exporter

import (
	"regexp"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"

	"gregaria/internal/resource"
)

// A metric is a column of the metrics CSV as a gauge of Prometheus: in base units, its GPU a label.
type metric struct {
	desc   *prometheus.Desc
	factor float64  // from the column's unit to the gauge's
	labels []string // the values of desc's, less the word of a column of text
	text   bool     // the column has words in it
}

// A unit is the end of a column's name and what becomes of it.
type unit struct {
	column, gauge string
	factor        float64
}

func units() []unit {
	return []unit{
		{"Percent", "ratio", 0.01},
		{"GB", "bytes", 1 << 30},
		{"MB", "bytes", 1 << 20},
		{"MB_Per_Second", "bytes_per_second", 1 << 20},
		{"MS", "seconds", 0.001},
		{"MHz", "hertz", 1e6},
		{"C", "celsius", 1},
		{"W", "watts", 1},
		{"J", "joules", 1},
	}
}

// newMetric derives a gauge from a column, so that a new column needs no line here: CPU_Percent is
// gregaria_machine_cpu_ratio, GPU0_Power_W is gregaria_gpu_power_watts{gpu="0"}, Monitor_RSS_MB is gregaria_monitor_rss_bytes.
// A word is a label, called by the end of its column's name: gregaria_run_state{state="running"} is 1.
func newMetric(column string) metric {
	entry, labels, ok := resource.Entry(column)
	if !ok {
		entry = column
	}
	m := metric{factor: 1, text: resource.IsText(column)}
	var names []string
	for _, label := range labels {
		names, m.labels = append(names, label.Name), append(m.labels, label.Value)
	}
	if m.text {
		names = append(names, strings.ToLower(column[strings.LastIndexByte(column, '_')+1:]))
	}
	what := regexp.MustCompile("_?<[a-z]+>").ReplaceAllString(entry, "")
	for _, u := range units() {
		if stem, ok := strings.CutSuffix(what, "_"+u.column); ok {
			what, m.factor = stem+"_"+u.gauge, u.factor
			break
		}
	}
	m.desc = prometheus.NewDesc("gregaria_"+subject(what)+strings.ToLower(what), "The column "+entry+" of docs/metrics.md.", names, nil)
	return m
}

// of returns the series of a cell; nil where there is nothing to show.
func (m metric) of(cell resource.Cell) prometheus.Metric {
	value, known := cell.Value()
	labels := m.labels
	if m.text {
		var word string
		if word, known = cell.Text(); known {
			value, labels = 1, append(slices.Clip(labels), word)
		}
	}
	if !known {
		return nil
	}
	return prometheus.MustNewConstMetric(m.desc, prometheus.GaugeValue, value*m.factor, labels...)
}

// subject is what a gauge's name begins with: the machine, unless the column says of what it is.
func subject(what string) string {
	for _, of := range []string{"GPU", "Monitor", "Process", "Container", "Run"} {
		if strings.HasPrefix(what, of+"_") {
			return ""
		}
	}
	return "machine_"
}
