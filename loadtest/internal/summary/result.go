package summary

import (
	"os"

	"gregaria/loadtest/internal/verdict"
)

// mostUsers is the most that Locust's history counted.
func (s Summary) mostUsers() (most int) {
	data, err := os.ReadFile(s.Files.History())
	if err != nil {
		return 0
	}
	eachTotal(data, []string{"User Count"}, func(numbers []int64) { most = max(most, int(numbers[0])) })
	return most
}

// Result is what the verdict is found on.
func (s Summary) Result(cause error, locustCode int) verdict.Result {
	r := verdict.Result{
		Cause: cause, Users: s.Run.Users,
		Requests: s.Totals.Requests, Failures: s.Totals.Failures, Exceptions: s.Exceptions,
		LocustCode: locustCode, Missing: len(s.Missing), Remarks: s.Run.Remarks,
	}
	if len(s.Failures) > 0 {
		r.WorstFailure = verdict.Worst{Count: s.Failures[0].Occurrences, What: s.Failures[0].String()}
	}
	for _, e := range s.Raised {
		r.Raised += e.Count
	}
	if len(s.Raised) > 0 {
		r.WorstException = verdict.Worst{Count: s.Raised[0].Count, What: s.Raised[0].String()}
	}
	return r
}
