package analysis

import (
	"fmt"
	"math"
	"slices"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/statistics"
)

// The rules by which a resource at its limit is what holds up requests.
const (
	// afterTurn is how many seconds after the turn a resource may be saturated first: a monitor sees a second when it is over, and use climbs the last percents slowly.
	afterTurn = 5
	// afterUsers is the same as a share of the users at the turn, because of random arrivals a queue is not always full at the knee.
	afterUsers = 1.25
	// staysShare is the share of the seconds behind the turn in which it must be at its limit.
	staysShare = 0.7
	// leftShare is the share below which what was full before the load, too, was so for another reason, and is left out.
	leftShare = 0.2
	// leadSeconds is by how much one resource must be first for the others not to matter.
	leadSeconds = 3
	// risesBy is how much of its capacity a resource must be used more behind the turn than at low load.
	risesBy = 0.3
	// earlyShare is the part of the users at the turn below which a resource that was full already is none that holds requests up: throughput went on rising.
	earlyShare = 0.7
	// lawLeast is the use behind the turn, as a share of the capacity, that the seconds before it let expect by the utilisation law. A use that jumps there by chance
	// has none.
	lawLeast = 0.7
	// halfFrom and halfTo are about half of the users at the turn, and halfWithin is by how much of its capacity use may be there off the straight line from none to all.
	halfFrom   = 0.3
	halfTo     = 0.7
	halfWithin = 0.2
	// idleLeast is how many rows before the load, or at low load, it takes to say what use was then.
	idleLeast = 3
)

// fullBefore says why a resource at its limit is not clear where the load did not bring it there.
const fullBefore = "it was at its limit before the load, too"

// A candidate is a resource that was saturated.
type candidate struct {
	limit
	// at is the place of the first saturated second, level the middle of what is shown from there on.
	at    int
	level float64
	// left says that it did not stay at its limit.
	left bool
	// why says why it is not clear that it holds up requests; empty where it is.
	why string
	// more are other columns that say the same.
	more []limit
}

// candidates are the resources that were saturated when the load turned, the first one first.
func (v *view) candidates(limits []limit, t turn) (all []candidate) {
	first, last := v.clip(v.run.Began, v.run.Ended)
	turnAt, latest := v.index(t.at), v.latest(t)
	for _, l := range limits {
		at, found := saturatedFrom(l.use, first, last)
		if !found || at > latest {
			continue
		}
		c := candidate{limit: l, at: at, why: l.doubt}
		behind := max(at, turnAt)
		c.level = statistics.Median(l.shown.Values[min(behind, len(l.shown.Values)):min(last, len(l.shown.Values))])
		always, stayed := v.always(l.use, t), full(l.use, behind, last)
		c.left = stayed < staysShare
		switch {
		case always && l.doubt != "":
			continue // it was so before, and says little: a GPU's memory that is reserved ahead
		case always && stayed < leftShare:
			continue // others had filled it until then
		case c.left:
			c.why = "it did not stay at its limit"
		case always:
			c.why = fullBefore
		case v.users[at] < earlyShare*t.users:
			c.why = "throughput went on rising while it was full"
		case c.why == "":
			c.why = v.unrelated(l, t, behind, last)
		}
		all = append(all, c)
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.at - b.at })
	return v.withoutEffects(grouped(all), turnAt, last)
}

// latest is the last place at which a resource may be saturated first.
func (v *view) latest(t turn) int {
	after := v.index(v.reached(math.Min(afterUsers*t.users, slices.Max(present(v.cut(v.users, v.run.Began, v.run.Ended))))))
	return max(v.index(t.high), min(after, v.index(t.high)+2*afterTurn)) + afterTurn
}

// always says whether a resource was at its limit when there was no load, or a low one.
func (v *view) always(use []float64, t turn) bool {
	idle := full(use, 0, v.index(v.run.Began))
	low := full(use, v.index(v.run.Began), v.index(v.reached(lowShare*t.users)))
	return idle >= 0.5 || low >= 0.5
}

// unrelated says why use is not what the load makes of it; empty where it is.
func (v *view) unrelated(l limit, t turn, behind, last int) string {
	from, to := v.index(v.run.Began), min(v.index(v.reached(lowShare*t.users)), len(l.use))
	before := slices.Concat(l.use[:from], l.use[from:to])
	if len(present(before)) < idleLeast {
		return "what it was at a low load is not known"
	}
	if l.symptom || !l.lawful {
		if full(l.use, 0, to) > 0.2 {
			return "it was at its limit now and then at a low load, too"
		}
	}
	after := statistics.Median(l.use[behind:min(last, len(l.use))])
	if after-statistics.Median(l.use[from:to]) < risesBy {
		return "it did not rise with the load"
	}
	if !l.lawful {
		return ""
	}
	return v.outOfStep(l.use, t, from, after)
}

