//go:build cgo && linux

package nvidia

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
)

// TestHostNumbers: process 1 of a mount of /proc is in its namespace; where it is not ours to see, our own counts.
func TestHostNumbers(t *testing.T) {
	t.Parallel()
	const host, other = "pid:[4026531836]", "pid:[4026532287]"
	for _, c := range []struct {
		why       string
		one, self string
		want      bool
	}{
		{"on the host", host, host, true},
		{"in a container", other, other, false},
		{"the host's /proc in a container", host, other, true},
		{"another user's process 1", "", host, true},
		{"the same in a container", "", other, false},
		{"no /proc", "", "", false},
	} {
		proc := t.TempDir()
		for process, name := range map[string]string{"1": c.one, "self": c.self} {
			if name == "" {
				continue
			}
			if err := os.MkdirAll(filepath.Join(proc, process, "ns"), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(name, filepath.Join(proc, process, "ns/pid")); err != nil {
				t.Fatal(err)
			}
		}
		if got := hostNumbers(proc); got != c.want {
			t.Errorf("hostNumbers(%s) = %v, want %v", c.why, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	field := func(kind nvml.ValueType, bits uint64) nvml.FieldValue {
		f := nvml.FieldValue{ValueType: uint32(kind)}
		binary.NativeEndian.PutUint64(f.Value[:], bits)
		return f
	}
	failed := field(nvml.VALUE_TYPE_UNSIGNED_INT, 5)
	failed.NvmlReturn = uint32(nvml.ERROR_NOT_SUPPORTED)
	for _, c := range []struct {
		why   string
		field nvml.FieldValue
		want  uint64
		ok    bool
	}{
		{"32 bits of 64", field(nvml.VALUE_TYPE_UNSIGNED_INT, 7<<32|66), 66, true},
		{"long", field(nvml.VALUE_TYPE_UNSIGNED_LONG, 1<<40), 1 << 40, true},
		{"long long", field(nvml.VALUE_TYPE_UNSIGNED_LONG_LONG, math.MaxUint64), math.MaxUint64, true},
		{"signed", field(nvml.VALUE_TYPE_SIGNED_LONG_LONG, 5), 5, true},
		{"below 0", field(nvml.VALUE_TYPE_SIGNED_LONG_LONG, math.MaxUint64), math.MaxUint64, false},
		{"double", field(nvml.VALUE_TYPE_DOUBLE, math.Float64bits(66.9)), 66, true},
		{"no number", field(nvml.VALUE_TYPE_DOUBLE, math.Float64bits(math.NaN())), 0, false},
		{"another type", field(99, 5), 0, false},
		{"it failed", failed, 0, false},
	} {
		if got, ok := number(c.field); ok != c.ok || ok && got != c.want {
			t.Errorf("number(%s) = %d, %v, want %d, %v", c.why, got, ok, c.want, c.ok)
		}
	}
}

// FuzzMemory: what the processes have is at most the sum over all lines, and what one of them has in one.
func FuzzMemory(f *testing.F) {
	f.Add([]byte{1, 3, 0, 1, 3, 0, 2, 9, 1}, byte(1))
	f.Fuzz(func(t *testing.T, data []byte, pid byte) {
		var infos []nvml.ProcessInfo
		sum, most := 0.0, 0.0
		for ; len(data) >= 3; data = data[3:] {
			infos = append(infos, nvml.ProcessInfo{Pid: uint32(data[0]), UsedGpuMemory: uint64(data[1]) * gb, GpuInstanceId: uint32(data[2])})
			if data[0] == pid {
				sum, most = sum+float64(data[1]), max(most, float64(data[1]))
			}
		}
		s := &share{note: func(string) {}}
		got, ok := s.memory(infos, []int{int(pid)}).Value()
		if !ok || got > sum || got < most {
			t.Errorf("memory(%v) of %d = %v, %v, want %v to %v", infos, pid, got, ok, most, sum)
		}
	})
}

// FuzzNumber: a value is of a field that could be read, and has no more bits than its type.
func FuzzNumber(f *testing.F) {
	f.Add(uint32(0), uint32(1), uint64(5))
	f.Add(uint32(3), uint32(0), uint64(math.MaxUint64))
	f.Fuzz(func(t *testing.T, ret, kind uint32, bits uint64) {
		field := nvml.FieldValue{NvmlReturn: ret, ValueType: kind}
		binary.NativeEndian.PutUint64(field.Value[:], bits)
		got, ok := number(field)
		double := kind == uint32(nvml.VALUE_TYPE_DOUBLE)
		if ok && (ret != 0 || !double && got > bits || kind == uint32(nvml.VALUE_TYPE_UNSIGNED_INT) && got > math.MaxUint32 || double && float64(got) > math.Float64frombits(bits)) {
			t.Errorf("number(%+v) = %d", field, got)
		}
	})
}
