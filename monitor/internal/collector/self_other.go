//go:build !unix

package collector

import (
	"os"
	"time"

	"github.com/shirou/gopsutil/v3/process"
)

// cpuUsed is the CPU time of this process.
func cpuUsed() (time.Duration, error) {
	times, err := (&process.Process{Pid: int32(os.Getpid())}).Times()
	if err != nil {
		return 0, err
	}
	return time.Duration((times.User + times.System) * float64(time.Second)), nil
}
