package analysis

import "math"

// An accumulator adds many histograms up in one pass. Its slots are 1024 to an octave: the buckets of HdrHistogram with two significant digits are 128 to 256
// to an octave, so that no two of them share a slot.
type accumulator struct {
	counts [slots]int64
	ms     [slots]float64
	first  int
	last   int
}

const (
	slotBits = 10
	// lowest and octaves are the range in powers of two of a ms: from half a microsecond to more than 19 hours.
	lowest  = -12
	octaves = 40
	slots   = octaves << slotBits
)

func newAccumulator() *accumulator { return &accumulator{first: slots, last: -1} }

// merge adds up histograms as Merge does, and is empty again afterwards.
func (a *accumulator) merge(all []Histogram) Histogram {
	for _, h := range all {
		a.add(h)
	}
	return a.take()
}

// slot is the place of a time: the exponent of its float and the first bits of its mantissa.
func slot(ms float64) int {
	if ms <= 0 {
		return 0
	}
	at := int(math.Float64bits(ms)>>(52-slotBits)) - (1023+lowest)<<slotBits
	return min(slots-1, max(0, at))
}

func (a *accumulator) add(h Histogram) {
	for _, b := range h {
		at := slot(b.MS)
		if a.counts[at] == 0 {
			a.ms[at] = b.MS
			a.first, a.last = min(a.first, at), max(a.last, at)
		}
		a.counts[at] += b.Count
	}
}

// take returns the sum, its buckets in order.
func (a *accumulator) take() Histogram {
	var h Histogram
	for at := a.first; at <= a.last; at++ {
		if a.counts[at] > 0 {
			h = append(h, Bucket{a.ms[at], a.counts[at]})
			a.counts[at] = 0
		}
	}
	a.first, a.last = slots, -1
	return h
}
