package cli

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gregaria/internal/resource"
	"gregaria/internal/scrape"
	"gregaria/monitor/internal/exporter"
	"gregaria/monitor/internal/nvidia"
	"gregaria/monitor/internal/samples"
)

// A sink takes the rows, one at a time.
type sink func(at time.Time, row []resource.Cell) error

// each hands each row to the sinks in turn, until one cannot take it.
func each(sinks ...sink) sink {
	return func(at time.Time, row []resource.Cell) error {
		for _, take := range sinks {
			if err := take(at, row); err != nil {
				return err
			}
		}
		return nil
	}
}

// A web is what others read over HTTP; its server is nil where nobody is to.
type web struct {
	server   *scrape.Server
	registry *prometheus.Registry
	gpus     *prometheus.GaugeVec
	token    string
	rows     atomic.Pointer[http.Handler] // nil until the columns are known
}

// serve begins to listen, unless the address is empty.
func serve(address, token string) (*web, error) {
	w := &web{token: token}
	if address == "" {
		return w, nil
	}
	w.registry = scrape.Registry("monitor")
	w.gpus = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "gregaria_gpu_info", Help: "What each GPU is, and each MIG instance of one: always 1."}, []string{"gpu", "mig", "name", "uuid"})
	w.registry.MustRegister(w.gpus)
	var pages []scrape.Page
	for _, path := range []string{samples.Path, samples.ColumnsPath, samples.ClockPath} {
		pages = append(pages, scrape.Page{Path: path, Handler: http.HandlerFunc(w.answer)})
	}
	var err error
	w.server, err = scrape.Listen(address, w.registry, pages...)
	return w, err
}

// answer lets the rows be read as soon as there can be any.
func (w *web) answer(to http.ResponseWriter, r *http.Request) {
	rows := w.rows.Load()
	if rows == nil {
		to.Header().Set("Retry-After", "1")
		http.Error(to, "the measurement has not begun yet", http.StatusServiceUnavailable)
		return
	}
	(*rows).ServeHTTP(to, r)
}

// show returns what takes the rows that others are to see.
func (w *web) show(columns []string, interval time.Duration, now func() time.Time) (sink, error) {
	if w.server == nil {
		return func(time.Time, []resource.Cell) error { return nil }, nil
	}
	gauges := exporter.New(columns)
	w.registry.MustRegister(gauges)
	if w.refused() {
		refuse := samples.Refuse()
		w.rows.Store(&refuse)
		return gauges.Write, nil
	}
	ring, err := samples.NewRing(columns)
	if err != nil {
		return nil, err
	}
	var rows http.Handler = samples.NewHandler(ring, interval, now)
	if w.token != "" {
		rows = samples.Guard(w.token, rows)
	}
	w.rows.Store(&rows)
	return each(gauges.Write, ring.Write), nil
}

// refused says that the rows are not for everybody, and that there is no token to tell who may have them.
func (w *web) refused() bool { return w.server != nil && w.token == "" && !w.server.Loopback() }

// identify shows Prometheus what the GPUs are. Any goroutine may call it.
func (w *web) identify(list []nvidia.Identity) {
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
func (w *web) url() string {
	if w.server == nil {
		return ""
	}
	return w.server.URL()
}

func (w *web) close() {
	if w.server != nil {
		_ = w.server.Close() // the measurement is over, whether or not a scrape was cut off
	}
}
