// Package scrape lets a Prometheus read a command's metrics over HTTP, and other clients its pages: the part that the worker and
// the monitor share.
package scrape

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gregaria/internal/build"
)

// The paths of a Server.
const (
	// MetricsPath answers with all metrics.
	MetricsPath = "/metrics"
	// HealthPath answers 200 as long as the process can answer: what a probe of Kubernetes asks for.
	HealthPath = "/healthz"
)

const (
	// readTime bounds the time that a client may take to ask, writeTime what the whole answer may take.
	readTime  = 5 * time.Second
	writeTime = 30 * time.Second
	// closeTime is how long a scrape that is being answered keeps Close waiting.
	closeTime = time.Second
)

// Registry returns a registry with what every command shows: gregaria_build_info, the process (process_*), the Go runtime
// (go_*).
func Registry(command string) *prometheus.Registry {
	r := prometheus.NewRegistry()
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "gregaria_build_info",
		Help: "1; the labels say which command this is, of which version, and which Locust it is tested with.",
		ConstLabels: prometheus.Labels{
			"command": command, "version": build.Version, "locust": build.Locust, "goversion": runtime.Version(),
		},
	})
	info.Set(1)
	r.MustRegister(info, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return r
}

// A Server answers scrapes until it is closed.
type Server struct {
	http *http.Server
	addr net.Addr
	done chan struct{} // closed when nothing is served any more
}

// A Page is what a command shows beside its metrics.
type Page struct {
	Path    string
	Handler http.Handler // for GET and HEAD
}

// Listen serves what g gathers, and pages, at an address of the form that Address takes. The error says that the address is
// wrong, is taken, or is not one of this machine.
func Listen(listen string, g prometheus.Gatherer, pages ...Page) (*Server, error) {
	address, err := Address(listen)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("serve metrics at %s: %w", address, err)
	}
	s := &Server{http: server(g, pages), addr: listener.Addr(), done: make(chan struct{})}
	go func() {
		defer close(s.done)
		_ = s.http.Serve(listener) // it ends with Close, and then says so
	}()
	return s, nil
}

func server(g prometheus.Gatherer, pages []Page) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET "+MetricsPath, promhttp.HandlerFor(g, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	mux.HandleFunc("GET "+HealthPath, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	for _, page := range pages {
		mux.Handle("GET "+page.Path, page.Handler)
	}
	return &http.Server{Handler: mux, ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: writeTime}
}

// URL is where the metrics are: the port that was taken stands in it.
func (s *Server) URL() string { return "http://" + s.addr.String() + MetricsPath }

// Loopback says whether nobody but this machine can ask.
func (s *Server) Loopback() bool {
	addr, ok := s.addr.(*net.TCPAddr)
	return ok && addr.IP.IsLoopback()
}

// Close lets a scrape that is being answered finish, for at most a second, and frees the port.
func (s *Server) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTime)
	defer cancel()
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.http.Close()
	}
	<-s.done
	return err
}
