//go:build cgo && linux

package nvidia

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/nvidia/nvidiatest"
)

// A bench is what a test looks at GPUs with.
type bench struct {
	t      *testing.T
	driver *nvidiatest.Driver
	config Config
	*GPUs

	mu    sync.Mutex
	notes []string
	names [][]Identity
}

func newBench(t *testing.T, driver *nvidiatest.Driver) *bench {
	b := &bench{t: t, driver: driver}
	b.config = Config{
		Proc: "/proc", Sys: t.TempDir(), Interval: time.Second, Stop: t.Context().Done(),
		Note:     func(line string) { b.mu.Lock(); defer b.mu.Unlock(); b.notes = append(b.notes, line) },
		Identify: func(list []Identity) { b.mu.Lock(); defer b.mu.Unlock(); b.names = append(b.names, list) },
		Library:  func() (nvml.Interface, error) { return driver, nil },
	}
	return b
}

func (b *bench) open() *bench {
	b.t.Helper()
	g, err := Open(b.config)
	if err != nil {
		b.t.Fatal(err)
	}
	b.GPUs = g
	return b
}

// tick reads a row, a second after the last: the cells under the columns that are asked for by their ends, and why others are empty.
func (b *bench) tick(columns ...string) (cells, err string) {
	row := make([]resource.Cell, len(b.Columns()))
	if e := b.Collect(row); e != nil {
		err = e.Error()
	}
	b.Idle()
	time.Sleep(time.Second)
	var texts []string
	for _, column := range columns {
		i := slices.Index(b.Columns(), column)
		if i < 0 {
			texts = append(texts, "none")
			continue
		}
		texts = append(texts, row[i].String())
	}
	return strings.Join(texts, " "), err
}

// expect compares a tick.
func (b *bench) expect(why, columns, cells, err string) {
	b.t.Helper()
	if got, gotErr := b.tick(strings.Fields(columns)...); got != cells || gotErr != err {
		b.t.Errorf("%s: %s = %q, %q, want %q, %q", why, columns, got, gotErr, cells, err)
	}
}

// said counts the notes with the text.
func (b *bench) said(text string, want int) {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, note := range b.notes {
		if strings.Contains(note, text) {
			n++
		}
	}
	if n != want {
		b.t.Errorf("%q was said %d times, want %d: %q", text, n, want, b.notes)
	}
}

// within runs a test in simulated time.
func within(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, test)
}

func TestEveryColumn(t *testing.T) {
	within(t, func(t *testing.T) {
		b := newBench(t, nvidiatest.New([]*mock.Device{nvidiatest.Device(0), nvidiatest.Device(1)}))
		b.config.PIDs = func() []int { return []int{1} }
		b.open()
		var want []string
		for _, number := range []string{"0", "1"} {
			for _, entry := range resource.Catalogue() {
				if strings.HasPrefix(entry, "GPU<n>") && !strings.Contains(entry, "MIG") {
					want = append(want, strings.Replace(entry, "<n>", number, 1))
				}
			}
		}
		if !slices.Equal(b.Columns(), want) {
			t.Errorf("Columns = %q, want %q", b.Columns(), want)
		}
		b.tick()
		cells := "37 30 80 54 123.456 9 1 12 3 4 300 0 1001 1002 2 0 0 0 0 0 0 0 66 30 0 0 7 8 0"
		b.expect("all is well", strings.Join(want, " "), cells+" "+cells, "")
		if got := fmt.Sprint(b.names); got != "[[{0 -1 Fake GPU GPU-0 0000:00:00.0 80 570.86 12.8} {1 -1 Fake GPU GPU-1 0000:01:00.0 80 570.86 12.8}]]" {
			t.Errorf("Identify was told %s", got)
		}
	})
}

func TestWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	unsupported := func() (nvml.Utilization, nvml.Return) {
		return nvml.Utilization{Gpu: 77, Memory: 7}, nvml.ERROR_NOT_SUPPORTED
	}
	const columns = "GPU0_Load_Percent GPU0_Memory_Used_GB GPU0_Memory_Total_GB GPU0_Power_W GPU0_Memory_Load_Percent GPU0_Fan_Percent"
	for _, c := range []struct {
		why        string
		change     func(*mock.Device) // at the start
		later      func(*mock.Device)
		lacks      string
		cells, err string
	}{
		{why: "all is well", cells: "37 30 80 123.456 9 30"},
		{why: "no load", change: func(d *mock.Device) { d.GetUtilizationRatesFunc = unsupported }, cells: " 30 80 123.456 none 30", err: "GPU0_Load_Percent: ERROR_NOT_SUPPORTED"},
		{
			why: "MIG is on later", later: func(d *mock.Device) { d.GetUtilizationRatesFunc = unsupported }, cells: " 30 80 123.456  30",
			err: "GPU0_Load_Percent, GPU0_Memory_Load_Percent: ERROR_NOT_SUPPORTED",
		},
		{why: "no words for errors", lacks: "nvmlErrorString", change: func(d *mock.Device) { d.GetUtilizationRatesFunc = unsupported }, cells: " 30 80 123.456 none 30", err: "GPU0_Load_Percent: NVML error 3"},
		{why: "an old driver", lacks: "nvmlDeviceGetPowerUsage", cells: "37 30 80  9 30", err: "GPU0_Power_W: the NVIDIA driver is too old: it has no nvmlDeviceGetPowerUsage"},
		{why: "two columns of one query", lacks: "nvmlDeviceGetMemoryInfo", cells: "37   123.456 9 30", err: "GPU0_Memory_Used_GB: the NVIDIA driver is too old: it has no nvmlDeviceGetMemoryInfo"},
		{why: "a newer function than needed", lacks: "nvmlDeviceGetCount_v2", cells: "37 30 80 123.456 9 30"},
		{why: "no fan", change: func(d *mock.Device) {
			d.GetFanSpeedFunc = func() (uint32, nvml.Return) { return 0, nvml.ERROR_NOT_SUPPORTED }
		}, cells: "37 30 80 123.456 9 none"},
		{why: "no function for the fan", lacks: "nvmlDeviceGetFanSpeed", cells: "37 30 80 123.456 9 none"},
		{why: "the fan cannot be read now", change: func(d *mock.Device) {
			d.GetFanSpeedFunc = func() (uint32, nvml.Return) { return 0, nvml.ERROR_UNKNOWN }
		}, cells: "37 30 80 123.456 9 ", err: "GPU0_Fan_Percent: ERROR_UNKNOWN"},
		{
			why: "it is lost", later: func(d *mock.Device) {
				d.GetMemoryInfoFunc = func() (nvml.Memory, nvml.Return) { return nvml.Memory{Used: gb}, nvml.ERROR_GPU_IS_LOST }
			}, cells: "37     ", err: "GPU0: ERROR_GPU_IS_LOST",
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			device := nvidiatest.Device(0)
			if c.change != nil {
				c.change(device)
			}
			b := newBench(t, nvidiatest.New([]*mock.Device{device}, c.lacks)).open()
			if c.later != nil {
				c.later(device)
			}
			b.expect(c.why, columns, c.cells, c.err)
		})
	}
}

func TestNoGPU(t *testing.T) {
	t.Parallel()
	one := []*mock.Device{nvidiatest.Device(0)}
	broken := nvidiatest.New(one)
	broken.InitFunc = func() nvml.Return { return nvml.ERROR_DRIVER_NOT_LOADED }
	uncounted := nvidiatest.New(one)
	uncounted.DeviceGetCountFunc = func() (int, nvml.Return) { return 7, nvml.ERROR_UNKNOWN }
	for _, c := range []struct {
		driver *nvidiatest.Driver
		want   string
	}{
		{broken, "start the NVIDIA driver: ERROR_DRIVER_NOT_LOADED"},
		{uncounted, "count the devices: ERROR_UNKNOWN"},
		{nvidiatest.New(nil), "the NVIDIA driver has no device"},
		{nvidiatest.New(one, "nvmlDeviceGetCount_v2", "nvmlDeviceGetCount"), "too old: it has no nvmlDeviceGetCount_v2"},
	} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, c.driver)
			if g, err := Open(b.config); g != nil || err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Open = %v, %v, want %q", g, err, c.want)
			}
		})
	}
}

