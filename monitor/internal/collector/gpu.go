//go:build cgo && linux

package collector

import (
	"errors"
	"fmt"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
)

// gpu collects every NVIDIA GPU of the machine, in the order of nvidia-smi.
type gpu struct {
	driver  driver
	devices []nvml.Device // nil where the driver gave no handle yet
}

// A query is one question to the driver about a device. It fills one column or more.
type query struct {
	symbol  string // the function of the driver's library that answers it
	columns []func(gpu int) string
	ask     func(nvml.Device) ([]float64, nvml.Return)
}

// queries lists the questions in the order of their columns.
func queries() []query {
	type columns = []func(int) string
	return []query{
		{"nvmlDeviceGetUtilizationRates", columns{resource.GPULoadPercent}, load},
		{"nvmlDeviceGetMemoryInfo", columns{resource.GPUMemoryUsedGB, resource.GPUMemoryTotalGB}, gpuMemory},
		{"nvmlDeviceGetTemperature", columns{resource.GPUTemperatureC}, temperature},
		{"nvmlDeviceGetPowerUsage", columns{resource.GPUPowerW}, power},
	}
}

func load(d nvml.Device) ([]float64, nvml.Return) {
	rates, ret := d.GetUtilizationRates()
	return []float64{float64(rates.Gpu)}, ret
}

func gpuMemory(d nvml.Device) ([]float64, nvml.Return) {
	info, ret := d.GetMemoryInfo()
	return []float64{float64(info.Used) / gb, float64(info.Total) / gb}, ret
}

func temperature(d nvml.Device) ([]float64, nvml.Return) {
	celsius, ret := d.GetTemperature(nvml.TEMPERATURE_GPU)
	return []float64{float64(celsius)}, ret
}

func power(d nvml.Device) ([]float64, nvml.Return) {
	milliwatts, ret := d.GetPowerUsage()
	return []float64{float64(milliwatts) / 1000}, ret
}

func openGPU(s Settings) (Collector, error) {
	if err := loadable(); err != nil {
		return nil, fmt.Errorf("GPU %w: %w", ErrAbsent, err)
	}
	g, err := newGPU(nvml.New())
	if err != nil {
		return nil, err
	}
	return inBackground("the NVIDIA driver", g, patience(s.Interval)), nil
}

// newGPU starts the driver and counts its devices.
func newGPU(lib nvml.Interface) (Collector, error) {
	d := driver{lib}
	if ret := lib.Init(); ret != nvml.SUCCESS {
		return nil, fmt.Errorf("GPU %w: start the NVIDIA driver: %s", ErrAbsent, d.reason(ret))
	}
	count, err := d.count()
	if err != nil {
		return nil, fmt.Errorf("GPU %w: count the devices: %w", ErrAbsent, err)
	}
	if count == 0 {
		return nil, fmt.Errorf("GPU %w: the NVIDIA driver has no device", ErrAbsent)
	}
	return &gpu{driver: d, devices: make([]nvml.Device, count)}, nil
}

func (g *gpu) Columns() []string {
	var columns []string
	for i := range g.devices {
		for _, q := range queries() {
			for _, column := range q.columns {
				columns = append(columns, column(i))
			}
		}
	}
	return columns
}

// Collect asks each device every query. What a device does not support, such as the load of one that is cut up by MIG, and
// everything of one that fell off the bus, is absent.
func (g *gpu) Collect(row []resource.Cell) error {
	var unread []error
	for i := range g.devices {
		for _, q := range queries() {
			values, err := g.ask(i, q)
			if err != nil {
				unread = append(unread, fmt.Errorf("%s: %w", q.columns[0](i), err))
			}
			for k, value := range values {
				row[k] = resource.Of(value)
			}
			row = row[len(q.columns):]
		}
	}
	return errors.Join(unread...)
}

// ask puts q to device i. A device that had no handle yet is looked for again.
func (g *gpu) ask(i int, q query) ([]float64, error) {
	if g.devices[i] == nil {
		device, err := g.driver.device(i)
		if err != nil {
			return nil, err
		}
		g.devices[i] = device
	}
	if err := g.driver.has(q.symbol); err != nil {
		return nil, err
	}
	values, ret := q.ask(g.devices[i])
	if ret != nvml.SUCCESS {
		return nil, errors.New(g.driver.reason(ret))
	}
	return values, nil
}
