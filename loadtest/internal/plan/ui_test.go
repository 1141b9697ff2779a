package plan_test

import (
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

func TestUI(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		reason   string
		change   func(*plan.Settings)
		duration time.Duration
	}{
		{"somebody ends the test", func(s *plan.Settings) { s.UI = true }, 0},
		{"the form has a time", func(s *plan.Settings) { s.UI, s.Duration = true, new(90.0) }, 90 * time.Second},
		{"a warm-up of a test without an end", func(s *plan.Settings) { s.UI, s.WarmUp = true, 600 }, 0},
		{"a demo that somebody starts", func(s *plan.Settings) { s.Host, s.Demo, s.UI = "", true, true }, 0},
		{"without it there is an end", func(*plan.Settings) {}, 5 * time.Minute},
	} {
		p, err := plan.New(settings(c.change))
		if err != nil || p.Duration != c.duration || p.Settle != 10*time.Second {
			t.Errorf("%s: New() = %v, settles for %v, %v, want %v and 10 s", c.reason, p.Duration, p.Settle, err, c.duration)
		}
		if limit := p.Limit(); limit < c.duration || limit == 0 {
			t.Errorf("%s: Limit() = %v", c.reason, limit)
		}
	}
}

func TestUIRefused(t *testing.T) {
	t.Parallel()
	for says, change := range map[string]func(*plan.Settings){
		"--steps are climbed by loadtest, and with --ui you start the tests yourself":     func(s *plan.Settings) { s.Steps = []int{5, 9} },
		"--html and --csv name the files of one test, and with --ui there may be several": func(s *plan.Settings) { s.HTML = "report.html" },
		"--repeat runs a test several times, and with --ui you start the tests yourself":  func(s *plan.Settings) { s.Repeat = new(2) },
		"--html and --csv name the files":                                                 func(s *plan.Settings) { s.CSV = "x" },
	} {
		_, err := plan.New(settings(func(s *plan.Settings) { s.UI = true; change(s) }))
		if err == nil || !strings.Contains(err.Error(), says) || fault.KindOf(err, 0) != fault.Usage {
			t.Errorf("New() = %v, want a line that says %q", err, says)
		}
	}
}
