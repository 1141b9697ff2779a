package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gregaria/internal/resource"
)

// A count is what a counter of the kernel has counted, in the unit of a column, times seconds where that is a rate.
type count struct {
	column string
	value  float64
	unit   float64 // its smallest step
	whole  float64 // what the value is a part of, where the column is a percentage of that and not of the time; else 0
}

// grown is what a counter grew by; a part of a whole is as many percent of the time.
func (c count) grown(before count, seconds float64) (grown, unit float64) {
	if c.whole == 0 {
		return c.value - before.value, c.unit
	}
	percent := 100 * seconds / (c.whole - before.whole)
	return (c.value - before.value) * percent, percent
}

// counts are all counters at a moment.
type counts struct {
	at   time.Time // the tick
	list []count
}

func (c *counts) of(column string) count {
	for _, one := range c.list {
		if one.column == column {
			return one
		}
	}
	return count{}
}

func (c *counts) add(column string, value, unit float64) {
	c.list = append(c.list, count{column: column, value: value * unit, unit: unit})
}

func (c *counts) addPart(column string, value, whole float64) {
	c.list = append(c.list, count{column: column, value: value, whole: whole})
}

// afterTick is when the counters are read: as the monitor reads its row.
const afterTick = 4 * time.Millisecond

// countAtTick reads the counters at the next whole second. pids are the processes under test.
func countAtTick(pids []string) (counts, error) {
	at := time.Now().Truncate(time.Second).Add(time.Second)
	time.Sleep(time.Until(at.Add(afterTick)))
	c := counts{at: at}
	for _, read := range []func() error{
		func() error { return c.processes(pids) }, c.cpu, c.pressure, c.disks, c.memory, c.network, c.tcp,
	} {
		if err := read(); err != nil {
			return c, err
		}
	}
	return c, nil
}

const ticks = 0.01 // USER_HZ, in seconds

// lines are the lines of a file, cut into words.
func lines(path string) ([][]string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var all [][]string
	for line := range bytes.Lines(data) {
		if words := strings.Fields(string(line)); len(words) > 0 {
			all = append(all, words)
		}
	}
	return all, nil
}

// sumOf adds up words of a line.
func sumOf(words []string, places ...int) (sum float64) {
	for _, i := range places {
		value, _ := strconv.ParseFloat(words[i], 64)
		sum += value
	}
	return sum
}

func (c *counts) cpu() error {
	all, err := lines("/proc/stat")
	for _, w := range all {
		switch {
		case w[0] == "cpu":
			whole := sumOf(w, 1, 2, 3, 4, 5, 6, 7, 8)
			c.addPart(resource.CPUPercent, sumOf(w, 1, 2, 3, 6, 7, 8), whole)
			c.addPart(resource.CPUUserPercent, sumOf(w, 1, 2), whole)
			c.addPart(resource.CPUSystemPercent, sumOf(w, 3, 6, 7), whole)
			c.addPart(resource.CPUIOWaitPercent, sumOf(w, 5), whole)
			c.addPart(resource.CPUStealPercent, sumOf(w, 8), whole)
		case strings.HasPrefix(w[0], "cpu"):
			n, _ := strconv.Atoi(w[0][3:])
			c.addPart(resource.CoreCPUPercent(n), sumOf(w, 1, 2, 3, 6, 7, 8), sumOf(w, 1, 2, 3, 4, 5, 6, 7, 8))
		case w[0] == "ctxt":
			c.add(resource.CPUContextSwitchesPerSecond, sumOf(w, 1), 1)
		case w[0] == "processes":
			c.add(resource.CPUForksPerSecond, sumOf(w, 1), 1)
		}
	}
	return err
}

func (c *counts) pressure() error {
	for _, kind := range []struct{ file, some, full string }{
		{"cpu", resource.PressureCPUSomePercent, ""},
		{"memory", resource.PressureMemorySomePercent, resource.PressureMemoryFullPercent},
		{"io", resource.PressureIOSomePercent, resource.PressureIOFullPercent},
	} {
		all, err := lines("/proc/pressure/" + kind.file)
		if err != nil {
			return nil //nolint:nilerr // a kernel without it
		}
		for _, w := range all {
			total := strings.TrimPrefix(w[len(w)-1], "total=")
			if column := map[string]string{"some": kind.some, "full": kind.full}[w[0]]; column != "" {
				c.add(column, sumOf([]string{total}, 0), 100e-6)
			}
		}
	}
	return nil
}

