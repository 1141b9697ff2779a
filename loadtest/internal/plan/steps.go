package plan

import (
	"slices"
	"time"

	"gregaria/loadtest/internal/fault"
)

// DefaultStepDuration is how long each of --steps lasts, in seconds: the statistics of the last 10 s that Locust shows are those of the step for most of it.
const DefaultStepDuration = 60.0

// A Stage is a part of the load with one number of users.
type Stage struct {
	Users int
	// Until is when it ends, from the beginning of the load.
	Until time.Duration
}

// Stages are the whole load, in order: one, or as many as there are steps.
func (p Plan) Stages() []Stage {
	if len(p.Steps) == 0 {
		return []Stage{{p.Users, p.Limit()}}
	}
	var stages []Stage
	for i, users := range p.Steps {
		stages = append(stages, Stage{users, time.Duration(i+1) * p.StepDuration})
	}
	return stages
}

// steps puts --steps into the plan: its users are those of the highest step, its time is that of all.
func (p *Plan) steps(s Settings) {
	if len(s.Steps) == 0 {
		return
	}
	p.Steps, p.StepDuration = s.Steps, seconds(orDefault(s.StepDuration, DefaultStepDuration))
	p.Users, p.Duration = slices.Max(s.Steps), time.Duration(len(s.Steps))*p.StepDuration
}

// checkSteps wants steps that can be climbed, and nothing beside them that says otherwise.
func (s Settings) checkSteps() error {
	if len(s.Steps) == 0 {
		if s.StepDuration != nil {
			return fault.New(fault.Usage, "--step-duration is how long each of --steps lasts: give them, too, such as --steps=50,100,200")
		}
		return nil
	}
	each := orDefault(s.StepDuration, DefaultStepDuration)
	if err := between("--step-duration", each, smallest, MaxSeconds); err != nil {
		return err
	}
	all, most := float64(len(s.Steps))*each, slices.Max(s.Steps)
	switch {
	case s.Users != nil && *s.Users != most:
		return fault.New(fault.Usage, "--users %d and --steps, of at most %d users, do not agree: leave --users out", *s.Users, most)
	case s.Duration != nil && *s.Duration != all:
		return fault.New(fault.Usage, "--duration %s and --steps, which take %s together, do not agree: leave --duration out, or change --step-duration",
			Written(*s.Duration), Written(all))
	case all > MaxSeconds:
		return fault.New(fault.Usage, "--steps take %s together: the longest load is %s; give a shorter --step-duration", Written(all), Written(MaxSeconds))
	case s.ResetStats:
		return fault.New(fault.Usage, "--reset-stats has Locust forget at each of --steps what it measured before: leave one of them out")
	}
	return s.checkClimb(each)
}

// checkClimb wants each step to be reached in its time. Users are ended at once, as far as their tasks let them.
func (s Settings) checkClimb(each float64) error {
	rate, before := orDefault(s.SpawnRate, DefaultSpawnRate), 0
	for i, users := range s.Steps {
		if err := count("--steps", users, 1, MaxUsers); err != nil {
			return err
		}
		if takes := float64(users-before) / rate; takes >= each {
			return fault.New(fault.Usage, "--steps: step %d has %d users more, whose start takes %s at --spawn-rate=%s, and lasts %s: give a higher --spawn-rate or a longer --step-duration",
				i+1, users-before, Written(takes), trim(rate), Written(each))
		}
		before = users
	}
	return nil
}