// TestLostGPU: where one of two is lost, NVML is started anew after a minute, where both are, after 10 s; and then each column is
// of the GPU that it was of.
func TestLostGPU(t *testing.T) {
	within(t, func(t *testing.T) {
		devices := []*mock.Device{nvidiatest.Device(0), nvidiatest.Device(1)}
		devices[1].GetTemperatureFunc = func(nvml.TemperatureSensors) (uint32, nvml.Return) { return 60, nvml.SUCCESS }
		lost := map[*mock.Device]bool{}
		for _, d := range devices {
			d.GetUtilizationRatesFunc = func() (nvml.Utilization, nvml.Return) {
				if lost[d] {
					return nvml.Utilization{}, nvml.ERROR_GPU_IS_LOST
				}
				return nvml.Utilization{Gpu: 37}, nvml.SUCCESS
			}
		}
		b := newBench(t, nvidiatest.New(slices.Clone(devices))).open()
		const columns = "GPU0_Load_Percent GPU0_Temperature_C GPU1_Load_Percent GPU1_Temperature_C"
		b.expect("at first", columns, "37 54 37 60", "")
		starts := func() int { return len(b.driver.InitCalls()) }

		lost[devices[1]] = true
		for range 59 {
			b.expect("one is lost", columns, "37 54  ", "GPU1: ERROR_GPU_IS_LOST")
		}
		if starts() != 1 {
			t.Errorf("NVML was started %d times within a minute", starts())
		}
		b.driver.Devices = b.driver.Devices[:1]
		b.tick()
		b.tick()
		b.expect("the driver has one left", columns, "37 54  ", "GPU1: the NVIDIA driver does not have it now (GPU-1)")
		if starts() != 2 || len(b.driver.ShutdownCalls()) != 1 {
			t.Errorf("NVML was started %d times and stopped %d times, want 2 and 1", starts(), len(b.driver.ShutdownCalls()))
		}

		lost[devices[0]], lost[devices[1]] = true, false
		b.driver.Devices = []*mock.Device{devices[1], devices[0]}
		devices[0].GetPciInfoFunc, devices[1].GetPciInfoFunc = devices[1].GetPciInfoFunc, devices[0].GetPciInfoFunc
		b.expect("both are lost", columns, "   ", "GPU0: ERROR_GPU_IS_LOST\nGPU1: the NVIDIA driver does not have it now (GPU-1)")
		for range 60 {
			b.tick()
		}
		b.expect("one is back, in another place", columns, "  37 60", "GPU0: ERROR_GPU_IS_LOST")
		lost[devices[0]] = false
		b.expect("the other without any start", columns, "37 54 37 60", "")
		if len(b.names) != 2 || b.names[1][0].UUID != "GPU-0" || b.names[1][0].PCI != "0000:01:00.0" {
			t.Errorf("Identify was told %v, want the devices once more, in their new places", b.names)
		}
	})
}

func TestDriverIsTriedAgain(t *testing.T) {
	within(t, func(t *testing.T) {
		b := newBench(t, nvidiatest.New([]*mock.Device{nvidiatest.Device(0)})).open()
		b.expect("at first", "GPU0_Load_Percent", "37", "")
		answer := nvml.ERROR_LIB_RM_VERSION_MISMATCH
		b.driver.InitFunc = func() nvml.Return { return answer }
		b.driver.Devices[0].GetUtilizationRatesFunc = func() (nvml.Utilization, nvml.Return) { return nvml.Utilization{}, nvml.ERROR_UNINITIALIZED }
		for range 11 {
			b.expect("it was unloaded", "GPU0_Load_Percent", "", "GPU0: ERROR_UNINITIALIZED")
		}
		b.expect("a new one is there", "GPU0_Load_Percent", "", "start the NVIDIA driver: ERROR_LIB_RM_VERSION_MISMATCH (if the driver was renewed since the monitor began, start the monitor anew); it is tried again every 10s")
		answer = nvml.SUCCESS
		b.driver.Devices[0] = nvidiatest.Device(0)
		for range 9 {
			b.tick()
		}
		b.expect("and fits", "GPU0_Load_Percent", "37", "")
		if starts := len(b.driver.InitCalls()); starts != 3 {
			t.Errorf("NVML was started %d times, want 3", starts)
		}
	})
}

// onTheBus records GPUs on a PCI bus.
func onTheBus(t *testing.T, addresses ...string) string {
	t.Helper()
	sys := t.TempDir()
	for _, at := range addresses {
		folder := filepath.Join(sys, "bus/pci/devices", at)
		err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "vendor"), []byte("0x10de\n"), 0o600), os.WriteFile(filepath.Join(folder, "class"), []byte("0x030200\n"), 0o600))
		if err != nil {
			t.Fatal(err)
		}
	}
	return sys
}

