//go:build cgo && linux

package nvidia

import (
	"encoding/binary"
	"math"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// number reads the value of a field, which is of any type of nvmlValueType_t. It returns false for one that the device lacks.
func number(f nvml.FieldValue) (uint64, bool) {
	if nvml.Return(f.NvmlReturn) != nvml.SUCCESS {
		return 0, false
	}
	whole := binary.NativeEndian.Uint64(f.Value[:])
	switch nvml.ValueType(f.ValueType) {
	case nvml.VALUE_TYPE_UNSIGNED_INT:
		return uint64(binary.NativeEndian.Uint32(f.Value[:])), true
	case nvml.VALUE_TYPE_UNSIGNED_LONG, nvml.VALUE_TYPE_UNSIGNED_LONG_LONG:
		return whole, true
	case nvml.VALUE_TYPE_SIGNED_LONG_LONG:
		return whole, int64(whole) >= 0
	case nvml.VALUE_TYPE_DOUBLE:
		value := math.Float64frombits(whole)
		return uint64(max(0, value)), value >= 0 && value < math.MaxInt64
	default:
		return 0, false
	}
}

// askMemoryTemperature: a device without the sensor says 0 on some drivers.
func askMemoryTemperature(d *device, row []resource.Cell) nvml.Return {
	fields := d.fields[:1]
	fields[0] = nvml.FieldValue{FieldId: nvml.FI_DEV_MEMORY_TEMP}
	if ret := d.handle.GetFieldValues(fields); ret != nvml.SUCCESS {
		return ret
	}
	celsius, ok := number(fields[0])
	if !ok || celsius == 0 {
		return lacking(fields[0])
	}
	row[0] = resource.Of(float64(celsius))
	return nvml.SUCCESS
}

// lacking is why a field has no value; an older driver calls a field that it does not know an invalid argument.
func lacking(f nvml.FieldValue) nvml.Return {
	switch ret := nvml.Return(f.NvmlReturn); ret {
	case nvml.SUCCESS, nvml.ERROR_INVALID_ARGUMENT:
		return nvml.ERROR_NOT_SUPPORTED
	default:
		return ret
	}
}

// A link is the traffic of a device over PCIe. Newer drivers count the bytes. Others measure for 20 ms when they are asked
// (nvmlDeviceGetPcieThroughput), one way at a time, which no row waits for.
type link struct {
	rx, tx  kernel.Counter
	lap     time.Time
	rates   [2]float64 // received and sent, in MB/s, of the last measurement
	fresh   bool       // no row has it yet
	measure bool       // the driver does not count
	ret     nvml.Return
}

func askPCIe(d *device, row []resource.Cell) nvml.Return {
	if !d.link.measure {
		ret := d.countPCIe(row)
		if ret != nvml.ERROR_NOT_SUPPORTED || !d.measures {
			return ret
		}
		d.link.measure = true
		d.measurePCIe()
		return d.link.ret
	}
	if d.link.fresh && d.link.ret == nvml.SUCCESS {
		row[0], row[1] = resource.Of(d.link.rates[0]), resource.Of(d.link.rates[1])
	}
	d.link.fresh = false
	return d.link.ret
}

// countPCIe has the rates since the last time.
func (d *device) countPCIe(row []resource.Cell) nvml.Return {
	if !d.hasFields {
		return nvml.ERROR_NOT_SUPPORTED
	}
	fields := d.fields[:2]
	fields[0], fields[1] = nvml.FieldValue{FieldId: nvml.FI_DEV_PCIE_COUNT_RX_BYTES}, nvml.FieldValue{FieldId: nvml.FI_DEV_PCIE_COUNT_TX_BYTES}
	if ret := d.handle.GetFieldValues(fields); ret != nvml.SUCCESS {
		return ret
	}
	received, ok := number(fields[0])
	if !ok {
		return lacking(fields[0])
	}
	sent, ok := number(fields[1])
	if !ok {
		return lacking(fields[1])
	}
	now := time.Now()
	seconds := now.Sub(d.link.lap).Seconds()
	d.link.lap = now
	for i, grown := range []func() (uint64, bool){func() (uint64, bool) { return d.link.rx.Since(received) }, func() (uint64, bool) { return d.link.tx.Since(sent) }} {
		if bytes, ok := grown(); ok {
			row[i] = resource.Of(float64(bytes) / mb / seconds)
		}
	}
	return nvml.SUCCESS
}

// measurePCIe measures now, both ways. The driver says KB a second.
func (d *device) measurePCIe() {
	for i, way := range []nvml.PcieUtilCounter{nvml.PCIE_UTIL_RX_BYTES, nvml.PCIE_UTIL_TX_BYTES} {
		kbps, ret := d.handle.GetPcieThroughput(way)
		d.link.rates[i], d.link.ret = float64(kbps)/1024, ret
		if ret != nvml.SUCCESS {
			return
		}
	}
	d.link.fresh = true
}
