//go:build cgo && linux

package nvidia

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/nvidia/nvidiatest"
)

func TestThrottling(t *testing.T) {
	within(t, func(t *testing.T) {
		device := nvidiatest.Device(0)
		device.GetCurrentClocksThrottleReasonsFunc = func() (uint64, nvml.Return) { return 1 << 41, nvml.SUCCESS }
		b := newBench(t, nvidiatest.New([]*mock.Device{device})).open()
		b.said("GPU0 is slowed down: ", 0) // before it is known what GPU0 is
		const columns = "GPU0_Idle GPU0_Throttled_Power GPU0_Throttled_Thermal GPU0_Throttled_Hardware GPU0_Throttled_Sync_Boost GPU0_Throttled_Setting GPU0_Throttled_Other"
		for _, c := range []struct {
			bits uint64
			want string
		}{
			{0, "0 0 0 0 0 0 0"},
			{1, "1 0 0 0 0 0 0"},
			{4, "0 1 0 0 0 0 0"},
			{0, "0 0 0 0 0 0 0"},
			{4, "0 1 0 0 0 0 0"},
			{4 | 0x40 | 8, "0 1 1 1 0 0 0"},
			{0x20, "0 0 1 0 0 0 0"},
			{0x80, "0 1 0 0 0 0 0"},
			{0x10, "0 0 0 0 1 0 0"},
			{2, "0 0 0 0 0 1 0"},
			{0x100, "0 0 0 0 0 1 0"},
			{0x200, "0 0 0 0 0 0 1"},
			{1 << 40, "0 0 0 0 0 0 1"},
		} {
			device.GetCurrentClocksThrottleReasonsFunc = func() (uint64, nvml.Return) { return c.bits, nvml.SUCCESS }
			b.expect(fmt.Sprintf("bits %#x", c.bits), columns, c.want, "")
		}
		b.said("GPU0 is slowed down: ", 9)
		b.said("GPU0 is slowed down: at its power limit (each", 1)
		b.said("GPU0 is slowed down: at its power limit, too hot (the hardware slows it down), hardware slowdown: heat, power brake or power supply (each", 1)
		b.said("GPU0 is slowed down: a reason that this monitor does not know (each", 1)
	})
}

func TestXidErrors(t *testing.T) {
	within(t, func(t *testing.T) {
		devices := []*mock.Device{nvidiatest.Device(0), nvidiatest.Device(1), nvidiatest.Device(2)}
		devices[2].RegisterEventsFunc = func(uint64, nvml.EventSet) nvml.Return { return nvml.ERROR_NOT_SUPPORTED }
		b := newBench(t, nvidiatest.New(devices)).open()
		const columns = "GPU0_Xid_Errors GPU1_Xid_Errors GPU2_Xid_Errors"
		b.expect("none", columns, "0 0 none", "")
		report := func(device int, number uint64) {
			b.driver.Events = append(b.driver.Events, nvml.EventData{Device: devices[device], EventType: nvml.EventTypeXidCriticalError, EventData: number})
		}
		report(1, 79)
		report(1, 79)
		report(0, 4711)
		b.driver.Events = append(b.driver.Events, nvml.EventData{Device: devices[0], EventType: nvml.EventTypePState, EventData: 2})
		b.expect("three", columns, "1 2 none", "")
		b.expect("no more", columns, "0 0 none", "")
		for range 100 {
			report(0, 4711)
		}
		b.expect("a flood is taken in parts", columns, "64 0 none", "")
		b.expect("the rest", columns, "36 0 none", "")
		b.said("GPU1: Xid 79: the GPU has fallen off the bus", 1)
		b.said("GPU0: Xid 4711: see NVIDIA's list", 1)
	})
}

// TestEnergy: what was taken while the driver gave no answer is not lost, and a counter that was made anew is not negative.
func TestEnergy(t *testing.T) {
	within(t, func(t *testing.T) {
		device := nvidiatest.Device(0)
		b := newBench(t, nvidiatest.New([]*mock.Device{device})).open()
		for _, c := range []struct {
			millijoules uint64
			ret         nvml.Return
			want, err   string
		}{
			{5_000, nvml.SUCCESS, "0", ""}, // it was read at the start
			{5_500, nvml.SUCCESS, "0.5", ""},
			{6_000, nvml.ERROR_UNKNOWN, "", "GPU0_Energy_J: ERROR_UNKNOWN"},
			{7_500, nvml.SUCCESS, "2", ""},
			{100, nvml.SUCCESS, "", ""},
			{300, nvml.SUCCESS, "0.2", ""},
		} {
			device.GetTotalEnergyConsumptionFunc = func() (uint64, nvml.Return) { return c.millijoules, c.ret }
			b.expect(fmt.Sprint(c.millijoules), "GPU0_Energy_J", c.want, c.err)
		}
	})
}

