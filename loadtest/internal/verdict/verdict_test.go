package verdict_test

import (
	"errors"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/verdict"
)

func TestOf(t *testing.T) {
	t.Parallel()
	died := fault.New(fault.Died, "worker 1 died")
	tests := []struct {
		reason string
		result verdict.Result
		want   fault.Kind
		says   string
	}{
		{"a clean run", verdict.Result{Requests: 10}, 0, "all 10 requests succeeded"},
		{"failed requests: Locust's own exit code is 1", verdict.Result{Requests: 10, Failures: 2, LocustCode: 1}, fault.Failed, "2 of 10"},
		{
			"the worst of them is named",
			verdict.Result{Requests: 56, Failures: 11, LocustCode: 1, WorstFailure: verdict.Worst{Count: 9, What: "GET /a: boom"}},
			fault.Failed, "11 of 56 requests failed, 9 of them GET /a: boom",
		},
		{
			"one kind only",
			verdict.Result{Requests: 56, Failures: 11, LocustCode: 1, WorstFailure: verdict.Worst{Count: 11, What: "GET /a: boom"}},
			fault.Failed, "11 of 56 requests failed, GET /a: boom",
		},
		{
			"failures and exceptions",
			verdict.Result{
				Requests: 56, Failures: 1, LocustCode: 1, Exceptions: 2, Raised: 7,
				WorstFailure: verdict.Worst{Count: 1, What: "GET /a: boom"}, WorstException: verdict.Worst{Count: 5, What: "KeyError: 'id'"},
			},
			fault.Failed, "1 of 56 requests failed, GET /a: boom; tasks raised 7 exceptions, 5 of them KeyError: 'id'",
		},
		{
			"every task raises: a longer run would not help",
			verdict.Result{
				Users: 1, LocustCode: 1, Exceptions: 1, Raised: 3, WorstException: verdict.Worst{Count: 3, What: "KeyError: 'id' (a.py:4, in t)"},
			},
			fault.Failed, "no request finished; tasks raised 3 exceptions, KeyError: 'id' (a.py:4, in t)",
		},
		{
			"a locustfile that accepts exceptions",
			verdict.Result{Requests: 10, Exceptions: 1, Raised: 1},
			0, "a task raised an exception, which the locustfile accepts",
		},
		{
			"a long error is not the whole line",
			verdict.Result{Requests: 1, Failures: 1, LocustCode: 1, WorstFailure: verdict.Worst{Count: 1, What: strings.Repeat("x", 9000)}},
			fault.Failed, strings.Repeat("x", verdict.MaxWords) + "...",
		},
		{"what it must be read with", verdict.Result{Requests: 10, Remarks: []string{"a", "b"}}, 0, "all 10 requests succeeded; a; b"},
		{"tasks raised, which Locust counts apart", verdict.Result{Requests: 10, Exceptions: 1, LocustCode: 1}, fault.Failed, "exceptions"},
		{"the locustfile refuses a slow run", verdict.Result{Requests: 10, LocustCode: 3}, fault.Failed, "code 3"},
		{"the locustfile accepts some failures", verdict.Result{Requests: 10, Failures: 2}, 0, "accepts"},
		{"the workers know none of the user classes", verdict.Result{}, fault.Failed, "no user ever ran"},
		{
			"which a worker says",
			verdict.Result{Exceptions: 1, Raised: 2, LocustCode: 1, WorstException: verdict.Worst{Count: 2, What: "no class B"}},
			fault.Failed, "user classes of the locustfile; tasks raised 2 exceptions, no class B",
		},
		{"nothing was measured", verdict.Result{Users: 1}, fault.Failed, "no request finished"},
		{"a worker died: worse than its failures", verdict.Result{Cause: died, Requests: 10, Failures: 2, LocustCode: 1}, fault.Died, "worker 1 died"},
		{"a report is missing", verdict.Result{Requests: 10, Missing: 1}, fault.Output, "not all results"},
		{"checks that hold", verdict.Result{Requests: 10, Checks: checks("ab")}, 0, "all 2 checks passed; all 10 requests succeeded"},
		{"a check that does not hold", verdict.Result{Requests: 10, Checks: checks("aB")}, fault.Check, "1 of 2 checks failed: B < 1, and it is 2"},
		{"the only one", verdict.Result{Requests: 10, Checks: checks("B")}, fault.Check, "the check failed: B < 1, and it is 2"},
		{"several", verdict.Result{Requests: 10, Checks: checks("aBC")}, fault.Check, "2 of 3 checks failed, the first: B < 1"},
		{"a check that could not be evaluated has not passed", verdict.Result{Requests: 10, Checks: checks("a?")}, fault.Check, "? < 1 could not be evaluated: no values"},
		{
			"requests failed, too: the check is what was asked, and says more",
			verdict.Result{Requests: 10, Failures: 2, LocustCode: 1, Checks: checks("B")},
			fault.Check, "and it is 2; 2 of 10 requests failed",
		},
		{"no check speaks of failed requests", verdict.Result{Requests: 10, Failures: 2, LocustCode: 1, Checks: checks("a")}, fault.Failed, "2 of 10 requests failed"},
		{
			"one does, and allows them",
			verdict.Result{Requests: 10, Failures: 2, LocustCode: 1, Checks: checks("a"), FailuresChecked: true},
			0, "the check passed; 2 of 10 requests failed",
		},
		{
			"it says nothing of exceptions",
			verdict.Result{Requests: 10, Failures: 2, Exceptions: 1, Raised: 1, LocustCode: 1, Checks: checks("a"), FailuresChecked: true},
			fault.Failed, "a task raised an exception",
		},
		{
			"another one does",
			verdict.Result{Requests: 10, Failures: 2, Exceptions: 1, Raised: 1, LocustCode: 1, Checks: checks("ab"), FailuresChecked: true, ExceptionsChecked: true},
			0, "all 2 checks passed; 2 of 10 requests failed",
		},
		{
			"the locustfile's own exit code counts beside checks",
			verdict.Result{Requests: 10, Failures: 2, LocustCode: 3, Checks: checks("a"), FailuresChecked: true},
			fault.Failed, "Locust exited with code 3",
		},
		{"which may accept failures", verdict.Result{Requests: 10, Failures: 2, Checks: checks("a")}, 0, "the check passed; 2 of 10 requests failed, which the locustfile accepts"},
		{"without any failure too", verdict.Result{Requests: 10, LocustCode: 1, Checks: checks("a"), FailuresChecked: true}, fault.Failed, "no request failed, but Locust exited with code 1"},
		{"a run that was cut off is not complete, whatever its checks", verdict.Result{Cause: died, Requests: 10, Checks: checks("B")}, fault.Died, "worker 1 died"},
		{"nothing to check", verdict.Result{Users: 1, Checks: checks("?")}, fault.Failed, "no request finished"},
		{"ended by a check", verdict.Result{Cause: fault.New(fault.Check, "a < 1 can no longer pass"), Requests: 10, Checks: checks("a")}, fault.Check, "can no longer pass"},
		{"an error without a kind is no success", verdict.Result{Cause: errors.New("boom"), Requests: 10}, fault.Died, "boom"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			kind, line := verdict.Of(test.result)
			if kind != test.want || !strings.Contains(line, test.says) {
				t.Errorf("Of(%+v) = %v, %q, want %v and %q in it", test.result, kind, line, test.want, test.says)
			}
		})
	}
}

// checks has a check for each letter: small ones passed, capitals failed, ? could not be evaluated.
func checks(letters string) (all []analysis.Check) {
	for _, letter := range letters {
		c := analysis.Check{Text: string(letter) + " < 1", Outcome: analysis.Passed, Measured: "0"}
		switch {
		case letter == '?':
			c.Outcome, c.Why = analysis.NotEvaluated, "no values"
		case letter < 'a':
			c.Outcome, c.Measured = analysis.Failed, "2"
		}
		all = append(all, c)
	}
	return all
}
