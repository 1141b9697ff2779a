package resource

import "fmt"

// What each GPU has. The first five are those of the first version; order.go keeps their places.
const (
	gpuLoad        = "Load_Percent"
	gpuMemoryUsed  = "Memory_Used_GB"
	gpuMemoryTotal = "Memory_Total_GB"
	gpuTemperature = "Temperature_C"
	gpuPower       = "Power_W"

	gpuMemoryLoad        = "Memory_Load_Percent"
	gpuProcessMemory     = "Process_Memory_GB"
	gpuProcessSM         = "Process_SM_Percent"
	gpuEncoder           = "Encoder_Percent"
	gpuDecoder           = "Decoder_Percent"
	gpuPowerLimit        = "Power_Limit_W"
	gpuEnergy            = "Energy_J"
	gpuSMClock           = "SM_Clock_MHz"
	gpuMemoryClock       = "Memory_Clock_MHz"
	gpuPerformanceState  = "Performance_State"
	gpuIdle              = "Idle"
	gpuThrottledPower    = "Throttled_Power"
	gpuThrottledThermal  = "Throttled_Thermal"
	gpuThrottledHardware = "Throttled_Hardware"
	gpuThrottledSync     = "Throttled_Sync_Boost"
	gpuThrottledSetting  = "Throttled_Setting"
	gpuThrottledOther    = "Throttled_Other"
	gpuMemoryTemperature = "Memory_Temperature_C"
	gpuFan               = "Fan_Percent"
	gpuPCIeRx            = "PCIe_Rx_MB_Per_Second"
	gpuPCIeTx            = "PCIe_Tx_MB_Per_Second"
	gpuECCCorrected      = "ECC_Corrected"
	gpuECCUncorrected    = "ECC_Uncorrected"
	gpuXid               = "Xid_Errors"

	migMemoryUsed  = "Memory_Used_GB"
	migMemoryTotal = "Memory_Total_GB"
)

// gpuColumns are those of a GPU and of its MIG instances, in the order of docs/metrics.md.
func gpuColumns() []string {
	var names []string
	for _, what := range []string{
		gpuLoad, gpuMemoryUsed, gpuMemoryTotal, gpuTemperature, gpuPower,
		gpuMemoryLoad, gpuProcessMemory, gpuProcessSM, gpuEncoder, gpuDecoder, gpuPowerLimit, gpuEnergy, gpuSMClock, gpuMemoryClock,
		gpuPerformanceState, gpuIdle, gpuThrottledPower, gpuThrottledThermal, gpuThrottledHardware, gpuThrottledSync,
		gpuThrottledSetting, gpuThrottledOther, gpuMemoryTemperature, gpuFan, gpuPCIeRx, gpuPCIeTx, gpuECCCorrected,
		gpuECCUncorrected, gpuXid,
	} {
		names = append(names, "GPU<n>_"+what)
	}
	return append(names, "GPU<n>_MIG<n>_"+migMemoryUsed, "GPU<n>_MIG<n>_"+migMemoryTotal)
}

// GPULoadPercent names the column for how long GPU i was busy: the share of the driver's last sample period in which at
// least one kernel ran.
func GPULoadPercent(i int) string { return gpu(i, gpuLoad) }

// GPUMemoryUsedGB names the column for the used memory of GPU i, the driver's own reserve included.
func GPUMemoryUsedGB(i int) string { return gpu(i, gpuMemoryUsed) }

// GPUMemoryTotalGB names the column for the memory of GPU i.
func GPUMemoryTotalGB(i int) string { return gpu(i, gpuMemoryTotal) }

// GPUTemperatureC names the column for the temperature of GPU i in degrees Celsius.
func GPUTemperatureC(i int) string { return gpu(i, gpuTemperature) }

// GPUPowerW names the column for the power that GPU i draws, in watts.
func GPUPowerW(i int) string { return gpu(i, gpuPower) }

// GPUMemoryLoadPercent names the column for how long the memory of GPU i was read or written: a share of the same sample
// period as GPULoadPercent. It is no share of its bandwidth and none of its size.
func GPUMemoryLoadPercent(i int) string { return gpu(i, gpuMemoryLoad) }

// GPUProcessMemoryGB names the column for the memory of GPU i that the process under test has.
func GPUProcessMemoryGB(i int) string { return gpu(i, gpuProcessMemory) }

// GPUProcessSMPercent names the column for how long kernels of the process under test ran on GPU i.
func GPUProcessSMPercent(i int) string { return gpu(i, gpuProcessSM) }

// GPUEncoderPercent names the column for how busy the video encoder of GPU i was.
func GPUEncoderPercent(i int) string { return gpu(i, gpuEncoder) }

