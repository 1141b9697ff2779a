package cli

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"

	"gregaria/monitor/internal/collector"
	"gregaria/monitor/internal/process"
)

// watchFlags say which process is the one under test. At most one is given.
type watchFlags struct {
	PID       *int
	Port      *int
	Process   *string
	Cgroup    *string
	Container *string
}

// define makes the flags.
func (f *watchFlags) define(s settings) {
	s.add("pid", "", "N", maybe(&f.PID, whole), "Watch the process with this number, and its children")
	s.add("port", "", "N", maybe(&f.Port, whole), "Watch who listens on this TCP port, in a container too, and its children")
	s.add("process", "", "REGEX", maybe(&f.Process, word), "Watch the processes whose command line (arguments joined by spaces) this regular expression matches, and their children")
	s.add("cgroup", "", "PATH", maybe(&f.Cgroup, word), "Watch the processes of this cgroup, such as system.slice/api.service")
	s.add("container", "", "NAME", maybe(&f.Container, word), "Watch the processes of this container: its name, its id, or the beginning of that")
}

// given names the flags that were given.
func (f watchFlags) given() (names []string) {
	for _, flag := range []struct {
		name  string
		given bool
	}{
		{"--pid", f.PID != nil},
		{"--port", f.Port != nil},
		{"--process", f.Process != nil},
		{"--cgroup", f.Cgroup != nil},
		{"--container", f.Container != nil},
	} {
		if flag.given {
			names = append(names, flag.name)
		}
	}
	return names
}

// choice is what the flags say. It returns false where none is given.
func (f watchFlags) choice() (c process.Choice, ok bool, err error) {
	given := f.given()
	if len(given) > 1 {
		last := len(given) - 1
		return c, false, fmt.Errorf("%s and %s: only one of them can say which process to watch; leave out the others (or their variables)",
			strings.Join(given[:last], ", "), given[last])
	}
	switch {
	case f.PID != nil && *f.PID < 1:
		err = fmt.Errorf("--pid: %d is no process; give the number of one", *f.PID)
	case f.PID != nil:
		c.PID = *f.PID
	case f.Port != nil && (*f.Port < 1 || *f.Port > math.MaxUint16):
		err = fmt.Errorf("--port: %d is no port; give a number from 1 to %d", *f.Port, math.MaxUint16)
	case f.Port != nil:
		c.Port = *f.Port
	case f.Process != nil:
		c.Pattern, err = pattern(*f.Process)
	case f.Cgroup != nil && strings.Trim(*f.Cgroup, "/ ") == "":
		err = errors.New("--cgroup: the root has every process in it; give a cgroup below it, such as system.slice/api.service")
	case f.Cgroup != nil:
		c.Cgroup = *f.Cgroup
	case f.Container != nil && strings.TrimSpace(*f.Container) == "":
		err = errors.New("--container: the name is empty; give a container's name or id")
	case f.Container != nil:
		c.Container = *f.Container
	}
	return c, len(given) == 1 && err == nil, err
}

// pattern compiles a regular expression that does not match everything.
func pattern(text string) (*regexp.Regexp, error) {
	compiled, err := regexp.Compile(text)
	if err != nil {
		return nil, fmt.Errorf("--process: %w; it is a regular expression of Go's (RE2)", err)
	}
	if compiled.MatchString("") {
		return nil, fmt.Errorf("--process: %q matches every process; give a part of the command line", text)
	}
	return compiled, nil
}

// check sees that the flags are right, and that a group of the process under test has one.
func (f watchFlags) check(groups []string) error {
	_, watched, err := f.choice()
	if err != nil || watched {
		return err
	}
	if i := slices.IndexFunc(groups, collector.OfProcess); i >= 0 {
		return fmt.Errorf("--collect: %s is of a process; say which one with --pid, --port, --process, --cgroup or --container", groups[i])
	}
	return nil
}

// watch returns what follows the process, nil where none is named.
func (f watchFlags) watch(proc string, note func(string)) *process.Watch {
	choice, ok, _ := f.choice() // checked
	if !ok {
		return nil
	}
	w := process.New(choice, proc)
	w.Note = note
	return w
}
