package analysis

import (
	"fmt"
	"math"
)

// neededMost is the longest run that is asked for: where more would be needed, no run decides.
const neededMost = 4 * 3600

// A growthVerdict is an outcome, why it is so, and how many seconds of steady load would decide.
type growthVerdict struct {
	outcome GrowthOutcome
	why     string
	needed  int
}

// judge makes a verdict of what was measured:
//
//	slope's interval above the threshold, more growth than the series swings by itself, and the second half has half of the slope or more (below 2 minutes: its interval above 0, too)
//	    and half of the growth is still there after the load, or that was not watched      leak
//	    and it was given back, and is more than what came with the users                   no leak
//	slope's interval below the threshold, and not above the share of the level that is a leak  no leak
//	the second half's interval below the threshold: it was warming up                      no leak
//	anything else                                                                          too short to say
func judge(t trend, w windows, after aftermath) growthVerdict {
	if early, is := tooLittle(t, w); is {
		return early
	}
	grows := t.whole.Low > t.threshold
	switch {
	case t.whole.High <= t.threshold && t.whole.Low > t.share:
		return growthVerdict{TooShort, fmt.Sprintf("it grew, and by no more than %s %s in all, which may be how it is handed out", shortNumber(t.threshold*float64(w.seconds)/60), t.unit), more(w, 1.2*t.threshold/t.whole.Low)}
	case t.whole.High <= t.threshold:
		return growthVerdict{NoLeak, fmt.Sprintf("its slope is at most %s %s a minute, and a leak is from %s on", shortNumber(t.whole.High), t.unit, shortNumber(t.threshold)), 0}
	case t.half.High < t.threshold:
		return growthVerdict{NoLeak, "it grew at first and not in the second half", 0}
	case !grows:
		return growthVerdict{TooShort, fmt.Sprintf("its slope is between %s and %s %s a minute, and a leak is from %s on", shortNumber(t.whole.Low), shortNumber(t.whole.High), t.unit, shortNumber(t.threshold)), t.needed(w)}
	case !(t.half.Value >= leakHolds*t.whole.Value):
		return growthVerdict{TooShort, "it grew less in the second half than in the first: it may be warming up", more(w, 2)}
	case t.grown(w) < t.swing:
		return growthVerdict{TooShort, fmt.Sprintf("it grew by %s %s, and swings by %s by itself", shortNumber(t.grown(w)), t.unit, shortNumber(t.swing)), more(w, 1.2*t.swing/t.grown(w))}
	case w.seconds < 2*leakLeast && t.half.Low <= 0: // half a minute has a slope by chance
		return growthVerdict{TooShort, fmt.Sprintf("it grew, and %d s of its second half are too few to see that it goes on", w.seconds/2), more(w, 2)}
	case t.period > 0 && t.over < envelopePeriods:
		return growthVerdict{TooShort, fmt.Sprintf("its lowest points grow, and it rises and falls every %d s, less than %d times", t.period, envelopePeriods*envelopeLeast), envelopeNeeds(t)}
	}
	return afterGrowth(t, w, after)
}

// grown is how much the slope is in all of the time.
func (t trend) grown(w windows) float64 { return t.whole.Value / 60 * float64(w.seconds) }

// tooLittle are the reasons to say nothing.
func tooLittle(t trend, w windows) (v growthVerdict, is bool) {
	switch {
	case len(w.pieces) == 0:
		return growthVerdict{TooShort, "no steady load: the users changed all the time", leakLeast}, true
	case w.seconds < leakLeast:
		return growthVerdict{TooShort, fmt.Sprintf("%d s of steady load: %d s are the least", w.seconds, leakLeast), leakLeast}, true
	case t.points < leakPoints:
		return growthVerdict{TooShort, fmt.Sprintf("%d values in %d s of steady load: %d are the least", t.points, w.seconds, leakPoints), more(w, float64(leakPoints)/float64(max(1, t.points)))}, true
	case t.period > 0 && t.over == 0:
		return growthVerdict{TooShort, fmt.Sprintf("it rises and falls every %d s, and did so less than %d times", t.period, envelopeLeast), envelopeNeeds(t)}, true
	case t.falls:
		return growthVerdict{TooShort, "it rises slowly and falls at once, and did so too seldom to see its period", more(w, envelopeLeast)}, true
	case !t.known:
		return growthVerdict{TooShort, "its values have no slope", more(w, 2)}, true
	}
	return growthVerdict{}, false
}

// afterGrowth is the verdict on what grew steadily, by what became of it.
func afterGrowth(t trend, w windows, after aftermath) growthVerdict {
	switch {
	case after.stayed == nil:
		return growthVerdict{Leak, "it grew steadily; whether it falls after the load was not watched", 0}
	case *after.stayed >= leakHolds:
		return growthVerdict{Leak, "it grew steadily and did not fall after the load", 0}
	case after.came > 0 && after.fell <= 1.2*after.came:
		// What the users had, and what was lost, cannot be told apart until more is lost than they had.
		return growthVerdict{TooShort, "it fell after the load by no more than it had risen with the users", more(w, max(2, 2*after.came/t.tail))}
	case *after.stayed < leakGone:
		return growthVerdict{NoLeak, "it was given back after the load", 0}
	}
	return growthVerdict{TooShort, "a part of it was given back after the load", more(w, 2)}
}

// needed is after how many seconds the interval at the seen noise would be off the threshold: it narrows with the power 3/2 of the time.
func (t trend) needed(w windows) int {
	half, gap := t.whole.Value-t.whole.Low, t.whole.Value-t.threshold
	if gap < 0 {
		half, gap = t.whole.High-t.whole.Value, -gap
	}
	return more(w, 1.2*math.Pow(half/gap, 2.0/3))
}

// more is so many times as long, in a round number of seconds.
func more(w windows, times float64) int {
	seconds := min(neededMost, max(leakLeast, float64(w.seconds)*max(1.2, times)))
	round := 10.0
	if seconds > 600 {
		round = 60
	}
	return int(math.Ceil(seconds/round) * round)
}

func envelopeNeeds(t trend) int {
	return more(windows{seconds: envelopeLeast * envelopePeriods * t.period}, 1)
}
