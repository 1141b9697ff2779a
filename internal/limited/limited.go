//go:build linux

// Package limited is a server with one bottleneck that its user chooses, so that what an analysis calls the bottleneck can be compared with the truth.
package limited

import (
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A Limit is a kind of bottleneck. Handler returns what serves a request, which takes about work of whatever the limit is of; folder is for files.
type Limit struct {
	Name string
	// What says in a few words what is full under load.
	What    string
	Handler func(work time.Duration, folder string) (http.Handler, error)
	// Accept, if not nil, is how connections are accepted, instead of as they come.
	Accept func(listener *net.TCPListener, work time.Duration) (net.Listener, error)
}

// Limits are all of them, in the order of the documentation.
func Limits() []Limit {
	return []Limit{
		{Name: "cpu", What: "all cores, or a quota of them", Handler: always(cpu)},
		{Name: "thread", What: "one thread, as of an event loop", Handler: always(thread)},
		{Name: "memory", What: "memory: each request holds 2 MB while it waits", Handler: always(memory)},
		{Name: "gpu", What: "a GPU: one request at a time, as its driver says", Handler: gpu},
		{Name: "disk", What: "a disk: synchronous writes of 4 MB", Handler: disk},
		{Name: "queue", What: "the listen queue: one connection at a time is accepted, for one request", Handler: closes, Accept: slowly},
		{Name: "lock", What: "a lock, held while nothing uses the CPU", Handler: always(places(1))},
		{Name: "pool", What: "a pool of 4 workers that wait", Handler: always(places(4))},
		{Name: "connections", What: "a pool of 10 connections to another server", Handler: connections},
		{Name: "nothing", What: "nothing: requests wait without holding anything", Handler: always(nothing)},
	}
}

// Named returns a limit.
func Named(name string) (Limit, error) {
	all := Limits()
	if i := slices.IndexFunc(all, func(l Limit) bool { return l.Name == name }); i >= 0 {
		return all[i], nil
	}
	return Limit{}, fmt.Errorf("there is no limit %q: choose among %s", name, Names())
}

// Names are those of all limits, for people.
func Names() string {
	var names []string
	for _, l := range Limits() {
		names = append(names, l.Name)
	}
	return strings.Join(names, ", ")
}

// always is for handlers that need no folder and cannot fail.
func always(handler func(work time.Duration) http.Handler) func(time.Duration, string) (http.Handler, error) {
	return func(work time.Duration, _ string) (http.Handler, error) { return handler(work), nil }
}
