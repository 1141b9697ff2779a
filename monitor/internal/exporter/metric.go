package exporter

import (
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

// A metric is a column of the metrics CSV as a gauge of Prometheus: in base units, its GPU a label.
type metric struct {
	desc   *prometheus.Desc
	factor float64  // from the column's unit to the gauge's
	labels []string // the values of desc's
}

// A unit is the last word of a column's name and what becomes of it.
type unit struct {
	column, gauge string
	factor        float64
}

func units() []unit {
	return []unit{
		{"Percent", "ratio", 0.01},
		{"GB", "bytes", 1 << 30},
		{"MB", "bytes", 1 << 20},
		{"C", "celsius", 1},
		{"W", "watts", 1},
	}
}

// newMetric derives a gauge from a column, so that a new column needs no line here: CPU_Percent is
// gregaria_machine_cpu_ratio, GPU0_Power_W is gregaria_gpu_power_watts{gpu="0"}, Monitor_RSS_MB is gregaria_monitor_rss_bytes.
func newMetric(column string) metric {
	subject, what := "machine", column
	var names, values []string
	if first, rest, ok := strings.Cut(column, "_"); ok {
		number, isGPU := strings.CutPrefix(first, "GPU")
		switch {
		case isGPU && number != "":
			subject, what, names, values = "gpu", rest, []string{"gpu"}, []string{number}
		case first == "Monitor":
			subject, what = "monitor", rest
		}
	}
	factor := 1.0
	for _, u := range units() {
		if stem, ok := strings.CutSuffix(what, "_"+u.column); ok {
			what, factor = stem+"_"+u.gauge, u.factor
			break
		}
	}
	name := "gregaria_" + subject + "_" + strings.ToLower(what)
	help := strings.TrimPrefix(column, "GPU"+strings.Join(values, "")+"_")
	if subject == "gpu" {
		help = "GPU<n>_" + help
	}
	return metric{prometheus.NewDesc(name, "The column "+help+" of docs/metrics.md.", names, nil), factor, values}
}
