// Package process finds the process under test and follows it with its children: which numbers belong to it now.
package process

import (
	"fmt"
	"regexp"
)

// A Choice says what to watch, as the monitor's flags do: exactly one of the fields is set.
type Choice struct {
	// PID is the number of the process. Another process that gets the number later is not watched.
	PID int
	// Port is a TCP port that the process listens on.
	Port int
	// Pattern matches the command line of the process: its arguments, joined by spaces.
	Pattern *regexp.Regexp
	// Cgroup is a cgroup whose processes are watched: its path below the cgroup's root, as /proc/PID/cgroup has it.
	Cgroup string
	// Container is the name or the id of a container whose processes are watched; the beginning of an id will do.
	Container string
}

// String says what is watched, as a sentence goes on after "waiting for".
func (c Choice) String() string {
	switch {
	case c.PID != 0:
		return fmt.Sprintf("a process with pid %d", c.PID)
	case c.Port != 0:
		return fmt.Sprintf("a process that listens on port %d", c.Port)
	case c.Pattern != nil:
		return fmt.Sprintf("a process whose command line matches %q", c.Pattern)
	case c.Cgroup != "":
		return "a process in the cgroup " + c.Cgroup
	default:
		return "a process in the container " + c.Container
	}
}
