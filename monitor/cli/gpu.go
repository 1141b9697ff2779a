package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"gregaria/monitor/internal/collector"
	"gregaria/monitor/internal/nvidia"
)

// What --gpu can be.
const (
	gpuAuto    = "auto"
	gpuOff     = "off"
	gpuRequire = "require"
)

// checkGPU compares --gpu with the groups of --collect.
func (f flags) checkGPU(groups []string) error {
	switch {
	case f.GPU == gpuOff && slices.ContainsFunc(f.Collect, func(name string) bool { return strings.TrimSpace(name) == collector.GPUs }):
		return fmt.Errorf("--gpu off: --collect names the group %s; leave one of the two out", collector.GPUs)
	case f.GPU == gpuRequire && !slices.Contains(groups, collector.GPUs):
		return fmt.Errorf("--gpu require: --collect leaves the group %s out; add it, or leave out --gpu", collector.GPUs)
	default:
		return nil
	}
}

// identify returns what says of which devices the columns are: on stderr, to Prometheus, and in a file beside the CSV.
func (f flags) identify(web *web, note func(string)) func([]nvidia.Identity) {
	return func(list []nvidia.Identity) {
		for _, device := range list {
			note(described(device))
		}
		web.identify(list)
		if f.NoCSV || f.Output == standardOutput {
			return
		}
		if err := writeGPUs(gpusName(f.Output), list); err != nil {
			note("the list of GPUs was not written: " + err.Error())
		}
	}
}

// described is a device in a line: GPU0 is NVIDIA L4, 22.5 GB, GPU-..., at 0000:65:00.0, driver 570.86.15.
func described(device nvidia.Identity) string {
	parts := []string{device.Name}
	if device.Name == "" {
		parts[0] = "a GPU without a name"
	}
	if device.MemoryGB > 0 {
		parts = append(parts, strconv.FormatFloat(device.MemoryGB, 'f', 1, 64)+" GB")
	}
	for _, part := range []struct{ before, text string }{{"", device.UUID}, {"at ", device.PCI}, {"driver ", device.Driver}} {
		if part.text != "" {
			parts = append(parts, part.before+part.text)
		}
	}
	return number(device) + " is " + strings.Join(parts, ", ")
}

// number is how the device's columns begin.
func number(device nvidia.Identity) string {
	if device.MIG == nvidia.Whole {
		return fmt.Sprintf("GPU%d", device.GPU)
	}
	return fmt.Sprintf("GPU%d_MIG%d", device.GPU, device.MIG)
}

// gpusName is the file beside the CSV that says which GPUs it has: metrics.gpus.csv for metrics.csv. It is a file of its own, because
// a line of comment in a CSV is a row of data to a spreadsheet, and a wrong header to pandas.
func gpusName(output string) string { return strings.TrimSuffix(output, ".csv") + ".gpus.csv" }

// writeGPUs writes the file, or replaces that of an earlier start: in one step, so that no reader sees half of it.
func writeGPUs(path string, list []nvidia.Identity) error {
	next := path + ".new"
	file, err := os.Create(next)
	if err != nil {
		return err
	}
	w := csv.NewWriter(file)
	_ = w.Write([]string{"GPU", "MIG", "Columns", "Name", "UUID", "PCI", "Memory_Total_GB", "Driver", "CUDA"}) // Flush has the error
	for _, d := range list {
		part, size := "", ""
		if d.MIG != nvidia.Whole {
			part = strconv.Itoa(d.MIG)
		}
		if d.MemoryGB > 0 {
			size = strconv.FormatFloat(d.MemoryGB, 'f', 2, 64)
		}
		_ = w.Write([]string{strconv.Itoa(d.GPU), part, number(d), d.Name, d.UUID, d.PCI, size, d.Driver, d.CUDA})
	}
	w.Flush()
	if err := errors.Join(w.Error(), file.Close()); err != nil {
		return err
	}
	return os.Rename(next, path)
}
