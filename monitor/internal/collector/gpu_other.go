//go:build !cgo || !linux

package collector

import "fmt"

// openGPU finds no GPU: go-nvml needs cgo, and the driver's library is looked for on Linux only.
func openGPU(Settings) (Collector, error) {
	return nil, fmt.Errorf("GPU %w: this monitor was built without cgo or not for Linux", ErrAbsent)
}
