//go:build cgo && linux

package collector

import (
	"errors"
	"strings"
	"testing"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"
)

// fakeDevice is a GPU at 37 % whose every metric can be read.
func fakeDevice() *mock.Device {
	return &mock.Device{
		GetUtilizationRatesFunc: func() (nvml.Utilization, nvml.Return) {
			return nvml.Utilization{Gpu: 37, Memory: 99}, nvml.SUCCESS
		},
		GetMemoryInfoFunc: func() (nvml.Memory, nvml.Return) {
			return nvml.Memory{Total: 80 * gb, Free: 50 * gb, Used: 30 * gb}, nvml.SUCCESS
		},
		GetTemperatureFunc: func(nvml.TemperatureSensors) (uint32, nvml.Return) { return 54, nvml.SUCCESS },
		GetPowerUsageFunc:  func() (uint32, nvml.Return) { return 123_456, nvml.SUCCESS },
	}
}

// fakeDriver has the devices, and every function but those in lacks.
func fakeDriver(devices []*mock.Device, lacks ...string) *mock.Interface {
	extensions := &mock.ExtendedInterface{LookupSymbolFunc: func(symbol string) error {
		for _, lacked := range lacks {
			if symbol == lacked {
				return errors.New("undefined symbol")
			}
		}
		return nil
	}}
	return &mock.Interface{
		InitFunc:           func() nvml.Return { return nvml.SUCCESS },
		ExtensionsFunc:     func() nvml.ExtendedInterface { return extensions },
		DeviceGetCountFunc: func() (int, nvml.Return) { return len(devices), nvml.SUCCESS },
		DeviceGetHandleByIndexFunc: func(i int) (nvml.Device, nvml.Return) {
			if devices[i] == nil {
				return nil, nvml.ERROR_GPU_IS_LOST
			}
			return devices[i], nvml.SUCCESS
		},
	}
}

func openFakeGPU(Settings) (Collector, error) {
	return newGPU(fakeDriver([]*mock.Device{fakeDevice()}))
}

func TestGPUColumns(t *testing.T) {
	t.Parallel()
	g, err := newGPU(fakeDriver([]*mock.Device{fakeDevice(), fakeDevice()}))
	if err != nil {
		t.Fatal(err)
	}
	want := "GPU0_Load_Percent GPU0_Memory_Used_GB GPU0_Memory_Total_GB GPU0_Temperature_C GPU0_Power_W " +
		"GPU1_Load_Percent GPU1_Memory_Used_GB GPU1_Memory_Total_GB GPU1_Temperature_C GPU1_Power_W"
	if got := strings.Join(g.Columns(), " "); got != want {
		t.Errorf("Columns = %q, want %q", got, want)
	}
}

func TestGPUCollect(t *testing.T) {
	t.Parallel()
	notSupported := func(d *mock.Device) {
		d.GetUtilizationRatesFunc = func() (nvml.Utilization, nvml.Return) {
			return nvml.Utilization{Gpu: 77}, nvml.ERROR_NOT_SUPPORTED
		}
	}
	for _, c := range []struct {
		why       string
		change    func(*mock.Device)
		lacks     string
		want, err string
	}{
		{why: "all is well", want: "37 30 80 54 123.456"},
		{why: "cut up by MIG", change: notSupported, want: " 30 80 54 123.456", err: "GPU0_Load_Percent: ERROR_NOT_SUPPORTED"},
		{why: "an old driver", lacks: "nvmlDeviceGetPowerUsage", want: "37 30 80 54 ", err: "GPU0_Power_W: the NVIDIA driver is too old: it has no nvmlDeviceGetPowerUsage"},
		{why: "two columns of one query", lacks: "nvmlDeviceGetMemoryInfo", want: "37   54 123.456", err: "GPU0_Memory_Used_GB: "},
		{why: "no words for errors", change: notSupported, lacks: "nvmlErrorString", want: " 30 80 54 123.456", err: "GPU0_Load_Percent: NVML error 3"},
		{why: "an old but sufficient driver", lacks: "nvmlDeviceGetCount_v2", want: "37 30 80 54 123.456"},
	} {
		device := fakeDevice()
		if c.change != nil {
			c.change(device)
		}
		g, err := newGPU(fakeDriver([]*mock.Device{device}, c.lacks))
		if err != nil {
			t.Fatalf("%s: %v", c.why, err)
		}
		cells, err := collect(g)
		if got := text(cells); got != c.want {
			t.Errorf("%s: Collect = %q, want %q", c.why, got, c.want)
		}
		if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.HasPrefix(err.Error(), c.err)) {
			t.Errorf("%s: Collect = %v, want %q", c.why, err, c.err)
		}
	}
}

func TestGPUWithoutHandleIsLookedForAgain(t *testing.T) {
	t.Parallel()
	devices := []*mock.Device{nil, fakeDevice()}
	g, err := newGPU(fakeDriver(devices))
	if err != nil {
		t.Fatal(err)
	}
	cells, err := collect(g)
	if got, want := text(cells), "     37 30 80 54 123.456"; got != want || err == nil {
		t.Errorf("Collect = %q, %v, want %q and why", got, err, want)
	}
	devices[0] = fakeDevice()
	cells, err = collect(g)
	if got, want := text(cells), "37 30 80 54 123.456 37 30 80 54 123.456"; got != want || err != nil {
		t.Errorf("Collect = %q, %v, want %q", got, err, want)
	}
}

func TestNoGPU(t *testing.T) {
	t.Parallel()
	one := []*mock.Device{fakeDevice()}
	broken := fakeDriver(one)
	broken.InitFunc = func() nvml.Return { return nvml.ERROR_DRIVER_NOT_LOADED }
	uncounted := fakeDriver(one)
	uncounted.DeviceGetCountFunc = func() (int, nvml.Return) { return 7, nvml.ERROR_UNKNOWN }
	for _, c := range []struct {
		lib  nvml.Interface
		want string
	}{
		{broken, "ERROR_DRIVER_NOT_LOADED"},
		{uncounted, "ERROR_UNKNOWN"},
		{fakeDriver(nil), "no device"},
		{fakeDriver(one, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"), "too old: it has no nvmlDeviceGetCount_v2"},
	} {
		g, err := newGPU(c.lib)
		if g != nil || !errors.Is(err, ErrAbsent) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("newGPU = %v, %v, want %v that says %q", g, err, ErrAbsent, c.want)
		}
	}
}
