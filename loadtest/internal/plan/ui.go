package plan

import (
	"time"

	"gregaria/loadtest/internal/fault"
)

// forever is how long a load goes on that a person ends.
const forever = MaxSeconds * time.Second

// checkUI refuses beside --ui what is loadtest's to do with a test that it starts itself.
func (s Settings) checkUI() error {
	switch {
	case !s.UI || s.Master != "": // which says it in its own words
		return nil
	case len(s.Steps) > 0:
		return fault.New(fault.Usage, "--steps are climbed by loadtest, and with --ui you start the tests yourself, and edit their users: leave one of them out")
	case orDefault(s.Repeat, DefaultRepeat) > 1:
		return fault.New(fault.Usage, "--repeat runs a test several times, and with --ui you start the tests yourself, as many as you like: leave one of them out")
	case s.HTML != "" || s.CSV != "":
		return fault.New(fault.Usage, "--html and --csv name the files of one test, and with --ui there may be several: leave them out, all results are in --output-dir")
	}
	return nil
}

// ui puts --ui into the plan: how long a test goes on is then for the form to say, unless --duration is its default.
func (p *Plan) ui(s Settings) {
	p.UI = s.UI
	if s.UI && s.Duration == nil {
		p.Duration = 0
	}
}

// Limit is how long the load goes on at most.
func (p Plan) Limit() time.Duration {
	if p.Duration == 0 {
		return forever
	}
	return p.Duration
}
