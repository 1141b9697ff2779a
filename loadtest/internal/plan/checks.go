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
	p.Checks, p.WarmUp, p.AbortOnFail = checks, seconds(s.WarmUp), s.AbortOnFail
	if p.WarmUp < 0 || p.WarmUp >= p.Duration {
		return Plan{}, fault.New(fault.Usage, "--warm-up %s leaves nothing of a load of %s: give it a longer --duration", Written(s.WarmUp), Written(p.Duration.Seconds()))
	}
	return p, nil
}

// checks reads --checks and --check. What of them is wrong is said before anything starts: names, units, hosts without a monitor.
func (s Settings) checks() ([]threshold.Check, error) {
	var all []threshold.Check
	if s.ChecksFile != "" {
		fromFile, err := threshold.ReadFile(s.ChecksFile)
		if err != nil {
			return nil, fault.New(fault.Usage, "--checks: %w", err)
		}
		all = fromFile
	}
	given, err := threshold.Parse(s.Checks)
	if err != nil {
		return nil, fault.New(fault.Usage, "--check %w", err)
	}
	all = append(all, given...)
	if s.AbortOnFail && len(all) == 0 {
		return nil, fault.New(fault.Usage, "--abort-on-fail ends a run when a check can no longer pass, and there is none: give --check or --checks")
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