// outOfStep says why the use of a resource does not follow the utilisation law, U = X D, before the turn; empty where it does.
func (v *view) outOfStep(use []float64, t turn, from int, after float64) string {
	var x, u, half []float64
	idle := nanZero(statistics.Median(use[:from]))
	for i := from; i < v.index(t.at); i++ {
		if math.IsNaN(use[i]) || math.IsNaN(v.requests[i]) {
			continue
		}
		x, u = append(x, v.requests[i]), append(u, use[i])
		if share := v.users[i] / t.users; share > halfFrom && share < halfTo {
			half = append(half, use[i]-idle-share*(after-idle))
		}
	}
	if len(half) < idleLeast {
		return "what it was at half of that load is not known"
	}
	slope, spread := line(x, u)
	expected := statistics.Mean(u) + slope*(t.plateau-statistics.Mean(x))
	if slope < 2*spread || expected < lawLeast*limitShare || math.Abs(statistics.Median(half)) > halfWithin {
		return "it did not rise in step with the requests"
	}
	return ""
}

// grouped leaves one of each group, the first that is certain, and the others with it.
func grouped(all []candidate) (kept []candidate) {
	for _, c := range all {
		same := slices.IndexFunc(kept, func(k candidate) bool { return k.host == c.host && k.group == c.group })
		switch {
		case same < 0:
			kept = append(kept, c)
		case kept[same].why != "" && c.why == "":
			c.more = append(kept[same].more, kept[same].limit)
			kept[same] = c
		default:
			kept[same].more = append(kept[same].more, c.limit)
		}
	}
	return kept
}

// When a thread is what holds up requests, and not the cores that it runs on.
const (
	// singleTimes is how much more CPU than its busiest thread a process may use that one thread holds up.
	singleTimes = 1.5
	// contended is from which share of its time on a thread waits for a core so much that cores are what is missing, in percent.
	contended = 15
)

// withoutEffects leaves out what another candidate explains: a queue fills where a thread is full; threads wait where cores are missing; a full thread and a generator
// beside it fill a small machine.
func (v *view) withoutEffects(all []candidate, from, last int) []candidate {
	if slices.ContainsFunc(all, func(c candidate) bool { return !c.symptom }) {
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.symptom })
	}
	find := func(group string) int {
		return slices.IndexFunc(all, func(c candidate) bool { return c.group == group && c.host.Target })
	}
	drop := func(group string) {
		all = slices.DeleteFunc(all, func(c candidate) bool { return c.group == group && c.host.Target })
	}
	if quota := find("quota"); quota >= 0 && all[quota].why == "" && median(all[quota].host, resource.ContainerCPUPercent, from, last) >= 100*limitShare {
		drop("cpu") // a container that gets all of its quota misses none of the machine's cores
	}
	thread := find("thread")
	if thread < 0 {
		return all
	}
	single, waits := single(all[thread].host, from, last)
	switch cores := find("cpu") >= 0 || find("quota") >= 0; {
	case cores && (!single || waits >= contended):
		drop("thread")
	case single && waits < contended && find("quota") < 0:
		drop("cpu")
	case !single && all[thread].why == "":
		all[thread].why = "other threads of the process work, too"
	}
	return all
}

// single says whether one thread does the work of a process, and for which percentage of the time it waits for a core.
func single(host *Host, from, last int) (single bool, waits float64) {
	run, cores := median(host, resource.ProcessBusiestThreadPercent, from, last), median(host, resource.ProcessCPUCores, from, last)
	waits = nanZero(median(host, resource.ProcessBusiestThreadWaitPercent, from, last))
	return math.IsNaN(cores) || cores <= singleTimes*run/100+0.1, waits
}

// median is that of a column at the places [from, last), NaN without a value there.
func median(host *Host, column string, from, last int) float64 {
	values := host.Columns[column].Values
	return statistics.Median(values[min(from, len(values)):min(last, len(values))])
}

// lead is by how many seconds the first candidate was before the second.
func lead(all []candidate) int {
	if len(all) < 2 {
		return math.MaxInt
	}
	return all[1].at - all[0].at
}

// value is a level with its unit, as a sentence has it.
func value(level float64, unit string) string {
	return fmt.Sprintf("%s %s", number(level), unit)
}
