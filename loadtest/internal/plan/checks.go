package plan

import (
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/remote"
	"gregaria/loadtest/internal/threshold"
)

// withChecks is the plan with the checks that the user asked for. The warm-up leaves load behind it.
func (p Plan) withChecks(s Settings) (Plan, error) {
	checks, err := s.checks()
	if err != nil {
		return Plan{}, err
	}
	p.Checks, p.WarmUp, p.AbortOnFail, p.Baseline = checks, seconds(s.WarmUp), s.AbortOnFail, s.Baseline
	p.Effect = orDefault(s.Effect, 0)
	if p.WarmUp < 0 || p.WarmUp >= p.Limit() {
		return Plan{}, fault.New(fault.Usage, "--warm-up %s leaves nothing of a load of %s: give it a longer --duration", Written(s.WarmUp), Written(p.Duration.Seconds()))
	}
	return p, nil
}

// checkEffect wants something that the effect is of.
func (s Settings) checkEffect() error {
	if s.Effect != nil && len(s.Baseline) == 0 {
		return fault.New(fault.Usage, "--effect=%g%% says which difference from --baseline counts: give that, too", 100**s.Effect)
	}
	return nil
}

// ReadChecks reads --checks, "" for none, and --check. Those that compare want a baseline.
func ReadChecks(file string, given, baseline []string) ([]threshold.Check, error) {
	var all []threshold.Check
	if file != "" {
		fromFile, err := threshold.ReadFile(file)
		if err != nil {
			return nil, fault.New(fault.Usage, "--checks: %w", err)
		}
		all = fromFile
	}
	checks, err := threshold.Parse(given)
	if err != nil {
		return nil, fault.New(fault.Usage, "--check %w", err)
	}
	all = append(all, checks...)
	if comparing := threshold.Comparing(all); comparing != "" && len(baseline) == 0 {
		return nil, fault.New(fault.Usage, "--check %q compares with an earlier run: say with --baseline which, a folder or a file of it", comparing)
	}
	return all, nil
}

// checks are those of a run. What of them is wrong is said before anything starts: names, units, hosts without a monitor.
func (s Settings) checks() ([]threshold.Check, error) {
	all, err := ReadChecks(s.ChecksFile, s.Checks, s.Baseline)
	if err != nil {
		return nil, err
	}
	if s.AbortOnFail && len(all) == 0 {
		return nil, fault.New(fault.Usage, "--abort-on-fail ends a run when a check can no longer pass, and there is none: give --check or --checks")
	}
	if series := threshold.SeriesOf(all); len(series) > 0 && len(s.Scrape) == 0 {
		return nil, fault.New(fault.Usage, "--check of %s{} is of what a server says of itself: say with --scrape where, such as http://localhost:8000/metrics", series[0])
	}
	monitors, err := s.monitors()
	if err != nil {
		return nil, err
	}
	if err := threshold.Hosts(all, remote.Names(monitors)); err != nil {
		return nil, fault.New(fault.Usage, "--check %w", err)
	}
	return all, nil
}
