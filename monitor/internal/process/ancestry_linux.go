package process

import (
	"path/filepath"
	"slices"
	"strconv"

	"gregaria/monitor/internal/kernel"
)

// statOf reads the Stat of any process.
func statOf(proc string, pid int) (Stat, bool) { return statIn(new(kernel.Room), proc, pid) }

// statIn is statOf in a room that is there already.
func statIn(room *kernel.Room, proc string, pid int) (Stat, bool) {
	file := kernel.NewRecord(filepath.Join(proc, strconv.Itoa(pid), "stat"), room)
	defer file.Close()
	data, err := file.Read()
	if err != nil {
		return Stat{}, false
	}
	return ParseStat(data)
}

// ancestors returns the parent of a process, its parent, and so on up to the first process.
func ancestors(proc string, pid int) (list []int) {
	for len(list) < 1000 { // numbers that are given away anew while we climb could make a circle
		stat, ok := statOf(proc, pid)
		if !ok || stat.Parent == 0 {
			return list
		}
		pid = stat.Parent
		list = append(list, pid)
	}
	return list
}

// topmost returns those of the processes that are below none of the others, in ascending order.
func topmost(proc string, pids []int) (tops []int) {
	for _, pid := range pids {
		if !slices.ContainsFunc(ancestors(proc, pid), func(above int) bool { return slices.Contains(pids, above) }) {
			tops = append(tops, pid)
		}
	}
	slices.Sort(tops)
	return slices.Compact(tops)
}
