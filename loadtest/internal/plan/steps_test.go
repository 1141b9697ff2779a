package plan_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason   string
		change   func(*plan.Settings)
		users    int
		duration time.Duration
		stages   []plan.Stage
	}{
		{"none: one stage", func(*plan.Settings) {}, 200, 5 * time.Minute, []plan.Stage{{200, 5 * time.Minute}}},
		{
			"up", func(s *plan.Settings) { s.Steps, s.StepDuration = []int{50, 100, 200}, new(30.0) },
			200, 90 * time.Second,
			[]plan.Stage{{50, 30 * time.Second}, {100, time.Minute}, {200, 90 * time.Second}},
		},
		{"up and down, each a minute", func(s *plan.Settings) { s.Steps = []int{100, 20} }, 100, 2 * time.Minute, []plan.Stage{{100, time.Minute}, {20, 2 * time.Minute}}},
		{
			"a demo is as long as its steps", func(s *plan.Settings) { s.Host, s.Demo, s.Steps, s.StepDuration = "", true, []int{1}, new(5.0) },
			1, 5 * time.Second,
			[]plan.Stage{{1, 5 * time.Second}},
		},
		{
			"what they say may be said again", func(s *plan.Settings) { s.Steps, s.Users, s.Duration = []int{5, 9}, new(9), new(120.0) },
			9, 2 * time.Minute,
			[]plan.Stage{{5, time.Minute}, {9, 2 * time.Minute}},
		},
	}
	for _, test := range tests {
		p, err := plan.New(settings(test.change))
		if err != nil || p.Users != test.users || p.Duration != test.duration || !slices.Equal(p.Stages(), test.stages) {
			t.Errorf("%s: New() = %d users for %v, %v, %v, want %d for %v, %v", test.reason, p.Users, p.Duration, p.Stages(), err, test.users, test.duration, test.stages)
		}
	}
}

func TestStepsRefused(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		change func(*plan.Settings)
		says   string
	}{
		{"no users", func(s *plan.Settings) { s.Steps = []int{5, 0} }, "--steps 0 is out of range"},
		{"other users", func(s *plan.Settings) { s.Steps, s.Users = []int{5, 9}, new(10) }, "--users 10 and --steps, of at most 9 users, do not agree"},
		{"another time", func(s *plan.Settings) { s.Steps, s.Duration = []int{5, 9}, new(300.0) }, "--duration 5m and --steps, which take 2m together, do not agree"},
		{"no time", func(s *plan.Settings) { s.Steps, s.StepDuration = []int{5}, new(0.0) }, "--step-duration 0s is out of range"},
		{"a step of nothing", func(s *plan.Settings) { s.StepDuration = new(60.0) }, "--step-duration is how long each of --steps lasts"},
		{"longer than a month", func(s *plan.Settings) { s.Steps, s.StepDuration = []int{5, 6}, new(20*24*3600.0) }, "--steps take 960h together"},
		{"a step that is over before it is reached", func(s *plan.Settings) { s.Steps = []int{50, 1000} }, "step 2 has 950 users more, whose start takes 1m35s at --spawn-rate=10, and lasts 1m"},
		{"statistics of the last step alone", func(s *plan.Settings) { s.Steps, s.ResetStats = []int{5, 9}, true }, "--reset-stats has Locust forget at each of --steps"},
	}
	for _, test := range tests {
		_, err := plan.New(settings(test.change))
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") || fault.KindOf(err, 0) != fault.Usage {
			t.Errorf("%s: New() = %v, want one line that says %q", test.reason, err, test.says)
		}
	}
}
