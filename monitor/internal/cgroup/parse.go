package cgroup

import (
	"bytes"
	"math"

	"gregaria/monitor/internal/kernel"
)

// noLimit is what version 1 shows above as a memory limit that was never set: the largest multiple of a page in 63 bits.
const noLimit = 1 << 62

// parseQuota reads cpu.max of version 2, "20000 100000" or "max 100000", as cores. Version 1 has the two in files of their own, and
// -1 for none. It returns false for anything that is no quota.
func parseQuota(data []byte) (cores float64, ok bool) {
	word, rest := kernel.NextWord(bytes.TrimSpace(data))
	period, _, ok := kernel.NextUint(rest)
	if !ok || period == 0 {
		return 0, false
	}
	if string(word) == "max" || string(word) == "-1" {
		return math.Inf(1), true
	}
	quota, ok := kernel.Uint(word)
	return float64(quota) / float64(period), ok
}

// parseLimit reads memory.max, pids.max and their like: a number, or "max" for none.
func parseLimit(data []byte) (limit float64, ok bool) {
	word := bytes.TrimSpace(data)
	if string(word) == "max" {
		return math.Inf(1), true
	}
	value, ok := kernel.Uint(word)
	if ok && value >= noLimit {
		return math.Inf(1), true
	}
	return float64(value), ok
}

// parseNumber reads a file that is one number.
func parseNumber(data []byte) Number {
	value, ok := kernel.Uint(bytes.TrimSpace(data))
	return Number{value, ok}
}

// number finds a key in a file of lines "key number".
func number(data []byte, key string) Number {
	value, ok := kernel.Value(data, key)
	return Number{value, ok}
}

// times is a Number in a smaller unit.
func (n Number) times(factor uint64) Number { return Number{n.Value * factor, n.Known} }

// workingSet is usage without the file pages that nobody used lately, as kubelet and docker stats count it.
func workingSet(usage, inactiveFile Number) Number {
	if !usage.Known || !inactiveFile.Known {
		return Number{}
	}
	return Number{usage.Value - min(usage.Value, inactiveFile.Value), true}
}
