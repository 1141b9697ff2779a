// Package target is a story API to shoot at: it answers like a backend that makes story videos, costs as much as it is
// told to, and counts exactly what it served, so that a test can compare its numbers with Locust's.
package target

import (
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// A Server is a running story API. All its methods may be called from any goroutine.
type Server struct {
	http     *fasthttp.Server
	listener net.Listener
	done     chan struct{} // closed when http.Serve has returned
	err      error         // what http.Serve returned; read it after done

	settings   atomic.Pointer[Settings]
	settingsMu sync.Mutex // held from reading the old settings to storing the new ones

	tally    tally
	stories  atomic.Uint64 // stories made since the start; their ids are 1 to this number
	sessions sessions
	errors   draws // decides which story requests fail
	jitter   draws // spreads the latency; apart from errors, so that it does not change which requests fail
	memory   memory
}

// Start listens and serves in the background. When it returns without an error, the port is open.
// Whoever starts a Server shuts it down.
func Start(config Config) (*Server, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", config.Listen)
	if err != nil {
		return nil, fmt.Errorf("open a port: %w", err)
	}
	s := &Server{
		listener: tracked{listener},
		done:     make(chan struct{}),
		sessions: sessions{prefix: sessionPrefix(time.Now())},
		errors:   draws{seed: config.Seed},
		jitter:   draws{seed: ^config.Seed},
	}
	s.settings.Store(&config.Settings)
	s.http = &fasthttp.Server{Handler: s.handle, NoDefaultServerHeader: true}
	go func() {
		defer close(s.done)
		s.err = s.http.Serve(s.listener)
	}()
	return s, nil
}

// URL is the address to send requests to, without a trailing slash. It has the real port if port 0 was asked for.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// Served returns what was counted since the start or the last Reset.
func (s *Server) Served() Served { return s.tally.snapshot() }

// Reset sets all counters to zero. A request that is running now is counted after the reset, when its handler ends.
func (s *Server) Reset() { s.tally.reset() }

// Settings returns the settings in force.
func (s *Server) Settings() Settings { return *s.settings.Load() }

// Set puts settings in force for the requests that arrive from now on. Invalid ones change nothing.
func (s *Server) Set(settings Settings) error {
	return s.update(func(current *Settings) error {
		*current = settings
		return nil
	})
}

// update changes a copy of the settings and puts it in force if it is valid.
func (s *Server) update(change func(*Settings) error) error {
	s.settingsMu.Lock()
	defer s.settingsMu.Unlock()
	next := s.Settings()
	if err := change(&next); err != nil {
		return err
	}
	if err := next.Validate(); err != nil {
		return err
	}
	s.settings.Store(&next)
	return nil
}

// Done is closed when the server no longer accepts connections: after Shutdown, or because accepting failed.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err says why the server stopped; nil after Shutdown. Call it when Done is closed.
func (s *Server) Err() error {
	<-s.done
	return s.err
}

// Shutdown stops accepting, lets running requests finish until ctx ends, and closes the idle connections.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.http.ShutdownWithContext(ctx)
	// Subtle: a Shutdown that overtakes the goroutine in Start finds no listener to close in s.http.
	_ = s.listener.Close()
	<-s.done
	if err != nil {
		return fmt.Errorf("shut down the target: %w", err)
	}
	return s.err
}
