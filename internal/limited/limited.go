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
}

// Limits are all of them, in the order of the documentation.
func Limits() []Limit {
	return []Limit{
		{"cpu", "all cores", always(cpu)},
		{"thread", "one thread, as of an event loop", always(thread)},
		{"lock", "a lock, held while nothing uses the CPU", always(lock)},
		{"pool", "a pool of 4 workers that wait", always(func(work time.Duration) http.Handler { return places(4, work) })},
		{"connections", "a pool of 10 connections to another server", connections},
		{"disk", "a disk: synchronous writes of a megabyte", disk},
		{"memory", "memory: a file is read through a page cache that has no room", memory},
		{"nothing", "nothing: requests wait without holding anything", always(nothing)},
	}
}

// Named returns a limit.
func Named(name string) (Limit, error) {
	all := Limits()
	if i := slices.IndexFunc(all, func(l Limit) bool { return l.Name == name }); i >= 0 {
		return all[i], nil
	}
	var names []string
	for _, l := range all {
		names = append(names, l.Name)
	}
	return Limit{}, fmt.Errorf("there is no limit %q: choose among %s", name, strings.Join(names, ", "))
}

// always is for handlers that need no folder and cannot fail.
func always(handler func(work time.Duration) http.Handler) func(time.Duration, string) (http.Handler, error) {
	return func(work time.Duration, _ string) (http.Handler, error) { return handler(work), nil }
}

// Listen opens a port whose queue of connections not yet accepted has backlog places, and whose connections are accepted at most every so often: 0 for as they come.
func Listen(address string, backlog int, every time.Duration) (net.Listener, error) {
	listener, err := listen(address, backlog)
	if err != nil || every == 0 {
		return listener, err
	}
	return slow{listener, time.NewTicker(every)}, nil
}

// slow accepts a connection at each tick.
type slow struct {
	net.Listener
	tick *time.Ticker
}

func (s slow) Accept() (net.Conn, error) {
	<-s.tick.C
	return s.Listener.Accept()
}
