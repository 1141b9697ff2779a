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

// A descriptorFolder is /proc/PID/fd of a process. It may stay open as a mere place (O_PATH): to find it by its name takes as long as
// all else that it is asked for.
type descriptorFolder struct {
	path string
	at   int // -1 while it is not open
}

func (d *descriptorFolder) close() {
	if d.at >= 0 {
		_ = unix.Close(d.at)
		d.at = -1
	}
}

// size is what fstat(2) says of it. Once it is open it is of the same process: of one that has ended it is an error.
func (d *descriptorFolder) size() (int, error) {
	var stat unix.Stat_t
	if d.at < 0 {
		at, err := unix.Open(d.path, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != nil {
			return 0, err
		}
		d.at = at
	}
	if err := unix.Fstat(d.at, &stat); err != nil {
		d.close()
		return 0, err
	}
	return int(stat.Size), nil
}

// count returns how many files a process has open.
func (o *openFiles) count(d *descriptorFolder) (int, error) {
	if o.bySize {
		return d.size()
	}
	var err error
	o.list, err = kernel.Numbers(d.path, o.list[:0])
	return len(o.list), err
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
