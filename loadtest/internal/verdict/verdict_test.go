package verdict_test

import (
	"errors"
	"strings"
	"testing"

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
