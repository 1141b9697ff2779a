package usage

import (
	"os"
	"strconv"
	"strings"

	"github.com/shirou/gopsutil/v3/mem"
)

// limitFiles are where the kernel says how much memory a container may have, for both versions of cgroups
// (Documentation/admin-guide/cgroup-v2.rst, cgroup-v1/memory.rst).
func limitFiles() []string {
	return []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}
}

// MemoryLimit is how many bytes this process may take: those of its container, or of the machine; 0 if neither is known.
func MemoryLimit() uint64 {
	var limit uint64
	if machine, err := mem.VirtualMemory(); err == nil {
		limit = machine.Total
	}
	for _, file := range limitFiles() {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		if n := parseLimit(string(text)); n > 0 && (limit == 0 || n < limit) {
			limit = n
		}
	}
	return limit
}

// parseLimit reads a limit; "max" is none.
func parseLimit(text string) uint64 {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
