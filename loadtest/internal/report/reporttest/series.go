package reporttest

import (
	"math"
	"math/rand/v2"

	"gregaria/loadtest/internal/analysis"
)

// add gives a host a column with a value for each second of the run; NaN is none.
func add(run *analysis.Run, host int, column string, value func(second int) float64) {
	h := &run.Hosts[host]
	s := analysis.Series{File: h.File, Column: column, Values: make([]float64, run.Seconds)}
	for i := range s.Values {
		s.Values[i] = value(i)
	}
	h.Columns[column] = s
}

// noise is a value that wavers around a middle, never below 0.
func noise(seed uint64, middle, width float64) func(int) float64 {
	r := rand.New(rand.NewPCG(seed, 7))
	return func(int) float64 { return math.Max(0, middle+width*r.NormFloat64()) }
}

// follow is a value that follows the requests of the run, as a share of their largest number.
func follow(run *analysis.Run, seed uint64, idle, busy, width float64) func(int) float64 {
	most := 1.0
	for _, v := range run.Total.Requests.Values {
		if v > most {
			most = v
		}
	}
	wobble := noise(seed, width*4, width)
	return func(i int) float64 {
		share := 0.0
		if v := run.Total.Requests.Values[i]; !math.IsNaN(v) {
			share = v / most
		}
		return math.Max(0, idle+(busy-idle)*share+wobble(i)-width*4)
	}
}

func pointer(v float64) *float64 { return &v }
