package process

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gregaria/monitor/internal/kernel"
)

// A finder finds the processes that a choice names, without their children. It finds none where there is none; the error says
// what kept it from looking. The same cause gives the same text.
type finder interface {
	find() (pids []int, err error)
}

func newFinder(choice Choice, proc string) finder {
	switch {
	case choice.PID != 0:
		return &byNumber{proc: proc, pid: choice.PID}
	case choice.Port != 0:
		return &byPort{proc: proc, port: choice.Port}
	case choice.Pattern != nil:
		return &byPattern{proc: proc, pattern: choice.Pattern}
	case choice.Cgroup != "":
		return &byCgroup{proc: proc, path: "/" + strings.Trim(strings.TrimPrefix(choice.Cgroup, "/sys/fs/cgroup"), "/")}
	default:
		return &byContainer{proc: proc, name: choice.Container}
	}
}

// byNumber finds one process, once.
type byNumber struct {
	proc  string
	pid   int
	start uint64 // of the process that had the number first
}

func (f *byNumber) find() ([]int, error) {
	stat, ok := statOf(f.proc, f.pid)
	if !ok || stat.ended() || f.start != 0 && stat.Start != f.start {
		return nil, nil
	}
	f.start = stat.Start
	return []int{f.pid}, nil
}

// processes lists all there are.
func processes(proc string) []int {
	pids, _ := kernel.Numbers(proc, nil)
	return pids
}

// commandLine returns the arguments of a process; none for a thread of the kernel and for a zombie.
func commandLine(proc string, pid int) []string {
	data, err := os.ReadFile(filepath.Join(proc, strconv.Itoa(pid), "cmdline"))
	if err != nil {
		return nil
	}
	return arguments(data)
}

// ours returns this process, others of the same program, and what started them: the command lines of all these may have a
// pattern in them only because they have the flag.
func ours(proc string) (pids []int) {
	self, err := os.Readlink(filepath.Join(proc, "self"))
	own, numErr := strconv.Atoi(self)
	if err != nil || numErr != nil {
		return nil
	}
	program, err := os.Readlink(filepath.Join(proc, self, "exe"))
	for _, pid := range processes(proc) {
		if pid != own {
			exe, exeErr := os.Readlink(filepath.Join(proc, strconv.Itoa(pid), "exe"))
			if err != nil || exeErr != nil || exe != program {
				continue
			}
		}
		pids = append(append(pids, pid), ancestors(proc, pid)...)
	}
	return slices.Compact(slices.Sorted(slices.Values(pids)))
}
