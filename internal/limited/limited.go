//go:build linux

// Package limited is a server with one bottleneck that its user chooses, so that what an analysis calls the bottleneck can be compared with the truth.
package limited

import (
	"fmt"
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
		{"lock", "a lock, held while nothing uses the CPU", always(places(1))},
		{"pool", "a pool of 4 workers that wait", always(places(4))},
		{"connections", "a pool of 10 connections to another server", connections},
		{"disk", "a disk: synchronous writes of a megabyte", disk},
		{"nothing", "nothing: requests wait without holding anything", always(nothing)},
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
