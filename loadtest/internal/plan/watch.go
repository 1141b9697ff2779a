package plan

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/fault"
)

// What --watch takes beside KIND:VALUE: AutoWatch is the process that listens at --host, where that is on this machine, NoWatch none.
const (
	AutoWatch = "auto"
	NoWatch   = "none"
)

// watchKinds are the kinds of --watch KIND:VALUE, each a flag of the monitor.
func watchKinds() []string { return []string{"pid", "port", "process", "cgroup", "container"} }

// WatchFlags returns the monitor's flags for a --watch KIND:VALUE. It returns false for any other.
func WatchFlags(watch string) (flags []string, ok bool) {
	kind, value, ok := strings.Cut(watch, ":")
	if !ok || value == "" || !slices.Contains(watchKinds(), kind) {
		return nil, false
	}
	return []string{"--" + kind + "=" + value}, true
}

// checkWatch finds what the monitor would refuse when the run has begun.
func (s Settings) checkWatch() error {
	if slices.Contains([]string{"", AutoWatch, NoWatch}, s.Watch) {
		return nil
	}
	if _, ok := WatchFlags(s.Watch); !ok {
		return fault.New(fault.Usage, "--watch %q is not known: give %s, %s, or one of %s:VALUE, for example port:8000",
			s.Watch, AutoWatch, NoWatch, strings.Join(watchKinds(), ":VALUE, "))
	}
	kind, value, _ := strings.Cut(s.Watch, ":")
	n, err := strconv.Atoi(value)
	switch kind {
	case "pid", "port":
		if err != nil || n < 1 || kind == "port" && n > math.MaxUint16 {
			return fault.New(fault.Usage, "--watch %s: %q is no %s", s.Watch, value, kind)
		}
	case "process":
		if pattern, err := regexp.Compile(value); err != nil || pattern.MatchString("") {
			return fault.New(fault.Usage, "--watch %s: give a regular expression that matches a part of the command line, and not every one", s.Watch)
		}
	}
	return nil
}
