package collector

import (
	"bytes"

	"gregaria/monitor/internal/kernel"
)

// traffic is what an interface has carried since it was made, in the order of the columns.
type traffic [8]uint64

// The numbers of a traffic.
const (
	receiveBytes = iota
	transmitBytes
	receivePackets
	transmitPackets
	receiveDrops
	transmitDrops
	receiveErrors
	transmitErrors
)

// nextInterface reads the next interface of /proc/net/dev (dev_seq_printf_stats in net/core/net-procfs.c). Lines that are none
// of an interface are left out: the two of titles. ok is false where none is left.
//
//	name: bytes packets errs drop fifo frame compressed multicast  bytes packets errs drop fifo colls carrier compressed
func nextInterface(data []byte) (name []byte, t traffic, rest []byte, ok bool) {
	for {
		var line []byte
		line, data, ok = kernel.NextLine(data)
		if !ok {
			return nil, t, nil, false
		}
		name, numbers, isOne := bytes.Cut(line, []byte{':'}) // an old kernel leaves no space behind it
		name = bytes.TrimLeft(name, " ")
		if isOne && len(name) > 0 && parseTraffic(numbers, &t) {
			return name, t, data, true
		}
	}
}

func parseTraffic(numbers []byte, t *traffic) bool {
	for _, field := range [...]int{receiveBytes, receivePackets, receiveErrors, receiveDrops, -4, transmitBytes, transmitPackets, transmitErrors, transmitDrops} {
		if field < 0 {
			numbers = kernel.SkipWords(numbers, -field)
			continue
		}
		var ok bool
		if t[field], numbers, ok = kernel.NextUint(numbers); !ok {
			return false
		}
	}
	return true
}
