//go:build !cgo || !linux

package collector

import (
	"errors"
	"fmt"
)

// errNoNVML means that this program cannot ask the driver.
var errNoNVML = errors.New("this monitor was built without cgo or not for Linux")

// openGPU finds no GPU: go-nvml needs cgo, and the driver's library is looked for on Linux only.
func openGPU(s Settings) (Collector, error) {
	if s.GPU.Needed {
		return nil, fmt.Errorf("%w: %w", ErrNeeded, errNoNVML)
	}
	return nil, fmt.Errorf("GPU %w: %w", ErrAbsent, errNoNVML)
}
