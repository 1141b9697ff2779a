package kernel

import "bytes"

// maxCPU is above every number of a CPU: the largest NR_CPUS of a kernel is 8192 (arch/x86/Kconfig).
const maxCPU = 1 << 16

// CountCPUs returns how many CPUs a list such as "0-3,7" has, the form of /sys/devices/system/cpu/online and of cpusets. It
// returns false for any other text, and for an empty one.
func CountCPUs(list []byte) (int, bool) {
	list = bytes.TrimSpace(list)
	count := 0
	for len(list) > 0 {
		item, rest, more := bytes.Cut(list, []byte(","))
		if more && len(rest) == 0 {
			return 0, false
		}
		list = rest
		low, high, isRange := bytes.Cut(item, []byte("-"))
		first, ok := Uint(low)
		last := first
		if ok && isRange {
			last, ok = Uint(high)
		}
		if !ok || last < first || last >= maxCPU {
			return 0, false
		}
		count += int(last-first) + 1
	}
	return count, count > 0
}
