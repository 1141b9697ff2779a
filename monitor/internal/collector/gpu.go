//go:build cgo && linux

package collector

import (
	"fmt"

	"gregaria/monitor/internal/nvidia"
)

// openGPU collects every NVIDIA GPU of the machine, in the background: each call into its driver may hang.
func openGPU(s Settings) (Collector, error) {
	g, err := nvidia.Open(nvidia.Config{
		Proc: s.Proc, Sys: s.Sys, PIDs: watched(s), Interval: s.Interval, Needed: s.GPU.Needed, Stop: s.Stop, Note: s.Note, Identify: s.GPU.identify,
	})
	if err != nil && s.GPU.Needed {
		return nil, fmt.Errorf("%w: %w", ErrNeeded, err)
	}
	if err != nil {
		return nil, fmt.Errorf("GPU %w: %w", ErrAbsent, err)
	}
	return inBackground("the NVIDIA driver", g, patience(s.Interval)), nil
}

// watched returns what lists the processes under test, or nil.
func watched(s Settings) func() []int {
	if s.Watch == nil {
		return nil
	}
	return func() []int { return s.Watch.Tree().PIDs }
}
