package target

import "sync/atomic"

// draws are uniform random numbers from a seed, without a lock. The nth draw depends on the seed and n alone, so the
// share of failures among the first n requests is the same in every run, in whatever order requests arrive.
type draws struct {
	seed  uint64
	drawn atomic.Uint64
}

// next returns a number in [0, 1). It is SplitMix64 (Steele, Lea and Flood, 2014), whose state is seed + n * gamma.
func (d *draws) next() float64 {
	const gamma = 0x9e3779b97f4a7c15
	z := d.seed + d.drawn.Add(1)*gamma
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	z ^= z >> 31
	return float64(z>>11) / (1 << 53)
}
