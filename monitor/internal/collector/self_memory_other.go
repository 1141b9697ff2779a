//go:build !linux

package collector

import (
	"os"

	"github.com/shirou/gopsutil/v3/process"
)

// ownMemory returns what reads the resident memory of this process.
func ownMemory() func() (float64, error) {
	own := &process.Process{Pid: int32(os.Getpid())}
	return func() (float64, error) {
		info, err := own.MemoryInfo()
		if err != nil {
			return 0, err
		}
		return float64(info.RSS), nil
	}
}