func TestPCIe(t *testing.T) {
	within(t, func(t *testing.T) {
		counting, measuring, neither := nvidiatest.Device(0), nvidiatest.Device(1), nvidiatest.Device(2)
		const rx, tx = nvml.FI_DEV_PCIE_COUNT_RX_BYTES, nvml.FI_DEV_PCIE_COUNT_TX_BYTES
		counting.GetFieldValuesFunc = nvidiatest.Fields(map[uint32]uint64{rx: 0, tx: 0})
		measuring.GetFieldValuesFunc = nvidiatest.Fields(nil)
		measuring.GetPcieThroughputFunc = func(way nvml.PcieUtilCounter) (uint32, nvml.Return) {
			time.Sleep(20 * time.Millisecond)
			return map[nvml.PcieUtilCounter]uint32{nvml.PCIE_UTIL_RX_BYTES: 2048, nvml.PCIE_UTIL_TX_BYTES: 512}[way], nvml.SUCCESS
		}
		neither.GetFieldValuesFunc = nvidiatest.Fields(nil)
		neither.GetPcieThroughputFunc = func(nvml.PcieUtilCounter) (uint32, nvml.Return) { return 0, nvml.ERROR_NOT_SUPPORTED }
		b := newBench(t, nvidiatest.New([]*mock.Device{counting, measuring, neither})).open()
		const columns = "GPU0_PCIe_Rx_MB_Per_Second GPU0_PCIe_Tx_MB_Per_Second GPU1_PCIe_Rx_MB_Per_Second GPU1_PCIe_Tx_MB_Per_Second GPU2_PCIe_Rx_MB_Per_Second"
		b.tick()
		counting.GetFieldValuesFunc = nvidiatest.Fields(map[uint32]uint64{rx: 100 * mb, tx: 10 * mb})
		b.tick() // the measurement of GPU1 made this tick 1.04 s
		counting.GetFieldValuesFunc = nvidiatest.Fields(map[uint32]uint64{rx: 204 * mb, tx: 5 * mb})
		b.expect("counted, wrapped; measured", columns, "100  2 0.5 none", "")

		row := time.Now()
		b.Collect(make([]resource.Cell, len(b.Columns())))
		if took := time.Since(row); took != 0 {
			t.Errorf("a row waited %s for the measurement", took)
		}
		time.Sleep(time.Second)
		b.expect("not measured since the row before", columns, "0 0   none", "")
	})
}

func TestMIG(t *testing.T) {
	within(t, func(t *testing.T) {
		device := nvidiatest.Device(0)
		uuids := []string{"MIG-a", "", "MIG-c"}
		instance := func(i int) *mock.Device {
			d := nvidiatest.Device(0)
			d.GetUUIDFunc = func() (string, nvml.Return) { return uuids[i], nvml.SUCCESS }
			d.GetMemoryInfoFunc = func() (nvml.Memory, nvml.Return) {
				return nvml.Memory{Used: uint64(i+1) * gb, Total: 10 * gb}, nvml.SUCCESS
			}
			return d
		}
		instances := []*mock.Device{instance(0), instance(1), instance(2)}
		device.GetMigModeFunc = func() (int, int, nvml.Return) { return nvml.DEVICE_MIG_ENABLE, nvml.DEVICE_MIG_ENABLE, nvml.SUCCESS }
		device.GetMaxMigDeviceCountFunc = func() (int, nvml.Return) { return len(instances), nvml.SUCCESS }
		device.GetMigDeviceHandleByIndexFunc = func(i int) (nvml.Device, nvml.Return) {
			if uuids[i] == "" {
				return nil, nvml.ERROR_NOT_FOUND
			}
			return instances[i], nvml.SUCCESS
		}
		unsupported := func() (uint32, uint32, nvml.Return) { return 0, 0, nvml.ERROR_NOT_SUPPORTED }
		device.GetUtilizationRatesFunc = func() (nvml.Utilization, nvml.Return) { return nvml.Utilization{}, nvml.ERROR_NOT_SUPPORTED }
		device.GetEncoderUtilizationFunc, device.GetDecoderUtilizationFunc = unsupported, unsupported
		b := newBench(t, nvidiatest.New([]*mock.Device{device})).open()
		const columns = "GPU0_Load_Percent GPU0_Memory_Load_Percent GPU0_Encoder_Percent GPU0_Memory_Used_GB GPU0_MIG0_Memory_Used_GB GPU0_MIG1_Memory_Used_GB GPU0_MIG2_Memory_Used_GB GPU0_MIG2_Memory_Total_GB"
		const why = "GPU0_Load_Percent, GPU0_Memory_Load_Percent, GPU0_Encoder_Percent, GPU0_Decoder_Percent: ERROR_NOT_SUPPORTED"
		b.expect("two instances, and a gap", columns, "   30 1 none 3 10", why)
		if len(b.names) != 1 || len(b.names[0]) != 3 || b.names[0][2].MIG != 2 || b.names[0][2].UUID != "MIG-c" {
			t.Errorf("Identify was told %v, want the GPU and two instances", b.names)
		}
		for range 11 {
			b.tick()
		}
		b.said("MIG instances", 0)
		instances[2].GetMemoryInfoFunc = func() (nvml.Memory, nvml.Return) { return nvml.Memory{}, nvml.ERROR_NOT_FOUND }
		uuids[2] = ""
		b.expect("one was taken away", columns, "   30 1 none  ", why+"\nGPU0_MIG2_Memory_Used_GB: ERROR_NOT_FOUND")
		for range 40 {
			b.tick()
		}
		b.said("the MIG instances of GPU0 are not those of its columns; a new start", 1)
	})
}

