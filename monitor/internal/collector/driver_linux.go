//go:build cgo

package collector

import (
	"errors"
	"fmt"

	"github.com/NVIDIA/go-nvml/pkg/dl"
	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

// libraryName is the driver's library, as go-nvml loads it. It comes with the driver and not with this program.
const libraryName = "libnvidia-ml.so.1"

// errOldDriver means that the driver's library does not have a function.
var errOldDriver = errors.New("the NVIDIA driver is too old")

// A driver is NVIDIA's library, of whatever age. Subtle: go-nvml binds a function when it is first called, and one that
// the library lacks does not return an error then; the dynamic linker ends the whole process with code 127. So every
// function is looked up before it is called.
type driver struct {
	lib nvml.Interface // loaded
}

// loadable says whether the library is there and can be started at all: Init loads it and calls into it in one go.
func loadable() error {
	lib := dl.New(libraryName, dl.RTLD_LAZY|dl.RTLD_GLOBAL)
	if err := lib.Open(); err != nil {
		return fmt.Errorf("no NVIDIA driver: %w", err)
	}
	defer lib.Close()
	return anyOf(lib.Lookup, "nvmlInit_v2", "nvmlInit")
}

// has returns an error unless the library has one of the functions, of which go-nvml calls the first that is there.
func (d driver) has(symbols ...string) error {
	return anyOf(d.lib.Extensions().LookupSymbol, symbols...)
}

func anyOf(lookup func(string) error, symbols ...string) error {
	for _, symbol := range symbols {
		if lookup(symbol) == nil {
			return nil
		}
	}
	return fmt.Errorf("%w: it has no %s", errOldDriver, symbols[0])
}

func (d driver) count() (int, error) {
	if err := d.has("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"); err != nil {
		return 0, err
	}
	count, ret := d.lib.DeviceGetCount()
	if ret != nvml.SUCCESS {
		return 0, errors.New(d.reason(ret))
	}
	return count, nil
}

func (d driver) device(i int) (nvml.Device, error) {
	if err := d.has("nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"); err != nil {
		return nil, err
	}
	device, ret := d.lib.DeviceGetHandleByIndex(i)
	if ret != nvml.SUCCESS {
		return nil, errors.New(d.reason(ret))
	}
	return device, nil
}

// reason puts what the driver answered into words; the words are the library's own where it has them.
func (d driver) reason(ret nvml.Return) string {
	if err := d.has("nvmlErrorString"); err != nil {
		return fmt.Sprintf("NVML error %d", int(ret))
	}
	return ret.Error()
}
