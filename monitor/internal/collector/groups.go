package collector

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"gregaria/monitor/internal/nvidia"
	"gregaria/monitor/internal/process"
)

// Settings are what the collectors are opened with.
type Settings struct {
	// Proc and Sys are where the kernel's files are: /proc and /sys, other folders for a recording, and /host/proc for
	// a container that is to see its host.
	Proc, Sys string
	// Groups are the names of the groups to collect.
	Groups []string
	// Interval is the time from tick to tick.
	Interval time.Duration
	// Folder is the folder that is written to, whose free space is watched; "" where nothing is.
	Folder string
	// Watch is the process under test; nil where none is named.
	Watch *process.Watch
	// Port is the TCP port by which the process under test was named, 0 where it was named otherwise: of its accept queues,
	// that of this port is shown.
	Port int
	// Locust is the URL of the web UI of a Locust master, "" for none.
	Locust string
	// Insecure says that certificates of servers are not checked.
	Insecure bool
	// Note takes a line for the user. It may be called by any goroutine.
	Note func(string)
	// Stop is closed when the run is over: what waits or looks out for something ends.
	Stop <-chan struct{}
	// GPU is how the group gpu is opened.
	GPU GPU

	shared shared // what several groups read
}

// A GPU says how to look for GPUs.
type GPU struct {
	// Needed makes it an error that none answers at the start.
	Needed bool
	// Identify is told what the devices are, once that is known, and when it has changed. It may be nil, and be called by any goroutine.
	Identify func([]nvidia.Identity)
}

func (g GPU) identify(list []nvidia.Identity) {
	if g.Identify != nil {
		g.Identify(list)
	}
}

// Default is the name that stands for every group that costs nothing noticeable.
const Default = "default"

// A kind is a group that may be asked for.
type kind struct {
	name      string
	byDefault bool
	open      func(Settings) (Collector, error)
}

// kinds lists the groups in the order of their columns. The last is read last: its numbers include what the others cost.
func kinds() []kind {
	return []kind{
		{"cpu", true, openCPU},
		{"cores", false, openCores},
		{"memory", true, openMemory},
		{"pressure", true, openPressure},
		{"disk", true, openDisk},
		{"files", true, openFileTable},
		{"network", true, openNetwork},
		{"interfaces", false, openInterfaces},
		{"tcp", true, openTCP},
		{"sockets", true, openSockets},
		{"process", true, openProcess},
		{"pss", false, openPSS},
		{"container", true, openContainer},
		{GPUs, true, openGPU},
		{Run, true, openRun},
		{Self, true, openSelf},
	}
}

// errNotNamed means that a group is of the process under test, or of a load test, and that none is named. Its columns are left out
// without a word: nobody asked for them.
var errNotNamed = errors.New("nothing is named")

// OfProcess says whether a group has no columns unless a process under test is named.
func OfProcess(group string) bool { return group == "process" || group == "pss" }

// GPUs is the name of the group for those.
const GPUs = "gpu"

// ErrNeeded means that no GPU answers where the settings need one.
var ErrNeeded = errors.New("no GPU answers")

// Run is the name of the group for the load test.
const Run = "run"

// Self is the name of the group for what the monitor itself costs.
const Self = "self"

// Names lists the groups that exist.
func Names() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// ParseGroups returns the groups that a list names, such as "cpu,memory" or "default,cores".
func ParseGroups(list []string) ([]string, error) {
	var groups []string
	for _, name := range list {
		name = strings.TrimSpace(name)
		if name != Default && !slices.Contains(Names(), name) {
			return nil, fmt.Errorf("%q is no group; there are %s, and %s for those that cost nothing noticeable", name, strings.Join(Names(), ", "), Default)
		}
		for _, k := range kinds() {
			if (k.name == name || name == Default && k.byDefault) && !slices.Contains(groups, k.name) {
				groups = append(groups, k.name)
			}
		}
	}
	if len(groups) == 0 {
		return nil, errors.New("no group is named; give " + Default + ", or some of " + strings.Join(Names(), ", "))
	}
	return groups, nil
}

// Open opens the collectors of the groups that the settings name, in the order of their columns. The errors are about the kinds that
// this machine lacks; each wraps ErrAbsent. What they open stays open until the process ends.
func Open(s Settings) ([]Group, []error) { return open(s, kinds()) }

func open(s Settings, kinds []kind) (list []Group, absent []error) {
	s.shared = newShared(s)
	for _, k := range kinds {
		if !slices.Contains(s.Groups, k.name) {
			continue
		}
		c, err := k.open(s)
		if errors.Is(err, errNotNamed) {
			continue
		}
		if err != nil {
			absent = append(absent, err)
			continue
		}
		list = append(list, Group{k.name, c})
	}
	return list, absent
}
