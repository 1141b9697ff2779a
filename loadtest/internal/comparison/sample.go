package comparison

import (
	"math"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/statistics"
)

const (
	// blockSeconds is the mean length of a block of the bootstrap: queues, collectors and connections remember for seconds.
	blockSeconds = 10
	// mostCells is of how many parts a side is drawn. Of longer runs several seconds are one part; from an hour on, a part is a block.
	mostCells = 360
	// resamples are enough for a standard error that is known to 5 %.
	resamples = 200
	// leastBlocks is how many blocks there have to be.
	leastBlocks = 3
)

// A sample is one side: the steady seconds of its runs.
type sample struct {
	runs  []Run
	cells []cell
	// seconds is how many seconds the cells have, grain how many each.
	seconds, grain int
	// draw begins the chance.
	draw uint64
	// whole says that a run had no steady phase, and that all its load counts.
	whole bool
	// weights are how often each cell is in each resample, made when they are first asked for.
	weights [][]float64
	// tallies are the merged histograms of loads, of all cells.
	tallies map[load]*tally
}

// A cell is a part of a run: places of its series, last excluded.
type cell struct {
	run         int
	first, last int
}

// sampleOf cuts the steady phases of runs into cells.
func sampleOf(runs []Run) *sample {
	s := &sample{runs: runs, grain: 1, tallies: map[load]*tally{}}
	var stretches []cell
	for i, r := range runs {
		steady := steadyOf(r)
		if len(steady) == 0 {
			s.whole = true
			steady = []analysis.Phase{{From: r.Run.Began, To: r.Run.Ended}}
		}
		for _, p := range steady {
			first, last := max(0, int(p.From-r.Run.Start)), min(r.Run.Seconds, int(p.To-r.Run.Start)+1)
			if first < last {
				stretches = append(stretches, cell{i, first, last})
				s.seconds += last - first
			}
		}
	}
	s.grain = max(1, (s.seconds+mostCells-1)/mostCells)
	for _, stretch := range stretches {
		for at := stretch.first; at < stretch.last; at += s.grain {
			s.cells = append(s.cells, cell{stretch.run, at, min(at+s.grain, stretch.last)})
		}
	}
	return s
}

func steadyOf(r Run) (steady []analysis.Phase) {
	for _, p := range r.Findings.Phases {
		if p.Kind == analysis.Steady && p.From <= p.To {
			steady = append(steady, p)
		}
	}
	return steady
}

// of are the cells of one run.
func (s *sample) of(run int) (cells []cell) {
	for _, c := range s.cells {
		if c.run == run {
			cells = append(cells, c)
		}
	}
	return cells
}

// drawn are the weights of the resamples.
func (s *sample) drawn() [][]float64 {
	if s.weights != nil {
		return s.weights
	}
	bootstrap := statistics.Bootstrap{Block: s.block(), Resamples: resamples, Seed: s.draw}
	bootstrap.Each(len(s.cells), func(index []int) {
		weight := make([]float64, len(s.cells))
		for _, i := range index {
			weight[i]++
		}
		s.weights = append(s.weights, weight)
	})
	return s.weights
}

// block is the mean length of a block in cells.
func (s *sample) block() float64 { return math.Max(1, blockSeconds/float64(s.grain)) }

// An estimate is a number of cells. Drawn are those of the resamples, made when they are asked for.
type estimate struct {
	value float64
	drawn func() []float64
}

// spread is the standard error of an estimate over the seconds, in a scale, made wider for how few blocks there are. It is NaN where a resample has no value, or where
// there are too few blocks.
func (s *sample) spread(of *estimate, scale func(float64) float64) float64 {
	if float64(s.seconds) < leastBlocks*blockSeconds {
		return math.NaN()
	}
	var values []float64
	for _, drawn := range of.drawn() {
		v := scale(drawn)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return math.NaN()
		}
		values = append(values, v)
	}
	mean, squares := statistics.Mean(values), 0.0
	for _, v := range values {
		squares += (v - mean) * (v - mean)
	}
	return math.Sqrt(squares/float64(len(values)-1)) * statistics.Critical(len(s.cells), s.block()) / 1.96
}
