package cli

import (
	"encoding/json"
	"slices"
	"testing"

	"gregaria/loadtest/internal/locustconf"
	"gregaria/loadtest/internal/plan"
)

// TestTakeBesideSteps: what Locust's files say of users and time is the default of a run in one step, and said not to be obeyed beside --steps. An argument is taken: the
// plan refuses what does not agree.
func TestTakeBesideSteps(t *testing.T) {
	t.Parallel()
	setting := func(source, key, dest, text, value string) locustconf.Setting {
		return locustconf.Setting{Source: source, Key: key, Dest: dest, Text: text, Value: json.RawMessage(value)}
	}
	const instead = " is not obeyed: --steps say how many users run, and --step-duration for how long"
	conf := []locustconf.Setting{setting("locust.conf", "users", "num_users", "7", "7"), setting("locust.conf", "spawn-rate", "spawn_rate", "3", "3"), setting("variable", "LOCUST_RUN_TIME", "run_time", "3m", "180")}
	for _, test := range []struct {
		why      string
		steps    []int
		settings []locustconf.Setting
		notices  []string
		users    int
		duration float64
	}{
		{
			"one step", nil, conf,
			[]string{"locust.conf: spawn-rate is taken for --spawn-rate: 3", "LOCUST_RUN_TIME is taken for --duration: 3m", "locust.conf: users is taken for --users: 7"},
			7, 180,
		},
		{
			"steps",
			[]int{5, 9},
			conf,
			[]string{"locust.conf: spawn-rate is taken for --spawn-rate: 3", "LOCUST_RUN_TIME" + instead, "locust.conf: users" + instead},
			0, 0,
		},
		{
			"an argument beside steps",
			[]int{5, 9},
			[]locustconf.Setting{setting("argument", "--users", "num_users", "7", "7")},
			[]string{"--users among the arguments for Locust is taken for --users: 7"},
			7, 0,
		},
	} {
		s := plan.Settings{Steps: test.steps}
		notices := take(&s, locustconf.Found{Settings: test.settings})
		if !slices.Equal(notices, test.notices) {
			t.Errorf("%s: take says %q, want %q", test.why, notices, test.notices)
		}
		if users, duration := value(s.Users), value(s.Duration); users != test.users || duration != test.duration || value(s.SpawnRate) == 0 && len(test.settings) > 1 {
			t.Errorf("%s: %d users for %v s, want %d for %v", test.why, users, duration, test.users, test.duration)
		}
	}
}

// TestTakeBesideMaster: what a master of somebody else's decides is not taken, and said.
func TestTakeBesideMaster(t *testing.T) {
	t.Parallel()
	s := plan.Settings{Master: "locust.example.com"}
	notices := take(&s, locustconf.Found{Settings: []locustconf.Setting{
		{Source: "locust.conf", Key: "users", Dest: "num_users", Text: "7", Value: json.RawMessage("7")},
		{Source: "variable", Key: "LOCUST_TAGS", Dest: "tags", Text: "slow", Value: json.RawMessage(`["slow"]`)},
		{Source: "locust.conf", Key: "locustfile", Dest: "locustfile", Text: "shop.py", Value: json.RawMessage(`"shop.py"`)},
	}})
	const theirs = " is not obeyed: with --master that is for the master to say"
	want := []string{"locust.conf: locustfile is taken for --locustfile: shop.py", "locust.conf: users" + theirs, "LOCUST_TAGS" + theirs}
	if !slices.Equal(notices, want) || s.Users != nil || value(s.Locustfile) != "shop.py" {
		t.Errorf("take says %q, want %q; users %v, locustfile %q", notices, want, s.Users, value(s.Locustfile))
	}
}

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
