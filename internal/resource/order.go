package resource

import (
	"slices"
	"strings"
)

// timePlace stands for the column Time in an order: it comes from no cell.
const timePlace = -1

// arrange returns the order of a file's columns behind Timestamp, as places in columns. The columns that the first version
// had stand first and in its order, so that a script that counts columns stays right; Time is next, and then
// the others as they come.
func arrange(columns []string) []int {
	order := make([]int, 0, len(columns)+1)
	for i := range columns {
		order = append(order, i)
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(columns[a]) - rank(columns[b]) })
	end := slices.IndexFunc(order, func(i int) bool { return rank(columns[i]) == rankRest })
	if end < 0 {
		end = len(order)
	}
	return slices.Insert(order, end, timePlace)
}

// The ranks of columns: those of the machine, of its GPUs and of the monitor that the first version had, and all others.
const (
	rankMachine = iota
	rankGPU
	rankMonitor
	rankRest
)

func rank(column string) int {
	switch column {
	case CPUPercent, MemoryTotalGB, MemoryUsedGB, MemoryAvailableGB, MemoryPercent:
		return rankMachine
	case MonitorCPUPercent, MonitorRSSMB:
		return rankMonitor
	}
	if device, what, ok := strings.Cut(column, "_"); ok && isGPU(device) {
		switch what {
		case gpuLoad, gpuMemoryUsed, gpuMemoryTotal, gpuTemperature, gpuPower:
			return rankGPU
		}
	}
	return rankRest
}

// isGPU says whether a word is GPU and a number.
func isGPU(word string) bool {
	number, ok := strings.CutPrefix(word, "GPU")
	return ok && number != "" && strings.Trim(number, "0123456789") == ""
}
