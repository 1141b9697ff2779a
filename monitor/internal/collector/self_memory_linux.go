package collector

import (
	"errors"
	"os"

	"gregaria/monitor/internal/kernel"
)

// ownMemory returns what reads the resident memory of this process: the second number of statm, in pages (proc(5)).
func ownMemory() func() (float64, error) {
	statm := kernel.NewRecord("/proc/self/statm", new(kernel.Room)) // ours, also where Settings.Proc is that of a host
	page := float64(os.Getpagesize())
	return func() (float64, error) {
		data, err := statm.Read()
		if err != nil {
			return 0, err
		}
		pages, _, ok := kernel.NextUint(kernel.SkipWords(data, 1))
		if !ok {
			return 0, errors.New("/proc/self/statm has no second number")
		}
		return float64(pages) * page, nil
	}
}