func (c *counts) disks() error {
	all, err := lines("/proc/diskstats")
	for _, w := range all {
		name := w[2]
		if _, err := os.Stat("/sys/block/" + name + "/device"); err != nil {
			continue
		}
		c.add(resource.DiskReadMBPerSecond(name), sumOf(w, 5), 512./(1<<20))
		c.add(resource.DiskWrittenMBPerSecond(name), sumOf(w, 9), 512./(1<<20))
		c.add(resource.DiskReadsPerSecond(name), sumOf(w, 3), 1)
		c.add(resource.DiskWritesPerSecond(name), sumOf(w, 7), 1)
		c.add(resource.DiskBusyPercent(name), sumOf(w, 12), 0.1)
	}
	return err
}

func (c *counts) memory() error {
	all, err := lines("/proc/vmstat")
	for _, w := range all {
		switch w[0] {
		case "pgpgout":
			c.add(resource.MemoryCacheWrittenMBPerSecond, sumOf(w, 1), 1./1024)
		case "pgmajfault":
			c.add(resource.MemoryMajorFaultsPerSecond, sumOf(w, 1), 1)
		}
	}
	return err
}

func (c *counts) network() error {
	all, err := lines("/proc/net/dev")
	for _, w := range all {
		if w[0] == "lo:" {
			c.add(resource.NetworkLoopback, sumOf(w, 1), 1./(1<<20))
			c.add(resource.NetworkLoopbackPackets, sumOf(w, 2), 1)
		}
	}
	return err
}

func (c *counts) tcp() error {
	for _, file := range []struct {
		path, line string
		columns    map[string]string
	}{
		{"/proc/net/snmp", "Tcp:", map[string]string{
			"ActiveOpens": resource.TCPOpened, "PassiveOpens": resource.TCPAccepted, "AttemptFails": resource.TCPFailedAttempts,
			"RetransSegs": resource.TCPRetransmits, "OutRsts": resource.TCPResetsSent, "EstabResets": resource.TCPConnectionsReset,
		}},
		{"/proc/net/netstat", "TcpExt:", map[string]string{
			"TCPSynRetrans": resource.TCPSYNRetransmits, "TCPTimeouts": resource.TCPTimeouts, "ListenOverflows": resource.TCPListenOverflows,
			"ListenDrops": resource.TCPListenDrops,
		}},
	} {
		all, err := lines(file.path)
		if err != nil {
			return err
		}
		for i := 0; i+1 < len(all); i += 2 { // a line of names, one of values
			for k, name := range all[i] {
				if column := file.columns[name]; all[i][0] == file.line && column != "" {
					c.add(column, sumOf(all[i+1], k), 1)
				}
			}
		}
	}
	return nil
}

// processes adds up the processes under test, with the children that they have waited for.
func (c *counts) processes(pids []string) error {
	var user, system, faults, read, written, voluntary, involuntary float64
	for _, pid := range pids {
		data, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			return err
		}
		_, rest, _ := strings.Cut(string(data), ") ")
		w := strings.Fields(rest) // from the third field on
		user, system, faults = user+sumOf(w, 11, 13), system+sumOf(w, 12, 14), faults+sumOf(w, 9, 10)
		io, err := lines("/proc/" + pid + "/io")
		if err != nil {
			return err
		}
		read, written = read+sumOf(io[4], 1), written+sumOf(io[5], 1)
		threads, err := filepath.Glob("/proc/" + pid + "/task/*/status")
		if err != nil {
			return err
		}
		for _, path := range threads {
			status, err := lines(path)
			if err != nil {
				continue // it has ended
			}
			voluntary += sumOf(status[len(status)-2], 1)
			involuntary += sumOf(status[len(status)-1], 1)
		}
	}
	if len(pids) == 0 {
		return fmt.Errorf("no process is named")
	}
	c.add(resource.ProcessCPUCores, user+system, ticks)
	c.add(resource.ProcessCPUUserCores, user, ticks)
	c.add(resource.ProcessCPUSystemCores, system, ticks)
	c.add(resource.ProcessMajorFaults, faults, 1)
	c.add(resource.ProcessReadMB, read, 1./(1<<20))
	c.add(resource.ProcessWriteMB, written, 1./(1<<20))
	c.add(resource.ProcessVoluntarySwitches, voluntary, 1)
	c.add(resource.ProcessInvoluntarySwitches, involuntary, 1)
	return nil
}
