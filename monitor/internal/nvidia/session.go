//go:build cgo && linux

package nvidia

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

// A session is the driver from its start until it is stopped, with the devices that it had at the start.
type session struct {
	lib    *library
	found  []found
	errors *watcher
}

// A found device is one that the driver counts. Its texts are empty where the driver does not tell.
type found struct {
	handle nvml.Device // nil where the driver gave none: see err
	err    error
	Identity
	at   address
	onIt bool // at is known
}

// errNoDevice means that the driver is there and has nothing to drive.
var errNoDevice = errors.New("the NVIDIA driver has no device")

// connect starts the driver and finds its devices.
func connect(lib *library) (*session, error) {
	if err := lib.start(); err != nil {
		return nil, err
	}
	s := &session{lib: lib}
	count, err := s.count()
	if err == nil && count == 0 {
		err = errNoDevice
	}
	if err != nil {
		lib.stop()
		return nil, err
	}
	driver, cuda := s.versions()
	for i := range count {
		f := s.find(i)
		f.GPU, f.MIG, f.Driver, f.CUDA = i, Whole, driver, cuda
		s.found = append(s.found, f)
	}
	s.errors = s.watch()
	return s, nil
}

// close ends the session.
func (s *session) close() {
	s.errors.close()
	s.lib.stop()
}

func (s *session) count() (int, error) {
	if err := s.lib.has("nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"); err != nil {
		return 0, fmt.Errorf("count the devices: %w", err)
	}
	count, ret := s.lib.DeviceGetCount()
	if ret != nvml.SUCCESS {
		return 0, fmt.Errorf("count the devices: %w", s.lib.reason(ret))
	}
	return count, nil
}

// versions are those of the driver and of CUDA.
func (s *session) versions() (driver, cuda string) {
	if s.lib.has("nvmlSystemGetDriverVersion") == nil {
		driver, _ = s.lib.SystemGetDriverVersion()
	}
	if s.lib.has("nvmlSystemGetCudaDriverVersion") == nil {
		if number, ret := s.lib.SystemGetCudaDriverVersion(); ret == nvml.SUCCESS {
			cuda = fmt.Sprintf("%d.%d", number/1000, number%1000/10)
		}
	}
	return driver, cuda
}

// find asks for device i and what it is.
func (s *session) find(i int) found {
	if err := s.lib.has("nvmlDeviceGetHandleByIndex_v2", "nvmlDeviceGetHandleByIndex"); err != nil {
		return found{err: err}
	}
	handle, ret := s.lib.DeviceGetHandleByIndex(i)
	if ret != nvml.SUCCESS {
		return found{err: s.lib.reason(ret)}
	}
	f := found{handle: handle, Identity: s.identify(handle)}
	if s.lib.has("nvmlDeviceGetPciInfo_v3", "nvmlDeviceGetPciInfo_v2", "nvmlDeviceGetPciInfo") == nil {
		if pci, ret := handle.GetPciInfo(); ret == nvml.SUCCESS {
			f.at, f.onIt = address{uint64(pci.Domain), uint64(pci.Bus), uint64(pci.Device)}, true
			f.PCI = f.at.String()
		}
	}
	return f
}

// identify asks a device, or a part of one, what it is.
func (s *session) identify(handle nvml.Device) Identity {
	var id Identity
	if s.lib.has("nvmlDeviceGetName") == nil {
		id.Name, _ = handle.GetName()
	}
	if s.lib.has("nvmlDeviceGetUUID") == nil {
		id.UUID, _ = handle.GetUUID()
	}
	if s.lib.has("nvmlDeviceGetMemoryInfo") == nil {
		if memory, ret := handle.GetMemoryInfo(); ret == nvml.SUCCESS {
			id.MemoryGB = float64(memory.Total) / gb
		}
	}
	return id
}

// A part is a MIG instance of a device.
type part struct {
	number int
	handle nvml.Device
	Identity
}

// parts finds the MIG instances of a device; cut says whether it is cut up at all. Their numbers have gaps where instances were
// taken away.
func (s *session) parts(handle nvml.Device) (list []part, cut bool) {
	if s.lib.hasAll("nvmlDeviceGetMigMode", "nvmlDeviceGetMaxMigDeviceCount", "nvmlDeviceGetMigDeviceHandleByIndex") != nil {
		return nil, false
	}
	if mode, _, ret := handle.GetMigMode(); ret != nvml.SUCCESS || mode != nvml.DEVICE_MIG_ENABLE {
		return nil, false
	}
	most, ret := handle.GetMaxMigDeviceCount()
	if ret != nvml.SUCCESS {
		return nil, true
	}
	for i := range most {
		if instance, ret := handle.GetMigDeviceHandleByIndex(i); ret == nvml.SUCCESS {
			list = append(list, part{i, instance, s.identify(instance)})
		}
	}
	return list, true
}

// partNames is what tells one set of parts from another.
func partNames(list []part) string {
	var names []string
	for _, p := range list {
		names = append(names, fmt.Sprint(p.number, p.UUID))
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
