package run

import (
	"errors"
	"fmt"
	"strings"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
)

// orInPython has workers of Locust's own run a locustfile that ours cannot, where that is as well, and says why, and what it costs: docs/benchmarks.md has the numbers.
func (r *Run) orInPython(err error) error {
	var unable *check.UnableError
	if !r.plan.EitherWorkers || !errors.As(err, &unable) || r.programs.locust == "" {
		return err
	}
	if needs := r.plan.NeedGo; len(needs) > 0 {
		return fault.New(fault.Usage, "%s, so workers in Go cannot run it, and Locust's own know nothing of %s: change the locustfile, or leave %s out",
			unable.Reason, strings.Join(needs, ", "), strings.Join(needs, ", "))
	}
	r.plan = r.plan.InPython()
	workers := fmt.Sprintf("%d workers of Locust itself run it, in Python", r.plan.PythonWorkers)
	if r.plan.PythonWorkers == 1 {
		workers = "a worker of Locust itself runs it, in Python"
	}
	said := fmt.Sprintf("workers in Go cannot run this locustfile: %s; so %s: a request costs about 10 (FastHttpUser) to 30 times (HttpUser) the CPU, and what requests are made of is not seen (Seen_Percent is 0 in the timings); --workers=go refuses it instead",
		unable.Reason, workers)
	r.tell(said)
	return nil
}
