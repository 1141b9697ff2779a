//go:build cgo && linux

package nvidia

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

// A library is NVML, of whatever age. Subtle: go-nvml binds a function when it is first called, and one that the library
// lacks does not return an error then; the dynamic linker ends the whole process with code 127. So every function is looked
// up before it is called, once: what was found stays, because glibc never unloads a library that this program is bound to.
type library struct {
	nvml.Interface
	missing map[string]bool // by function; what was not asked for yet is not in it
}

// loadable says whether the library is there and can be started at all: Init loads it and calls into it in one go.
func loadable() error {
	lib := dl.New(libraryName, dl.RTLD_LAZY|dl.RTLD_GLOBAL)
	if err := lib.Open(); err != nil {
		return fmt.Errorf("no NVIDIA driver: %w", err)
	}
	defer lib.Close()
	if lib.Lookup("nvmlInit_v2") != nil && lib.Lookup("nvmlInit") != nil {
		return tooOld("nvmlInit_v2")
	}
	return nil
}

func tooOld(symbol string) error { return fmt.Errorf("%w: it has no %s", errOldDriver, symbol) }

// start starts NVML, whose state is of the moment of its start. It may be called again after stop, and after it failed.
func (l *library) start() error {
	l.missing = map[string]bool{}
	if ret := l.Init(); ret != nvml.SUCCESS {
		return fmt.Errorf("start the NVIDIA driver: %w", l.reason(ret))
	}
	return nil
}

// stop ends what start began.
func (l *library) stop() {
	if l.has("nvmlShutdown") == nil {
		_ = l.Shutdown() // it is started anew whatever this says
	}
}

// has returns an error unless the library has one of the functions, of which go-nvml calls the newest that is there.
func (l *library) has(symbols ...string) error {
	for _, symbol := range symbols {
		missing, known := l.missing[symbol]
		if !known {
			missing = l.Extensions().LookupSymbol(symbol) != nil
			l.missing[symbol] = missing
		}
		if !missing {
			return nil
		}
	}
	return tooOld(symbols[0])
}

// hasAll returns an error unless the library has each of the functions.
func (l *library) hasAll(symbols ...string) error {
	for _, symbol := range symbols {
		if err := l.has(symbol); err != nil {
			return err
		}
	}
	return nil
}

// reason puts what the driver answered into words; the words are the library's own where it has them.
func (l *library) reason(ret nvml.Return) error {
	if l.has("nvmlErrorString") != nil {
		return fmt.Errorf("NVML error %d", int(ret))
	}
	if ret == nvml.ERROR_LIB_RM_VERSION_MISMATCH {
		return fmt.Errorf("%s (if the driver was renewed since the monitor began, start the monitor anew)", ret.Error())
	}
	return errors.New(ret.Error())
}

// gone says whether an answer is about the device or the driver as a whole: nothing else can be read then either, and a new
// start of NVML is what may help.
func gone(ret nvml.Return) bool {
	switch ret {
	case nvml.ERROR_GPU_IS_LOST, nvml.ERROR_RESET_REQUIRED, nvml.ERROR_UNINITIALIZED, nvml.ERROR_DRIVER_NOT_LOADED,
		nvml.ERROR_LIB_RM_VERSION_MISMATCH, nvml.ERROR_GPU_NOT_FOUND:
		return true
	default:
		return false
	}
}
