package run

import (
	"context"
	"os"
	"sync"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/remote"
)

// hosts are the monitors beside the servers.
type hosts struct {
	monitors []*remote.Monitor
	stop     context.CancelFunc
	running  sync.WaitGroup
}

// reachMonitors sees before anything is started that the monitors of --monitor answer, and what their clocks show.
func (r *Run) reachMonitors(ctx context.Context) error {
	for i, name := range remote.Names(r.plan.Monitors) {
		m, err := remote.Dial(ctx, r.plan.Monitors[i], name, os.Getenv(remote.Token))
		if err != nil {
			return fault.New(fault.NotReady, "%w", err)
		}
		r.hosts.monitors = append(r.hosts.monitors, m)
		if clock := m.Clock(); clock != "" {
			r.note(clock)
		}
	}
	return nil
}

// recordMonitors writes what they measure, each to a file of its own.
func (r *Run) recordMonitors(context.Context) error {
	ctx, stop := context.WithCancel(context.Background()) // until stopMonitors, whatever ends the run
	r.hosts.stop = stop
	for _, m := range r.hosts.monitors {
		path := r.files.MetricsOf(m.Name())
		r.files.Hosts = append(r.files.Hosts, path)
		r.hosts.running.Go(func() {
			if err := m.Record(ctx, path, r.note); err != nil {
				r.fail(fault.New(fault.Output, "%w; make room or choose another --output-dir", err))
			}
		})
	}
	return nil
}

// stopMonitors takes the last rows.
func (r *Run) stopMonitors(context.Context) error {
	r.hosts.stop()
	r.hosts.running.Wait()
	return nil
}
