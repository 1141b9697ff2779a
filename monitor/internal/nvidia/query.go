//go:build cgo && linux

package nvidia

import (
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
)

// The units of the columns, in bytes.
const (
	mb = 1 << 20
	gb = 1 << 30
)

// A query is one question to the driver about a device. It fills one column or more.
type query struct {
	// symbols are the functions that answer it, of which the driver needs one.
	symbols []string
	columns []func(gpu int) string
	kind    kind
	ask     func(*device, []resource.Cell) nvml.Return
}

// A kind says when the columns of a query are there.
type kind int

const (
	always   kind = iota // as in the first version
	possible             // where the device can answer
	load                 // the same; MIG takes the answer away for as long as it is switched on
)

// queries lists the questions in the order of their columns; watched adds those about the process under test.
func queries(watched bool) []query {
	type columns = []func(int) string
	list := []query{
		{[]string{"nvmlDeviceGetUtilizationRates"}, columns{resource.GPULoadPercent}, always, askLoad},
		{[]string{"nvmlDeviceGetMemoryInfo"}, columns{resource.GPUMemoryUsedGB, resource.GPUMemoryTotalGB}, always, askMemory},
		{[]string{"nvmlDeviceGetTemperature"}, columns{resource.GPUTemperatureC}, always, askTemperature},
		{[]string{"nvmlDeviceGetPowerUsage"}, columns{resource.GPUPowerW}, always, askPower},
		{[]string{"nvmlDeviceGetUtilizationRates"}, columns{resource.GPUMemoryLoadPercent}, load, askMemoryLoad},
	}
	if watched {
		list = append(
			list,
			query{computeProcesses(), columns{resource.GPUProcessMemoryGB}, possible, askProcessMemory},
			query{[]string{"nvmlDeviceGetProcessUtilization"}, columns{resource.GPUProcessSMPercent}, load, askProcessSM},
		)
	}
	return append(
		list,
		query{[]string{"nvmlDeviceGetEncoderUtilization"}, columns{resource.GPUEncoderPercent}, load, askEncoder},
		query{[]string{"nvmlDeviceGetDecoderUtilization"}, columns{resource.GPUDecoderPercent}, load, askDecoder},
		query{[]string{"nvmlDeviceGetEnforcedPowerLimit"}, columns{resource.GPUPowerLimitW}, possible, askPowerLimit},
		query{[]string{"nvmlDeviceGetTotalEnergyConsumption"}, columns{resource.GPUEnergyJ}, possible, askEnergy},
		query{[]string{"nvmlDeviceGetClockInfo"}, columns{resource.GPUSMClockMHz}, possible, askSMClock},
		query{[]string{"nvmlDeviceGetClockInfo"}, columns{resource.GPUMemoryClockMHz}, possible, askMemoryClock},
		query{[]string{"nvmlDeviceGetPerformanceState"}, columns{resource.GPUPerformanceState}, possible, askPerformanceState},
		query{[]string{"nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons"}, stateColumns(), possible, askThrottle},
		query{[]string{"nvmlDeviceGetFieldValues"}, columns{resource.GPUMemoryTemperatureC}, possible, askMemoryTemperature},
		query{[]string{"nvmlDeviceGetFanSpeed"}, columns{resource.GPUFanPercent}, possible, askFan},
		query{[]string{"nvmlDeviceGetFieldValues", "nvmlDeviceGetPcieThroughput"}, columns{resource.GPUPCIeRxMBPerSecond, resource.GPUPCIeTxMBPerSecond}, possible, askPCIe},
		query{[]string{"nvmlDeviceGetTotalEccErrors"}, columns{resource.GPUECCCorrected}, possible, askECC(nvml.MEMORY_ERROR_TYPE_CORRECTED)},
		query{[]string{"nvmlDeviceGetTotalEccErrors"}, columns{resource.GPUECCUncorrected}, possible, askECC(nvml.MEMORY_ERROR_TYPE_UNCORRECTED)},
		query{[]string{"nvmlEventSetCreate"}, columns{resource.GPUXidErrors}, possible, askXid},
	)
}

func askLoad(d *device, row []resource.Cell) nvml.Return {
	rates, ret := d.handle.GetUtilizationRates()
	d.rates, d.ratesRet = rates, ret
	row[0] = resource.Of(float64(rates.Gpu))
	return ret
}

// askMemoryLoad has the other half of the answer to askLoad.
func askMemoryLoad(d *device, row []resource.Cell) nvml.Return {
	row[0] = resource.Of(float64(d.rates.Memory))
	return d.ratesRet
}

func askMemory(d *device, row []resource.Cell) nvml.Return {
	return memoryOf(d.handle, row)
}

// memoryOf fills in what of a device, or of a part of one, is used and how large it is.
func memoryOf(handle nvml.Device, row []resource.Cell) nvml.Return {
	info, ret := handle.GetMemoryInfo()
	row[0], row[1] = resource.Of(float64(info.Used)/gb), resource.Of(float64(info.Total)/gb)
	return ret
}

func askTemperature(d *device, row []resource.Cell) nvml.Return {
	celsius, ret := d.handle.GetTemperature(nvml.TEMPERATURE_GPU)
	row[0] = resource.Of(float64(celsius))
	return ret
}

func askPower(d *device, row []resource.Cell) nvml.Return {
	milliwatts, ret := d.handle.GetPowerUsage()
	row[0] = resource.Of(float64(milliwatts) / 1000)
	return ret
}

