//go:build cgo && linux

package nvidia

import (
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
)

// A share is what of the GPUs belongs to the process under test.
type share struct {
	pids    func() []int // ascending
	foreign bool         // the driver may number processes otherwise than we do
	note    func(string)
	matched bool // it does not: it named one of ours
	said    bool
}

// newShare counts for the processes of pids, which are numbered as below proc.
func newShare(pids func() []int, proc string, note func(string)) *share {
	return &share{pids: pids, foreign: !hostNumbers(proc), note: note}
}

// hostNumbers says whether processes below proc have the numbers of the machine and not of a container: the first PID namespace
// has a fixed number (PROC_PID_INIT_INO in include/linux/proc_ns.h), and process 1 of a mount of /proc is in that of the mount.
// Other users' namespaces cannot be seen; then our own is that of /proc.
func hostNumbers(proc string) bool {
	for _, process := range []string{"1", "self"} {
		if name, err := os.Readlink(filepath.Join(proc, process, "ns/pid")); err == nil {
			return name == "pid:[4026531836]"
		}
	}
	return false
}

// none says what it means that the driver named none of our processes: true for that they use nothing, false for that nobody
// knows.
func (s *share) none() bool {
	if !s.foreign || s.matched {
		return true
	}
	if !s.said {
		s.said = true
		s.note("the NVIDIA driver names none of the processes under test, and it may number them otherwise, because the monitor runs in a container with " +
			"process numbers of its own: their share of the GPU stays empty. Run the monitor on the host, or give its container the host's process numbers (docker run --pid=host)")
	}
	return false
}

// has says whether a process is ours.
func (s *share) has(pids []int, pid uint32) bool {
	_, ok := slices.BinarySearch(pids, int(pid))
	s.matched = s.matched || ok
	return ok
}

// memory is how much of a GPU's memory the processes have, in GB. A process is listed once for computing and once for graphics, with
// all its memory each time, and once in each MIG instance, with that one's.
func (s *share) memory(infos []nvml.ProcessInfo, pids []int) resource.Cell {
	listed, known, bytes := false, false, uint64(0)
	for i, info := range infos {
		if !s.has(pids, info.Pid) {
			continue
		}
		listed = true
		if info.UsedGpuMemory == notAvailable {
			continue
		}
		known = true
		already := uint64(0)
		for _, earlier := range infos[:i] {
			if earlier.UsedGpuMemory != notAvailable && earlier.Pid == info.Pid && earlier.GpuInstanceId == info.GpuInstanceId && earlier.ComputeInstanceId == info.ComputeInstanceId {
				already = max(already, earlier.UsedGpuMemory)
			}
		}
		bytes += max(info.UsedGpuMemory, already) - already
	}
	return s.cell(float64(bytes)/gb, listed, known)
}

// notAvailable is NVML_VALUE_NOT_AVAILABLE.
const notAvailable = math.MaxUint64

// busy is the share of time in which kernels of the processes ran, in percent. The newest sample of a process counts; a value
// that is no percentage is one that the driver has not filled.
func (s *share) busy(samples []nvml.ProcessUtilizationSample, pids []int) resource.Cell {
	listed, known, percent := false, false, 0.0
	for i, sample := range samples {
		if !s.has(pids, sample.Pid) {
			continue
		}
		listed = true
		if sample.SmUtil <= 100 && !superseded(samples, i) {
			known = true
			percent += float64(sample.SmUtil)
		}
	}
	return s.cell(min(percent, 100), listed, known)
}

// superseded says whether another sample of the same process is newer than sample i, or as new and before it.
func superseded(samples []nvml.ProcessUtilizationSample, i int) bool {
	for k, other := range samples {
		if other.Pid == samples[i].Pid && other.SmUtil <= 100 && (other.TimeStamp > samples[i].TimeStamp || other.TimeStamp == samples[i].TimeStamp && k < i) {
			return true
		}
	}
	return false
}

// cell is a value of processes that the driver listed or not, and whose value it knows or not.
func (s *share) cell(value float64, listed, known bool) resource.Cell {
	if known || !listed && s.none() {
		return resource.Of(value)
	}
	return resource.Cell{}
}
