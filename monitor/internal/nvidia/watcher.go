//go:build cgo && linux

package nvidia

import (
	"fmt"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

// mostEvents bounds how many errors are taken in one go: a device in trouble may report more than anybody reads.
const mostEvents = 64

// A watcher hears of the critical errors that the driver reports. The zero watcher hears nothing.
type watcher struct {
	set  nvml.EventSet // nil where the driver has no events
	err  error         // why nothing is heard
	mute map[nvml.Device]error
}

// watch asks the driver to report the errors of the session's devices.
func (s *session) watch() *watcher {
	w := &watcher{mute: map[nvml.Device]error{}}
	w.err = s.lib.hasAll("nvmlEventSetCreate", "nvmlDeviceRegisterEvents", "nvmlEventSetFree")
	if w.err == nil {
		w.err = s.lib.has("nvmlEventSetWait_v2", "nvmlEventSetWait")
	}
	if w.err != nil {
		return w
	}
	set, ret := s.lib.EventSetCreate()
	if ret != nvml.SUCCESS {
		w.err = s.lib.reason(ret)
		return w
	}
	w.set = set
	for _, f := range s.found {
		if f.handle == nil {
			continue
		}
		if ret := f.handle.RegisterEvents(nvml.EventTypeXidCriticalError, set); ret != nvml.SUCCESS {
			w.mute[f.handle] = s.lib.reason(ret)
		}
	}
	return w
}

// deaf says why no error of a device would be heard; nil where it would.
func (w *watcher) deaf(handle nvml.Device) error {
	if w.err != nil {
		return w.err
	}
	return w.mute[handle]
}

// hear hands on the errors that were reported since the last time, by device and number (Xid). It never waits.
func (w *watcher) hear(to func(nvml.Device, uint64)) {
	if w.set == nil {
		return
	}
	for range mostEvents {
		event, ret := w.set.Wait(0)
		if ret != nvml.SUCCESS { // a timeout: there is nothing more. A device that is lost says so elsewhere too
			return
		}
		if event.EventType == nvml.EventTypeXidCriticalError {
			to(event.Device, event.EventData)
		}
	}
}

func (w *watcher) close() {
	if w.set != nil {
		_ = w.set.Free() // of a driver that may be gone
	}
}

// xid says what an error means, after NVIDIA's list (docs.nvidia.com/deploy/xid-errors).
func xid(number uint64) string {
	meaning := map[uint64]string{
		13: "a kernel accessed memory wrongly, or hit another fault of its own", 31: "a kernel accessed an address that is not its own",
		32: "a corrupted command stream", 43: "a program was stopped after an error of its own", 45: "work was cleaned up after an earlier error, or the program was killed",
		48: "an error of the memory that ECC cannot correct", 61: "the firmware stopped", 62: "the firmware stopped", 63: "faulty memory was taken out of use",
		64: "faulty memory could not be taken out of use", 69: "a fault of the graphics engine", 74: "an error of NVLink", 79: "the GPU has fallen off the bus",
		92: "many corrected errors of the memory", 94: "an error of the memory that hit one program", 95: "an error of the memory that may have hit every program",
		109: "a switch of context took too long", 119: "the GPU's firmware does not answer", 120: "an error in the GPU's firmware",
	}[number]
	if meaning == "" {
		meaning = "see NVIDIA's list of Xid errors"
	}
	return fmt.Sprintf("Xid %d: %s", number, meaning)
}
