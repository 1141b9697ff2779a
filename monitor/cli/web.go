package cli

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gregaria/internal/resource"
	"gregaria/internal/scrape"
	"gregaria/monitor/internal/exporter"
	"gregaria/monitor/internal/nvidia"
)

// A sink takes the rows, one at a time.
type sink func(at time.Time, row []resource.Cell) error

// both hands each row to a and, when a has it, to b.
func both(a, b sink) sink {
	return func(at time.Time, row []resource.Cell) error {
		if err := a(at, row); err != nil {
			return err
		}
		return b(at, row)
	}
}

// A web is what Prometheus reads; the zero web is nothing.
type web struct {
	server   *scrape.Server
	registry *prometheus.Registry
	gpus     *prometheus.GaugeVec
}

// serve begins to listen, unless the address is empty.
func serve(address string) (web, error) {
	if address == "" {
		return web{}, nil
	}
	registry := scrape.Registry("monitor")
	gpus := prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "gregaria_gpu_info", Help: "What each GPU is, and each MIG instance of one: always 1."}, []string{"gpu", "mig", "name", "uuid"})
	registry.MustRegister(gpus)
	server, err := scrape.Listen(address, registry)
	return web{server, registry, gpus}, err
}

// show returns what takes the rows that Prometheus is to see.
func (w web) show(columns []string) sink {
	if w.server == nil {
		return func(time.Time, []resource.Cell) error { return nil }
	}
	rows := exporter.New(columns)
	w.registry.MustRegister(rows)
	return rows.Write
}

// identify shows Prometheus what the GPUs are. Any goroutine may call it.
func (w web) identify(list []nvidia.Identity) {
	if w.server == nil {
		return
	}
	w.gpus.Reset()
	for _, device := range list {
		part := ""
		if device.MIG != nvidia.Whole {
			part = strconv.Itoa(device.MIG)
		}
		w.gpus.WithLabelValues(strconv.Itoa(device.GPU), part, device.Name, device.UUID).Set(1)
	}
}

// url is where the metrics are, or "".
func (w web) url() string {
	if w.server == nil {
		return ""
	}
	return w.server.URL()
}

func (w web) close() {
	if w.server != nil {
		_ = w.server.Close() // the measurement is over, whether or not a scrape was cut off
	}
}
