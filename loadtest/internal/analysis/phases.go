package analysis

import (
	"math"

	"gregaria/loadtest/internal/statistics"
)

// The rules for levels of the load.
const (
	// levelSeconds is how long users must be constant for a level, and levelResponses the same in response times: what was begun before has ended.
	levelSeconds   = 10
	levelResponses = 5
	// levelMost is what levelResponses can ask for: users who wait longer than this for an answer are constant all the same.
	levelMost = 30
	// levelShare is the part of the longest level that another one must have: a ramp of one user every 12 s is a ramp.
	levelShare = 0.1
	// levelLeast is how long users must be constant in a run that is too short for any level.
	levelLeast = 3
)

// Phases cuts a run into what the load did. Ramp, warm-up and steady may come several times: each level of a load in steps is steady.
func Phases(run *Run, options Options) []Phase {
	if run.Seconds == 0 {
		return nil
	}
	v := newView(run)
	phases := v.afterWarmUp(v.levels(), options)
	after := v.afterLoad(phases)
	if last := len(phases) - 1; last >= 0 && len(after) > 0 && phases[last].Kind == after[0].Kind {
		phases[last].To, after = after[0].To, after[1:]
	}
	return append(phases, after...)
}

// Levels are the steady phases with what MSER-5 has cut from them: all of the constant users but for what the person left out. What grows is measured over them. A server that
// slows down until its users wait for each other is not warm until then for its response times; its memory does not ask for that.
func (f *Findings) Levels() []Phase {
	levels := only(f.Phases, Steady)
	for i := range levels {
		for _, p := range f.Phases {
			if from := max(p.From, f.Began+int64(f.WarmUp)); p.Kind == WarmUp && p.To == levels[i].From-1 && from <= p.To {
				levels[i].From = from
			}
		}
	}
	return levels
}

// A stretch is a time of constant users.
type stretch struct {
	from, to int64
	users    float64
	level    bool
}

func (s stretch) length() int { return int(s.to - s.from + 1) }

// levels are the ramps and levels between the begin of the load and its end.
func (v *view) levels() []Phase {
	stretches := v.stretches()
	v.choose(stretches)
	var phases []Phase
	for _, s := range stretches {
		kind := Ramp
		if s.level {
			kind = Steady
		}
		if last := len(phases) - 1; kind == Ramp && last >= 0 && phases[last].Kind == Ramp {
			phases[last].To = s.to
			continue
		}
		phases = append(phases, Phase{kind, s.from, s.to})
	}
	return v.falling(phases)
}

// stretches cuts the load where users change. Without a history of users it goes by what was planned.
func (v *view) stretches() []stretch {
	run := v.run
	ended := run.Ended
	if !(Series{Values: v.cut(v.users, run.Began, ended)}).Known() {
		return planned(run, ended)
	}
	var all []stretch
	for at := run.Began; at <= ended; at++ {
		users := v.users[v.index(at)]
		if last := len(all) - 1; last >= 0 && (all[last].users == users || math.IsNaN(all[last].users) && math.IsNaN(users)) {
			all[last].to = at
			continue
		}
		all = append(all, stretch{from: at, to: at, users: users})
	}
	return all
}

// planned are a ramp by users and spawn rate, and what comes after it.
func planned(run *Run, ended int64) []stretch {
	users := float64(max(1, run.Info.Users))
	begin := run.Began
	var all []stretch
	if run.Info.SpawnRate > 0 {
		if ramp := int64(math.Ceil(users/run.Info.SpawnRate)) - 1; ramp > 0 {
			begin = min(ended+1, run.Began+ramp)
			all = append(all, stretch{from: run.Began, to: begin - 1, users: math.NaN()})
		}
	}
	if begin <= ended {
		all = append(all, stretch{from: begin, to: ended, users: users})
	}
	return all
}

// choose says which stretches are levels.
func (v *view) choose(stretches []stretch) {
	longest := -1
	for i, s := range stretches {
		if s.users > 0 && (longest < 0 || s.length() > stretches[longest].length()) {
			longest = i
		}
	}
	if longest < 0 {
		return
	}
	found := false
	for i := range stretches {
		s := &stretches[i]
		least := float64(levelSeconds)
		if r := statistics.Median(v.cut(v.response, s.from, s.to)); r > 0 {
			least = max(least, min(levelMost, levelResponses*r/1000))
		}
		s.level = s.users > 0 && float64(s.length()) >= max(least, levelShare*float64(stretches[longest].length()))
		found = found || s.level
	}
	if !found && stretches[longest].length() >= levelLeast {
		stretches[longest].level = true
	}
}

// falling makes the end of a load whose users go away before it is said to be over part of the stopping.
func (v *view) falling(phases []Phase) []Phase {
	last := len(phases) - 1
	if last < 1 || phases[last].Kind != Ramp {
		return phases
	}
	before := v.users[v.index(phases[last].From-1)]
	for _, users := range v.cut(v.users, phases[last].From, phases[last].To) {
		if !(users < before) {
			return phases
		}
		before = users
	}
	phases[last].Kind = Stopping
	return phases
}

// afterLoad are the phases from the end of the load to the end of the run: users finish, then there are none.
func (v *view) afterLoad(load []Phase) []Phase {
	from, end := v.run.Began, v.run.Start+int64(v.run.Seconds)-1
	if last := len(load) - 1; last >= 0 {
		from = load[last].To + 1
	}
	stopped := from - 1
	for at := from; at <= end; at++ {
		i := v.index(at)
		if v.users[i] > 0 || i < len(v.requests) && v.requests[i] > 0 {
			stopped = at
		}
	}
	var phases []Phase
	if stopped >= from {
		phases = append(phases, Phase{Stopping, from, stopped})
	}
	if stopped < end {
		phases = append(phases, Phase{Settling, stopped + 1, end})
	}
	return phases
}