func askPowerLimit(d *device, row []resource.Cell) nvml.Return {
	milliwatts, ret := d.handle.GetEnforcedPowerLimit()
	row[0] = resource.Of(float64(milliwatts) / 1000)
	return ret
}

// askEnergy says what was taken since the last time it was told, so that the sum is right where a row had no answer. The driver
// counts millijoules since it was loaded.
func askEnergy(d *device, row []resource.Cell) nvml.Return {
	millijoules, ret := d.handle.GetTotalEnergyConsumption()
	if ret == nvml.SUCCESS {
		if grown, ok := d.energy.Since(millijoules); ok {
			row[0] = resource.Of(float64(grown) / 1000)
		}
	}
	return ret
}

func askEncoder(d *device, row []resource.Cell) nvml.Return {
	percent, _, ret := d.handle.GetEncoderUtilization()
	row[0] = resource.Of(float64(percent))
	return ret
}

func askDecoder(d *device, row []resource.Cell) nvml.Return {
	percent, _, ret := d.handle.GetDecoderUtilization()
	row[0] = resource.Of(float64(percent))
	return ret
}

func askSMClock(d *device, row []resource.Cell) nvml.Return {
	mhz, ret := d.handle.GetClockInfo(nvml.CLOCK_SM)
	row[0] = resource.Of(float64(mhz))
	return ret
}

func askMemoryClock(d *device, row []resource.Cell) nvml.Return {
	mhz, ret := d.handle.GetClockInfo(nvml.CLOCK_MEM)
	row[0] = resource.Of(float64(mhz))
	return ret
}

func askPerformanceState(d *device, row []resource.Cell) nvml.Return {
	state, ret := d.handle.GetPerformanceState()
	if state != nvml.PSTATE_UNKNOWN {
		row[0] = resource.Of(float64(state))
	}
	return ret
}

func askFan(d *device, row []resource.Cell) nvml.Return {
	percent, ret := d.handle.GetFanSpeed()
	row[0] = resource.Of(float64(percent))
	return ret
}

// askThrottle knows the function by its name since driver 535, and by the one before.
func askThrottle(d *device, row []resource.Cell) nvml.Return {
	ask := d.handle.GetCurrentClocksThrottleReasons
	if d.events {
		ask = d.handle.GetCurrentClocksEventReasons
	}
	bits, ret := ask()
	if ret != nvml.SUCCESS {
		return ret
	}
	for i, bitsOf := range d.states {
		if bits&bitsOf.bits != 0 {
			row[i] = resource.Of(1)
		} else {
			row[i] = resource.Of(0)
		}
	}
	d.sayThrottled(bits)
	return ret
}

func askECC(kind nvml.MemoryErrorType) func(*device, []resource.Cell) nvml.Return {
	return func(d *device, row []resource.Cell) nvml.Return {
		errors, ret := d.handle.GetTotalEccErrors(kind, nvml.VOLATILE_ECC)
		row[0] = resource.Of(float64(errors))
		return ret
	}
}

// askXid has what the watcher heard before the queries.
func askXid(d *device, row []resource.Cell) nvml.Return {
	if d.deaf != nil {
		return nvml.ERROR_NOT_SUPPORTED
	}
	row[0] = resource.Of(float64(d.xids))
	d.xids = 0
	return nvml.SUCCESS
}

// computeProcesses are the functions that list the processes that compute; graphicsProcesses those that draw.
func computeProcesses() []string {
	return []string{"nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2", "nvmlDeviceGetComputeRunningProcesses"}
}

func graphicsProcesses() []string {
	return []string{"nvmlDeviceGetGraphicsRunningProcesses_v3", "nvmlDeviceGetGraphicsRunningProcesses_v2", "nvmlDeviceGetGraphicsRunningProcesses"}
}

// askProcessMemory has no value while the process is not there.
func askProcessMemory(d *device, row []resource.Cell) nvml.Return {
	infos, ret := d.handle.GetComputeRunningProcesses()
	if ret != nvml.SUCCESS {
		return ret
	}
	if d.draws {
		if more, ret := d.handle.GetGraphicsRunningProcesses(); ret == nvml.SUCCESS {
			infos = append(infos, more...)
		}
	}
	if pids := d.share.pids(); len(pids) > 0 {
		row[0] = d.share.memory(infos, pids)
	}
	return nvml.SUCCESS
}

// sampleWindow is the shortest time over which the driver is asked for samples: it takes one about every second.
const sampleWindow = time.Second

// askProcessSM asks for the samples of the last second, or of the last interval where that is longer. "Not found" means that no
// process ran on the GPU in it, which is 0. Subtle: go-nvml asks twice, for the number of processes and for the samples, and
// panics when there are more in between.
func askProcessSM(d *device, row []resource.Cell) (ret nvml.Return) {
	defer func() {
		if recover() != nil {
			ret = nvml.ERROR_INSUFFICIENT_SIZE
		}
	}()
	window := max(sampleWindow, d.interval)
	samples, ret := d.handle.GetProcessUtilization(uint64(time.Now().Add(-window).UnixMicro()))
	switch ret {
	case nvml.SUCCESS, nvml.ERROR_NOT_FOUND, nvml.ERROR_INSUFFICIENT_SIZE: // the last where there are 0 samples, and only then
		if pids := d.share.pids(); len(pids) > 0 {
			row[0] = d.share.busy(samples, pids)
		}
		return nvml.SUCCESS
	default:
		return ret
	}
}