// TestSlowDriver: it answers after 7 s. The columns are those of the bus; each gets the GPU at its address.
func TestSlowDriver(t *testing.T) {
	within(t, func(t *testing.T) {
		other := nvidiatest.Device(9)
		other.GetTemperatureFunc = func(nvml.TemperatureSensors) (uint32, nvml.Return) { return 60, nvml.SUCCESS }
		b := newBench(t, nvidiatest.New([]*mock.Device{other, nvidiatest.Device(1), nvidiatest.Device(7), nvidiatest.Device(8)}))
		b.config.Sys = onTheBus(t, "0000:01:00.0", "0000:02:00.0", "0000:09:00.0")
		b.driver.InitFunc = func() nvml.Return { time.Sleep(7 * time.Second); return nvml.SUCCESS }
		began := time.Now()
		b.open()
		if waited := time.Since(began); waited != Patience {
			t.Errorf("Open waited %s, want %s", waited, Patience)
		}
		const columns = "GPU0_Temperature_C GPU1_Temperature_C GPU2_Temperature_C GPU2_Fan_Percent"
		for range 5 {
			b.expect("not yet", columns, "   ", "the NVIDIA driver was started and has not answered yet")
		}
		b.tick()
		b.expect("it has come", columns, "54  60 30", "GPU1: the NVIDIA driver does not have it now")
		b.said("the NVIDIA driver has a GPU without columns: Fake GPU (GPU-7); a new start", 1)
		b.said("a GPU without columns", 1)
		if len(b.names) != 1 || len(b.names[0]) != 2 || b.names[0][1].GPU != 2 || b.names[0][1].UUID != "GPU-9" {
			t.Errorf("Identify was told %v, want GPU-9 as number 2", b.names)
		}
	})
}

func TestDriverThatIsNeeded(t *testing.T) {
	within(t, func(t *testing.T) {
		b := newBench(t, nvidiatest.New([]*mock.Device{nvidiatest.Device(1)}))
		b.config.Sys, b.config.Needed = onTheBus(t, "0000:01:00.0"), true
		wait := 7 * time.Second
		b.driver.InitFunc = func() nvml.Return { time.Sleep(wait); return nvml.SUCCESS }
		began := time.Now()
		if _, err := Open(b.config); !errors.Is(err, errStarting) || time.Since(began) != NeededPatience {
			t.Errorf("Open = %v after %s, want %v after %s", err, time.Since(began), errStarting, NeededPatience)
		}
		time.Sleep(wait) // until the driver has answered
		synctest.Wait()
		wait = 4 * time.Second
		if _, err := Open(b.config); err != nil {
			t.Errorf("Open = %v, want none for a driver that takes 4 s", err)
		}
		b.driver.Devices[0] = nil
		if _, err := Open(b.config); err == nil || !strings.Contains(err.Error(), "GPU0: ERROR_GPU_IS_LOST") {
			t.Errorf("Open = %v, want why no device answers", err)
		}
	})
}

// TestDriverThatNobodyExpected is said once, and the search ends then.
func TestDriverThatNobodyExpected(t *testing.T) {
	within(t, func(t *testing.T) {
		b := newBench(t, nvidiatest.New([]*mock.Device{nvidiatest.Device(1)}))
		loads := 0
		library := b.config.Library
		b.config.Library = func() (nvml.Interface, error) {
			if loads++; loads < 4 {
				return nil, errors.New("no NVIDIA driver")
			}
			return library()
		}
		if _, err := Open(b.config); err == nil {
			t.Error("Open = no error without a driver and a GPU")
		}
		time.Sleep(5 * time.Minute)
		b.said("the NVIDIA driver has come; GPUs that have no columns: 1; a new start", 1)
		if loads != 4 || len(b.driver.ShutdownCalls()) != 1 {
			t.Errorf("the library was loaded %d times and stopped %d times, want 4 and 1", loads, len(b.driver.ShutdownCalls()))
		}
	})
}

// TestStopEndsTheWait: SIGTERM while the driver hangs.
func TestStopEndsTheWait(t *testing.T) {
	within(t, func(t *testing.T) {
		b := newBench(t, nvidiatest.New([]*mock.Device{nvidiatest.Device(1)}))
		b.driver.InitFunc = func() nvml.Return { time.Sleep(time.Minute); return nvml.SUCCESS }
		stop := make(chan struct{})
		b.config.Stop = stop
		began := time.Now()
		time.AfterFunc(300*time.Millisecond, func() { close(stop) })
		if _, err := Open(b.config); err == nil || time.Since(began) != 300*time.Millisecond {
			t.Errorf("Open = %v after %s, want it to end with Stop", err, time.Since(began))
		}
		time.Sleep(2 * time.Minute) // until the driver has answered
	})
}
