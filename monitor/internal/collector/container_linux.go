package collector

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/cgroup"
	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
)

// A treeOf is the process under test: a *process.Watch.
type treeOf interface{ Tree() *process.Tree }

// container collects what the cgroup of the process under test may use and uses; that of the monitor where no process is named.
type container struct {
	choice

	proc, sys string
	watch     treeOf // nil where no process is named
	who       string // whose container it is, in messages

	pid        int          // of the first root of the tree
	membership *kernel.File // its cgroups; nil while it is not there
	where      []byte       // what that showed when the group was opened
	group      *cgroup.Group
	err        error // why there is no group, where the process is there

	rates  containerRates
	limits announcement
}

func openContainer(s Settings) (Collector, error) {
	if s.Watch == nil {
		return newContainer(s, nil)
	}
	return newContainer(s, s.Watch)
}

// newContainer has no columns for a monitor without a container. A process that is named may come later, and then be in one.
func newContainer(s Settings, watch treeOf) (Collector, error) {
	c := &container{proc: s.Proc, sys: s.Sys, watch: watch, who: "the monitor", pid: -1}
	c.limits = announcement{note: s.Note, whose: "this container"}
	if watch != nil {
		c.who, c.limits.whose = "the process under test", "the container of the process under test"
	} else if err := c.follow(); err != nil || c.group == nil {
		return nil, fmt.Errorf("container %w: %w", ErrAbsent, err)
	}
	without := c.lacks(s)
	if c.group != nil {
		_, usage, err := c.group.Read()
		if err != nil {
			return nil, fmt.Errorf("container %w: %w", ErrAbsent, err)
		}
		without = append(without, unknown(usage)...)
	}
	c.choice = choose(containerColumns(), without...)
	return c, nil
}

// lacks names the columns that no cgroup of this machine can have.
func (c *container) lacks(s Settings) []string {
	var without []string
	pressure, memoryEvents := cgroup.Has(s.Proc)
	file := kernel.NewFile(filepath.Join(s.Proc, "pressure/cpu"))
	defer file.Close()
	if _, err := file.Read(); err != nil || !pressure {
		without = append(without, containerColumns()[pressurePlace:]...)
	}
	if !memoryEvents {
		without = append(without, resource.ContainerMemoryHighHits)
	}
	return without
}

func (c *container) Collect(row []resource.Cell) error { return c.fill(row, c.read) }

// read tries twice: a container that was started again has a new group, perhaps by the old name.
func (c *container) read(row []resource.Cell) error {
	for range 2 {
		if err := c.follow(); err != nil || c.group == nil {
			return err
		}
		limits, usage, err := c.group.Read()
		if err == nil {
			c.limits.say(limits)
			c.rates.fill(limits, usage, row)
			return nil
		}
		c.leave()
		if !errors.Is(err, unix.ENODEV) { // else the group was removed: it had no process any more
			return err
		}
	}
	return nil
}

// follow opens the group that the process is in now. Another process in the same group, as after a restart in a container, changes
// nothing, and neither does it that the process has ended: what killed it may stand in the counters of the group, which stays for as long
// as it is there. Without a group that is no error: the group "process" tells of the process.
func (c *container) follow() error {
	where, err := c.look()
	if err != nil && c.watch == nil {
		return err
	}
	if where == nil || bytes.Equal(where, c.where) || isEnding(c.proc, c.pid) {
		return c.err
	}
	c.leave()
	c.where = bytes.Clone(where)
	if c.group, c.err = cgroup.Open(c.proc, c.sys, c.pid); c.err != nil {
		c.err = fmt.Errorf("%s is %w", c.who, c.err)
	}
	return c.err
}

// look reads which group the process is in; nothing where it has ended.
func (c *container) look() ([]byte, error) {
	pid, ok := c.process()
	if !ok {
		c.err = nil
		return nil, nil
	}
	if pid != c.pid || c.membership == nil {
		c.lose()
		c.pid, c.membership = pid, kernel.NewRecord(filepath.Join(c.proc, folder(pid), "cgroup"), new(kernel.Room))
	}
	return c.membership.Read()
}

// isEnding says whether a process is at its end, or has ended and nobody has waited for it: in version 1 it is at the root of every hierarchy
// then.
func isEnding(proc string, pid int) bool {
	data, err := os.ReadFile(filepath.Join(proc, folder(pid), "stat"))
	stat, ok := process.ParseStat(data)
	return err == nil && ok && stat.Ending()
}

// process is whose group it is: the first of the chosen processes.
func (c *container) process() (pid int, ok bool) {
	if c.watch == nil {
		return cgroup.Self, true
	}
	roots := c.watch.Tree().Roots
	if len(roots) == 0 {
		return 0, false
	}
	return roots[0], true
}

func folder(pid int) string {
	if pid == cgroup.Self {
		return "self"
	}
	return strconv.Itoa(pid)
}

// leave closes the group; the next tick looks for one anew.
func (c *container) leave() {
	if c.group != nil {
		c.group.Close()
	}
	c.group, c.err, c.where = nil, nil, nil
	c.rates.forget()
}

// lose closes what tells of the process.
func (c *container) lose() {
	if c.membership != nil {
		c.membership.Close()
	}
	c.membership = nil
}
