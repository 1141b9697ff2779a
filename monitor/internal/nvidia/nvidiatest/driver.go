//go:build cgo && linux

// Package nvidiatest has a driver for tests that need no library: devices whose every metric can be read.
package nvidiatest

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"
)

// Device is GPU n at 37 %, which a test changes by its functions. It lives at n:00.0.
func Device(n int) *mock.Device {
	d := &mock.Device{
		GetNameFunc: func() (string, nvml.Return) { return "Fake GPU", nvml.SUCCESS },
		GetUUIDFunc: func() (string, nvml.Return) { return fmt.Sprintf("GPU-%d", n), nvml.SUCCESS },
		GetPciInfoFunc: func() (nvml.PciInfo, nvml.Return) {
			return nvml.PciInfo{Bus: uint32(n)}, nvml.SUCCESS
		},
		GetUtilizationRatesFunc: func() (nvml.Utilization, nvml.Return) {
			return nvml.Utilization{Gpu: 37, Memory: 9}, nvml.SUCCESS
		},
		GetMemoryInfoFunc: func() (nvml.Memory, nvml.Return) {
			return nvml.Memory{Total: 80 << 30, Free: 50 << 30, Used: 30 << 30}, nvml.SUCCESS
		},
		GetTemperatureFunc: func(nvml.TemperatureSensors) (uint32, nvml.Return) { return 54, nvml.SUCCESS },
		GetPowerUsageFunc:  func() (uint32, nvml.Return) { return 123_456, nvml.SUCCESS },
		GetComputeRunningProcessesFunc: func() ([]nvml.ProcessInfo, nvml.Return) {
			return []nvml.ProcessInfo{{Pid: 1, UsedGpuMemory: 1 << 30}}, nvml.SUCCESS
		},
		GetGraphicsRunningProcessesFunc: func() ([]nvml.ProcessInfo, nvml.Return) { return nil, nvml.SUCCESS },
		GetProcessUtilizationFunc: func(uint64) ([]nvml.ProcessUtilizationSample, nvml.Return) {
			return []nvml.ProcessUtilizationSample{{Pid: 1, SmUtil: 12}}, nvml.SUCCESS
		},
		GetEncoderUtilizationFunc:           func() (uint32, uint32, nvml.Return) { return 3, 1, nvml.SUCCESS },
		GetDecoderUtilizationFunc:           func() (uint32, uint32, nvml.Return) { return 4, 1, nvml.SUCCESS },
		GetEnforcedPowerLimitFunc:           func() (uint32, nvml.Return) { return 300_000, nvml.SUCCESS },
		GetTotalEnergyConsumptionFunc:       func() (uint64, nvml.Return) { return 5_000, nvml.SUCCESS },
		GetClockInfoFunc:                    func(kind nvml.ClockType) (uint32, nvml.Return) { return 1000 + uint32(kind), nvml.SUCCESS },
		GetPerformanceStateFunc:             func() (nvml.Pstates, nvml.Return) { return nvml.PSTATE_2, nvml.SUCCESS },
		GetCurrentClocksThrottleReasonsFunc: func() (uint64, nvml.Return) { return 0, nvml.SUCCESS },
		GetFieldValuesFunc:                  Fields(map[uint32]uint64{nvml.FI_DEV_MEMORY_TEMP: 66, nvml.FI_DEV_PCIE_COUNT_RX_BYTES: 0, nvml.FI_DEV_PCIE_COUNT_TX_BYTES: 0}),
		GetFanSpeedFunc:                     func() (uint32, nvml.Return) { return 30, nvml.SUCCESS },
		GetPcieThroughputFunc:               func(nvml.PcieUtilCounter) (uint32, nvml.Return) { return 1024, nvml.SUCCESS },
		GetTotalEccErrorsFunc: func(kind nvml.MemoryErrorType, _ nvml.EccCounterType) (uint64, nvml.Return) {
			return 7 + uint64(kind), nvml.SUCCESS
		},
		GetMigModeFunc:     func() (int, int, nvml.Return) { return 0, 0, nvml.ERROR_NOT_SUPPORTED },
		RegisterEventsFunc: func(uint64, nvml.EventSet) nvml.Return { return nvml.SUCCESS },
	}
	d.GetCurrentClocksEventReasonsFunc = func() (uint64, nvml.Return) { return d.GetCurrentClocksThrottleReasonsFunc() }
	return d
}

// Fields answers GetFieldValues with the values that there are.
func Fields(values map[uint32]uint64) func([]nvml.FieldValue) nvml.Return {
	return func(fields []nvml.FieldValue) nvml.Return {
		for i := range fields {
			value, ok := values[fields[i].FieldId]
			fields[i].ValueType = uint32(nvml.VALUE_TYPE_UNSIGNED_LONG_LONG)
			binary.NativeEndian.PutUint64(fields[i].Value[:], value)
			if !ok {
				fields[i].NvmlReturn = uint32(nvml.ERROR_NOT_SUPPORTED)
			}
		}
		return nvml.SUCCESS
	}
}

// A Driver has devices and, once, events.
type Driver struct {
	*mock.Interface
	// Devices are in the order of their numbers. One that is nil cannot be had.
	Devices []*mock.Device
	// Lacks are the functions that the driver does not have.
	Lacks []string
	// Events are told one by one.
	Events []nvml.EventData
}

// New returns a driver with the devices that has every function but those in lacks.
func New(devices []*mock.Device, lacks ...string) *Driver {
	d := &Driver{Devices: devices, Lacks: lacks}
	events := &mock.EventSet{FreeFunc: func() nvml.Return { return nvml.SUCCESS }, WaitFunc: func(uint32) (nvml.EventData, nvml.Return) {
		if len(d.Events) == 0 {
			return nvml.EventData{}, nvml.ERROR_TIMEOUT
		}
		event := d.Events[0]
		d.Events = d.Events[1:]
		return event, nvml.SUCCESS
	}}
	extensions := &mock.ExtendedInterface{LookupSymbolFunc: func(symbol string) error {
		if slices.Contains(d.Lacks, symbol) {
			return errors.New("undefined symbol")
		}
		return nil
	}}
	d.Interface = &mock.Interface{
		InitFunc:                       func() nvml.Return { return nvml.SUCCESS },
		ShutdownFunc:                   func() nvml.Return { return nvml.SUCCESS },
		ExtensionsFunc:                 func() nvml.ExtendedInterface { return extensions },
		SystemGetDriverVersionFunc:     func() (string, nvml.Return) { return "570.86", nvml.SUCCESS },
		SystemGetCudaDriverVersionFunc: func() (int, nvml.Return) { return 12080, nvml.SUCCESS },
		EventSetCreateFunc:             func() (nvml.EventSet, nvml.Return) { return events, nvml.SUCCESS },
		DeviceGetCountFunc:             func() (int, nvml.Return) { return len(d.Devices), nvml.SUCCESS },
		DeviceGetHandleByIndexFunc: func(i int) (nvml.Device, nvml.Return) {
			if d.Devices[i] == nil {
				return nil, nvml.ERROR_GPU_IS_LOST
			}
			return d.Devices[i], nvml.SUCCESS
		},
	}
	return d
}