func TestShareOfTheProcess(t *testing.T) {
	within(t, func(t *testing.T) {
		device := nvidiatest.Device(0)
		pids := []int{100, 200}
		b := newBench(t, nvidiatest.New([]*mock.Device{device}))
		b.config.PIDs = func() []int { return pids }
		b.config.Proc = t.TempDir() // nobody knows whose numbers these are
		b.open()
		var infos, drawing []nvml.ProcessInfo
		var samples []nvml.ProcessUtilizationSample
		ret, asked := nvml.SUCCESS, uint64(0)
		device.GetComputeRunningProcessesFunc = func() ([]nvml.ProcessInfo, nvml.Return) { return infos, nvml.SUCCESS }
		device.GetGraphicsRunningProcessesFunc = func() ([]nvml.ProcessInfo, nvml.Return) { return drawing, nvml.SUCCESS }
		device.GetProcessUtilizationFunc = func(since uint64) ([]nvml.ProcessUtilizationSample, nvml.Return) {
			asked = since
			return samples, ret
		}
		const columns = "GPU0_Process_Memory_GB GPU0_Process_SM_Percent"
		infos = []nvml.ProcessInfo{{Pid: 7, UsedGpuMemory: gb}}
		ret = nvml.ERROR_NOT_FOUND
		b.expect("others, whose numbers may be ours by another name", columns, " ", "")
		b.said("docker run --pid=host", 1)
		now := uint64(time.Now().UnixMicro())
		infos = []nvml.ProcessInfo{
			{Pid: 7, UsedGpuMemory: gb}, {Pid: 100, UsedGpuMemory: 2 * gb}, {Pid: 200, UsedGpuMemory: 3 * gb, GpuInstanceId: 1}, {Pid: 200, UsedGpuMemory: gb, GpuInstanceId: 2},
		}
		drawing = []nvml.ProcessInfo{{Pid: 100, UsedGpuMemory: 2 * gb}, {Pid: 200, UsedGpuMemory: gb / 2}}
		samples, ret = []nvml.ProcessUtilizationSample{
			{Pid: 7, SmUtil: 90}, {Pid: 100, SmUtil: 10, TimeStamp: 1}, {Pid: 100, SmUtil: 20, TimeStamp: 2}, {Pid: 200, SmUtil: 5, TimeStamp: 1}, {Pid: 200, SmUtil: 4_000_000_000, TimeStamp: 9},
		}, nvml.SUCCESS
		b.expect("ours, by compute and graphics, instance and time", columns, "6.5 25", "")
		if asked != now-1_000_000 {
			t.Errorf("samples were asked for since %d, want the last second before %d", asked, now)
		}
		infos, drawing, ret = nil, nil, nvml.ERROR_NOT_FOUND
		samples = nil
		b.expect("nothing, now that the numbers are known to fit", columns, "0 0", "")
		infos, samples, ret = []nvml.ProcessInfo{{Pid: 100, UsedGpuMemory: notAvailable}}, []nvml.ProcessUtilizationSample{{Pid: 100, SmUtil: 101}}, nvml.SUCCESS
		b.expect("there, but the driver does not know how much", columns, " ", "")
		samples = []nvml.ProcessUtilizationSample{{Pid: 100, SmUtil: 60}, {Pid: 200, SmUtil: 60}}
		pids = nil
		b.expect("no process", columns, " ", "")
		pids = []int{100, 200}
		b.expect("never above 100", columns, " 100", "")
		device.GetProcessUtilizationFunc = func(uint64) ([]nvml.ProcessUtilizationSample, nvml.Return) {
			return make([]nvml.ProcessUtilizationSample, 1)[:pids[0]], nvml.SUCCESS // as go-nvml where processes came between its two calls
		}
		b.expect("go-nvml panics", columns, " ", "GPU0_Process_SM_Percent: ERROR_INSUFFICIENT_SIZE")
	})
}

func TestNoShareWithoutAProcess(t *testing.T) {
	within(t, func(t *testing.T) {
		b := newBench(t, nvidiatest.New([]*mock.Device{nvidiatest.Device(0)})).open()
		if columns := strings.Join(b.Columns(), " "); strings.Contains(columns, "Process") {
			t.Errorf("Columns = %s, want none of a process", columns)
		}
	})
}
