package plan

import (
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/remote"
	"gregaria/loadtest/internal/threshold"
)

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

// checkWarmUp wants load to be left behind the warm-up.
func (p Plan) checkWarmUp() error {
	if p.WarmUp < 0 || p.WarmUp >= p.Duration {
		return fault.New(fault.Usage, "--warm-up %s leaves nothing of a load of %s: give it a longer --duration", Written(p.WarmUp.Seconds()), Written(p.Duration.Seconds()))
	}
	return nil
}
