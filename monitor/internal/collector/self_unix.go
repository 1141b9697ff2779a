//go:build unix

package collector

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuUsed is the CPU time of this process. getrusage counts microseconds; /proc/self/stat counts 10 ms, and the monitor
// needs less than that in a tick.
func cpuUsed() (time.Duration, error) {
	var usage unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &usage); err != nil {
		return 0, err
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()), nil
}
