package analysis

import (
	"math"

	"gregaria/loadtest/internal/statistics"
)

// The rules for throughput that grew with the users to the end.
const (
	// grewShare is the part of what the lower half of the loads lets expect that throughput at the highest must reach, grewSurely the same with the noise against it.
	grewShare  = 0.9
	grewSurely = 0.8
	// grewTop is from which part of the highest users on a load is at the top.
	grewTop = 0.85
	// grewRise is how many times p95 may become before it is said that response times rose: below the knee, too, requests now and then wait for each other. Where
	// throughput is surely what was expected, above grewCertain, it may become grewRiseMost times.
	grewRise     = 1.7
	grewRiseMost = 4
	grewCertain  = 0.88
)

// grows says whether throughput grew with the users: at the top of the load it is what the lower half lets expect, and response times are what they were.
func grows(t turn, data []loadSecond, most float64) turn {
	var zx, zz float64
	var top, users, before, after []float64
	for _, s := range data {
		if s.users <= most/2 {
			zx, zz = zx+s.users*s.stayed, zz+s.users*s.users
			before = append(before, s.p95)
		}
		if s.users >= grewTop*most {
			top, users, after = append(top, s.stayed), append(users, s.users), append(after, s.p95)
		}
	}
	if zz == 0 || len(top) < turnBefore {
		t.why = "the load had too few seconds at its highest, or below half of that"
		return t
	}
	t.slope = zx / zz
	expected := t.slope * statistics.Mean(users)
	noise := 2 * math.Sqrt(variance(top)/float64(len(top)))
	most95 := grewRise
	if statistics.Mean(top)-noise >= grewCertain*expected {
		most95 = grewRiseMost
	}
	switch {
	case statistics.Mean(top)-noise < grewSurely*expected && statistics.Mean(top) < grewShare*expected:
		below := 2 * statistics.Mean(users) * slopeError(data, t.slope, most/2)
		switch {
		case len(before) < turnBefore:
			t.why = "the load rose too fast to see what throughput was at half of it"
		case expected-statistics.Mean(top) < math.Hypot(noise, below):
			t.why = "throughput swings too much to tell whether it rose with the users to the end"
		default:
			t.why = "throughput rose less than the users, and no place is clear from which on"
		}
	case rises(before, after, most95):
		t.why = "throughput rose with the users to the end, and response times rose, too"
	default:
		t.seen = grew
	}
	return t
}

// slopeError is the standard error of a slope through the origin, of the loads up to so many users.
func slopeError(data []loadSecond, slope, most float64) float64 {
	var rests, zz float64
	n := 0
	for _, s := range data {
		if s.users <= most {
			rest := s.stayed - slope*s.users
			rests, zz, n = rests+s.users*s.users*rest*rest, zz+s.users*s.users, n+1
		}
	}
	return math.Sqrt(rests*float64(n)/float64(max(1, n-1))) / zz
}
