//go:build cgo && linux

package nvidia

import (
	"strings"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
)

// A reason is why a GPU's clocks are not at their highest: a bit of nvmlDeviceGetCurrentClocksEventReasons.
type reason struct {
	bits  uint64
	words string
}

// reasons are those of nvml.h, without its idling, which slows nothing down.
func reasons() []reason {
	return []reason{
		{nvml.ClocksEventReasonSwPowerCap, "at its power limit"},
		{nvml.ClocksThrottleReasonHwPowerBrakeSlowdown, "power brake of the power supply"},
		{nvml.ClocksEventReasonSwThermalSlowdown, "too hot (the driver slows it down)"},
		{nvml.ClocksThrottleReasonHwThermalSlowdown, "too hot (the hardware slows it down)"},
		{nvml.ClocksThrottleReasonHwSlowdown, "hardware slowdown: heat, power brake or power supply"},
		{nvml.ClocksEventReasonSyncBoost, "held to the clock of a slower GPU of its group (sync boost)"},
		{nvml.ClocksEventReasonApplicationsClocksSetting, "its clocks were set by somebody (nvidia-smi -ac or -lgc)"},
		{nvml.ClocksEventReasonDisplayClockSetting, "clock of the display"},
		{nvml.ClocksEventReasonBoardLimit, "a limit of the board"},
		{nvml.ClocksEventReasonReliability, "a limit for reliability"},
	}
}

// A state is a column of clocks: 1 while one of its reasons holds.
type state struct {
	column func(int) string
	bits   uint64
}

// states are the columns of the reasons; the last has every reason that no other column has, newer ones included.
func states() []state {
	list := []state{
		{resource.GPUIdle, nvml.ClocksEventReasonGpuIdle},
		{resource.GPUThrottledPower, nvml.ClocksEventReasonSwPowerCap | nvml.ClocksThrottleReasonHwPowerBrakeSlowdown},
		{resource.GPUThrottledThermal, nvml.ClocksEventReasonSwThermalSlowdown | nvml.ClocksThrottleReasonHwThermalSlowdown},
		{resource.GPUThrottledHardware, nvml.ClocksThrottleReasonHwSlowdown},
		{resource.GPUThrottledSyncBoost, nvml.ClocksEventReasonSyncBoost},
		{resource.GPUThrottledSetting, nvml.ClocksEventReasonApplicationsClocksSetting | nvml.ClocksEventReasonDisplayClockSetting},
	}
	var named uint64
	for _, s := range list {
		named |= s.bits
	}
	return append(list, state{resource.GPUThrottledOther, ^named})
}

func stateColumns() []func(int) string {
	var columns []func(int) string
	for _, s := range states() {
		columns = append(columns, s.column)
	}
	return columns
}

// inWords names the reasons of bits.
func inWords(bits uint64) string {
	var words []string
	for _, r := range reasons() {
		if bits&r.bits != 0 {
			words = append(words, r.words)
			bits &^= r.bits
		}
	}
	if bits &^= nvml.ClocksEventReasonGpuIdle; bits != 0 {
		words = append(words, "a reason that this monitor does not know")
	}
	return strings.Join(words, ", ")
}
