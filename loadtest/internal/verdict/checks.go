package verdict

import (
	"fmt"

	"gregaria/loadtest/internal/analysis"
)

// broken says which checks the run has not passed, "" if it has passed all. One that could not be evaluated has not been passed.
func (r Result) broken() string {
	var failed []analysis.Check
	for _, c := range r.Checks {
		if c.Outcome != analysis.Passed {
			failed = append(failed, c)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	text := fmt.Sprintf("%d of %d checks failed, the first: %s", len(failed), len(r.Checks), outcome(failed[0]))
	if len(failed) == 1 && len(r.Checks) == 1 {
		text = "the check failed: " + outcome(failed[0])
	} else if len(failed) == 1 {
		text = fmt.Sprintf("1 of %d checks failed: %s", len(r.Checks), outcome(failed[0]))
	}
	return text + r.besides()
}

// outcome is what became of a check that did not pass.
func outcome(c analysis.Check) string {
	if c.Outcome == analysis.NotEvaluated {
		return fmt.Sprintf("%s could not be evaluated: %s", c.Text, c.Why)
	}
	return fmt.Sprintf("%s, and it is %s", c.Text, c.Measured)
}

// held says that all checks passed.
func (r Result) held() string {
	text := fmt.Sprintf("all %d checks passed", len(r.Checks))
	if len(r.Checks) == 1 {
		text = "the check passed"
	}
	if r.Failures == 0 && r.Exceptions == 0 {
		return text + fmt.Sprintf("; all %d requests succeeded", r.Requests)
	}
	text += r.besides()
	if r.LocustCode == 0 {
		text += ", which the locustfile accepts: Locust exited with code 0"
	}
	return text
}

// besides says which requests failed and what was raised, of a verdict that is not about them.
func (r Result) besides() string {
	switch {
	case r.Failures > 0:
		return "; " + r.failed()
	case r.Exceptions > 0:
		return "; " + r.raised()
	}
	return ""
}
