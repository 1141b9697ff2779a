package analysis

import (
	"cmp"
	"math"
	"slices"
)

const (
	// slotBits are 512 slots to an octave: the buckets of HdrHistogram with two significant digits are 128 to 256 to an octave, so that no two of them share a slot.
	slotBits = 9
	// lowest and octaves are the range in powers of two of a ms: from half a microsecond to more than 19 hours.
	lowest  = -12
	octaves = 40
)

// Merge adds histograms up, however many, in one pass over their buckets. Those of the result are in order, none of them empty.
func Merge(all ...Histogram) Histogram {
	first, last := octaves<<slotBits, -1
	for _, h := range all {
		if len(h) > 0 { // buckets are in order; where they are not, others has them
			first, last = min(first, slot(h[0].MS)), max(last, slot(h[len(h)-1].MS))
		}
	}
	table := make(Histogram, max(0, last-first+1))
	var others Histogram // what a slot has no place for
	for _, h := range all {
		for _, b := range h {
			at := slot(b.MS) - first
			if at < 0 || at >= len(table) {
				others = append(others, b)
				continue
			}
			switch s := &table[at]; {
			case s.Count == 0:
				*s = b
			case s.MS == b.MS:
				s.Count += b.Count
			default:
				others = append(others, b)
			}
		}
	}
	table = slices.DeleteFunc(table, func(b Bucket) bool { return b.Count == 0 })
	if len(others) == 0 {
		return slices.Clone(table) // of its own size
	}
	return joined(append(table, others...))
}

// slot is the place of a time: the exponent of its float and the first bits of its mantissa.
func slot(ms float64) int {
	if ms <= 0 {
		return 0
	}
	at := int(math.Float64bits(ms)>>(52-slotBits)) - (1023+lowest)<<slotBits
	return min(octaves<<slotBits-1, max(0, at))
}

// joined puts buckets in order, those of one time together.
func joined(buckets Histogram) Histogram {
	slices.SortFunc(buckets, func(a, b Bucket) int { return cmp.Compare(a.MS, b.MS) })
	sum := buckets[:0]
	for _, b := range buckets {
		if last := len(sum) - 1; last >= 0 && sum[last].MS == b.MS {
			sum[last].Count += b.Count
		} else if b.Count != 0 {
			sum = append(sum, b)
		}
	}
	return sum
}