// GPUDecoderPercent names the column for how busy the video decoder of GPU i was.
func GPUDecoderPercent(i int) string { return gpu(i, gpuDecoder) }

// GPUPowerLimitW names the column for the power above which GPU i slows itself down, in watts.
func GPUPowerLimitW(i int) string { return gpu(i, gpuPowerLimit) }

// GPUEnergyJ names the column for the energy that GPU i took since the row before, in joules: the sum of the column is that of
// the run.
func GPUEnergyJ(i int) string { return gpu(i, gpuEnergy) }

// GPUSMClockMHz names the column for the clock of the processors of GPU i.
func GPUSMClockMHz(i int) string { return gpu(i, gpuSMClock) }

// GPUMemoryClockMHz names the column for the clock of the memory of GPU i.
func GPUMemoryClockMHz(i int) string { return gpu(i, gpuMemoryClock) }

// GPUPerformanceState names the column for the P-state of GPU i: 0 is the fastest, 15 the slowest.
func GPUPerformanceState(i int) string { return gpu(i, gpuPerformanceState) }

// GPUIdle names the column for whether the clocks of GPU i are low because it has nothing to do: 1 or 0.
func GPUIdle(i int) string { return gpu(i, gpuIdle) }

// GPUThrottledPower names the column for whether GPU i is slowed down to stay below its power limit, or because the power
// supply asks for it: 1 or 0.
func GPUThrottledPower(i int) string { return gpu(i, gpuThrottledPower) }

// GPUThrottledThermal names the column for whether GPU i is slowed down because it is too hot: 1 or 0.
func GPUThrottledThermal(i int) string { return gpu(i, gpuThrottledThermal) }

// GPUThrottledHardware names the column for whether the hardware of GPU i has halved its clocks or more: 1 or 0.
func GPUThrottledHardware(i int) string { return gpu(i, gpuThrottledHardware) }

// GPUThrottledSyncBoost names the column for whether GPU i waits for a slower GPU of its group: 1 or 0.
func GPUThrottledSyncBoost(i int) string { return gpu(i, gpuThrottledSync) }

// GPUThrottledSetting names the column for whether somebody has set the clocks of GPU i: 1 or 0.
func GPUThrottledSetting(i int) string { return gpu(i, gpuThrottledSetting) }

// GPUThrottledOther names the column for whether GPU i is slowed down for any other reason: 1 or 0.
func GPUThrottledOther(i int) string { return gpu(i, gpuThrottledOther) }

// GPUMemoryTemperatureC names the column for the temperature of the memory of GPU i in degrees Celsius.
func GPUMemoryTemperatureC(i int) string { return gpu(i, gpuMemoryTemperature) }

// GPUFanPercent names the column for the speed of the fan of GPU i that it is told to have.
func GPUFanPercent(i int) string { return gpu(i, gpuFan) }

// GPUPCIeRxMBPerSecond names the column for what GPU i received over PCIe.
func GPUPCIeRxMBPerSecond(i int) string { return gpu(i, gpuPCIeRx) }

// GPUPCIeTxMBPerSecond names the column for what GPU i sent over PCIe.
func GPUPCIeTxMBPerSecond(i int) string { return gpu(i, gpuPCIeTx) }

// GPUECCCorrected names the column for the memory errors of GPU i that ECC put right, since its driver was loaded.
func GPUECCCorrected(i int) string { return gpu(i, gpuECCCorrected) }

// GPUECCUncorrected names the column for the memory errors of GPU i that ECC could not put right, since its driver was loaded.
func GPUECCUncorrected(i int) string { return gpu(i, gpuECCUncorrected) }

// GPUXidErrors names the column for the critical errors that the driver reported of GPU i since the row before.
func GPUXidErrors(i int) string { return gpu(i, gpuXid) }

// MIGMemoryUsedGB names the column for the used memory of a MIG instance of GPU i.
func MIGMemoryUsedGB(i, instance int) string { return mig(i, instance, migMemoryUsed) }

// MIGMemoryTotalGB names the column for the memory of a MIG instance of GPU i.
func MIGMemoryTotalGB(i, instance int) string { return mig(i, instance, migMemoryTotal) }

// gpu counts GPUs from 0 in the order of nvidia-smi.
func gpu(i int, what string) string { return fmt.Sprintf("GPU%d_%s", i, what) }

// mig counts the instances of a GPU from 0 as nvidia-smi does ("MIG devices").
func mig(i, instance int, what string) string { return gpu(i, fmt.Sprintf("MIG%d_%s", instance, what)) }
