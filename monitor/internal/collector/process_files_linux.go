package collector

import (
	"bytes"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// openFiles counts the open files of processes. Since Linux 6.2 that is the size of /proc/PID/fd (proc_fd_getattr in
// fs/proc/fd.c), which anybody may ask for; before, they have to be listed, which only root and the same user may.
type openFiles struct {
	bySize bool
	list   []int
}

func newOpenFiles(proc string) openFiles {
	var fs unix.Statfs_t
	var own unix.Stat_t
	kernelHas := unix.Stat("/proc/"+strconv.Itoa(os.Getpid())+"/fd", &own) == nil && own.Size > 0
	return openFiles{bySize: kernelHas && unix.Statfs(proc, &fs) == nil && fs.Type == unix.PROC_SUPER_MAGIC}
}

// count returns how many files a process has open, whose folder /proc/PID/fd is at path.
func (o *openFiles) count(path string) (int, error) {
	if !o.bySize {
		var err error
		o.list, err = kernel.Numbers(path, o.list[:0])
		return len(o.list), err
	}
	var stat unix.Stat_t
	if err := unix.Stat(path, &stat); err != nil {
		return 0, err
	}
	return int(stat.Size), nil
}

// parseOpenFilesLimit reads the soft limit of open files in /proc/PID/limits: "Max open files   1024   524288   files". It returns
// false where there is none.
func parseOpenFilesLimit(data []byte) (uint64, bool) {
	for line, rest, ok := kernel.NextLine(data); ok; line, rest, ok = kernel.NextLine(rest) {
		if values, found := bytes.CutPrefix(line, []byte("Max open files ")); found {
			limit, _, ok := kernel.NextUint(values)
			return limit, ok && limit > 0
		}
	}
	return 0, false
}
