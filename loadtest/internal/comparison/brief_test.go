package comparison_test

import (
	"fmt"
	"strings"
	"testing"

	"gregaria/loadtest/internal/comparison"
)

// TestBrief is what a comparison comes to in a few sentences, and in one line.
func TestBrief(t *testing.T) {
	t.Parallel()
	slow, other := model(2), model(3)
	slow.Service, slow.FailFrom = 50, 1
	base := []comparison.Run{runOf(model(1))}
	more := runOf(other)
	more.Run.Info.Users, base[0].Run.Info.Users = 30, 20
	long := model(1)
	long.Steady = 400
	for _, c := range []struct {
		why      string
		base     []comparison.Run
		next     []comparison.Run
		options  comparison.Options
		outcomes []comparison.Outcome
		says     []string // in all of it
		headline string
	}{
		{
			"slower, with failures", base,
			[]comparison.Run{runOf(slow)},
			comparison.Options{},
			[]comparison.Outcome{comparison.Worse, comparison.CannotTell},
			[]string{"Worse: p50 of all requests +2", "; p95 of all requests +2", "One run each: noise between runs is unknown."},
			"p50 of all requests +2",
		},
		{"the same", []comparison.Run{runOf(long)}, []comparison.Run{runOf(long)}, comparison.Options{Effect: 0.3}, []comparison.Outcome{comparison.Same}, []string{"No difference larger than 30 % in all requests."}, "No difference larger than 30 % in all requests"},
		{"too close to tell", base, []comparison.Run{runOf(model(5))}, comparison.Options{Effect: 0.001}, []comparison.Outcome{comparison.CannotTell}, []string{"Cannot tell of all requests: p95"}, "all requests: p95"},
		{"another load", base, []comparison.Run{more}, comparison.Options{Strict: true}, []comparison.Outcome{comparison.NotCompared}, []string{"Not compared with run 1: users: 20 and 30."}, "Not compared: users: 20 and 30"},
		{"another load, anyway", base, []comparison.Run{more}, comparison.Options{}, nil, []string{"Hard to compare: users: 20 and 30."}, ""},
		{"five runs", runsOf(1, 5, 40, 0.01), runsOf(2, 5, 30, 0.01), comparison.Options{}, []comparison.Outcome{comparison.Better}, []string{"Better: p50 of all requests -2", "5 and 5 runs: the difference of their medians"}, "p50 of all requests -2"},
	} {
		r := comparison.Of(c.base, c.next, c.options)
		said := comparison.Brief(&r)
		var text strings.Builder
		for i, s := range said {
			text.WriteString(s.Text + "\n")
			if i < len(c.outcomes) && s.Outcome != c.outcomes[i] {
				t.Errorf("%s: sentence %d is of %s, want %s", c.why, i, s.Outcome, c.outcomes[i])
			}
		}
		if len(said) == 0 || len(said) > 4 {
			t.Errorf("%s: %d sentences, want one to four", c.why, len(said))
		}
		for _, want := range c.says {
			if !strings.Contains(text.String(), want) {
				t.Errorf("%s: no %q in\n%s", c.why, want, text.String())
			}
		}
		own := 0 // endpoints do not repeat what is said of all requests
		for _, row := range r.Rows {
			if row.Outcome == r.Outcome && row.Kind != comparison.Endpoint {
				own++
			}
		}
		if more := fmt.Sprintf("; and %d more.", own-4); (r.Outcome == comparison.Worse || r.Outcome == comparison.Better) && strings.Contains(text.String(), more) != (own > 4) {
			t.Errorf("%s: want %q of %d differences in\n%s", c.why, more, own, text.String())
		}
		if got := comparison.Headline(&r); !strings.HasPrefix(got, c.headline) || strings.HasSuffix(got, ".") {
			t.Errorf("%s: headline %q, want %q...", c.why, got, c.headline)
		}
		if (r.Outcome == comparison.NotCompared) != (len(r.Rows) == 0) {
			t.Errorf("%s: %s with %d rows", c.why, r.Outcome, len(r.Rows))
		}
		for _, row := range r.Rows {
			if (row.Change == nil) != (row.Effect == nil) || row.Effect != nil && !(row.Effect.Low < 0 && row.Effect.High > 0) {
				t.Errorf("%s: %s %s: change %v, effect %v", c.why, row.Name, row.Measure, row.Change, row.Effect)
			}
		}
	}
}

// TestNames are sides of one run, of several in a folder, and of several folders.
func TestNames(t *testing.T) {
	t.Parallel()
	for want, runs := range map[string][]string{
		"a/1":                   {"a/1"},
		"2 runs in a":           {"a/1", "a/2"},
		"2 runs, the first a/1": {"a/1", "b/1"},
	} {
		if got := comparison.Names(runs); got != want {
			t.Errorf("Names(%q) = %q, want %q", runs, got, want)
		}
	}
}
