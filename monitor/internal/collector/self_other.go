//go:build !unix

package collector

import (
	"time"

	"github.com/shirou/gopsutil/v3/process"
)

// cpuUsed is the CPU time of this process.
func cpuUsed(p *process.Process) (time.Duration, error) {
	times, err := p.Times()
	if err != nil {
		return 0, err
	}
	return time.Duration((times.User + times.System) * float64(time.Second)), nil
}
