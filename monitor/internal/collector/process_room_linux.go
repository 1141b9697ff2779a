package collector

import (
	"golang.org/x/sys/unix"

	"gregaria/monitor/internal/kernel"
)

// maxRoom is how many files of processes and threads stay open at most.
const maxRoom = 4096

// A fileRoom is how many more files may stay open, and what they are read into. What finds none is opened, read and closed at each tick.
type fileRoom struct {
	left int
	text kernel.Room
}

// newRoom takes half of what this process may have open at most (Go has raised the soft limit to the hard one).
func newRoom() *fileRoom {
	var limit unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) != nil {
		return &fileRoom{}
	}
	return &fileRoom{left: int(min(limit.Cur/2, maxRoom))}
}

// take asks for a number of files and says whether they may stay open.
func (r *fileRoom) take(files int) bool {
	if r.left < files {
		return false
	}
	r.left -= files
	return true
}

func (r *fileRoom) give(files int) { r.left += files }
