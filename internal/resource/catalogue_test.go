package resource_test

import (
	"slices"
	"testing"

	"gregaria/internal/resource"
)

func TestEntry(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		column, entry string
		labels        []resource.Label
	}{
		{resource.CPUPercent, resource.CPUPercent, nil},
		{resource.GPUPowerW(12), "GPU<n>_Power_W", []resource.Label{{Name: "gpu", Value: "12"}}},
		{resource.MIGMemoryUsedGB(1, 12), "GPU<n>_MIG<n>_Memory_Used_GB", []resource.Label{{Name: "gpu", Value: "1"}, {Name: "mig", Value: "12"}}},
		{"GPU0_MIG_Memory_Used_GB", "", nil},
		{"Monitor_Took_gpu_MS", "Monitor_Took_<group>_MS", []resource.Label{{Name: "group", Value: "gpu"}}},
		{"GPUx_Power_W", "", nil},
		{"CPU", "", nil},
		{"", "", nil},
	} {
		entry, labels, ok := resource.Entry(c.column)
		if entry != c.entry || !slices.Equal(labels, c.labels) || ok != (c.entry != "") {
			t.Errorf("Entry(%q) = %q, %v, %v, want %q, %v", c.column, entry, labels, ok, c.entry, c.labels)
		}
	}
}
