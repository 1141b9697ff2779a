package watch_test

import (
	"strings"
	"testing"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/watch"
)

// at is what the master says of a test that runs as planned.
func at(requests int) locustweb.Snapshot {
	return locustweb.Snapshot{
		State: locustweb.StateRunning, Users: 10, Workers: []locustweb.Worker{{State: "running"}},
		Rows: []locustweb.Row{{Name: locustweb.Aggregated, Requests: requests, Max: 5}},
	}
}

// follow shows a watch one snapshot a second.
func follow(w *watch.Watch, seconds int, change func(second int, s *locustweb.Snapshot)) {
	for second := 1; second <= seconds; second++ {
		s := at(0)
		change(second, &s)
		w.See(time.Duration(second)*time.Second, s, progress.Value{})
	}
}

func TestRPS(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason  string
		seconds int
		total   func(second int) int
		want    float64
	}{
		{"nothing yet", 2, func(int) int { return 0 }, 0},
		{"21 requests with the first report", 4, func(s int) int { return 21 * min(1, s/3) }, 7},
		{"steady, a report every 3 s, looked at every second", 30, func(s int) int { return s / 3 * 300 }, 100},
		{"between two reports it does not fall", 32, func(s int) int { return s / 3 * 300 }, 100},
		{"twice as fast since 20 s", 40, func(s int) int { return s/3*300 + max(0, s/3-7)*300 }, 200},
		{"nothing for a while: it goes down", 40, func(s int) int { return min(s, 20) * 100 }, 0},
		{"one in 20 s", 39, func(s int) int { return s / 20 }, 0},
	}
	for _, test := range tests {
		var w watch.Watch
		follow(&w, test.seconds, func(second int, s *locustweb.Snapshot) { s.Rows[0].Requests = test.total(second) })
		if got := w.RPS(); got < test.want-0.01 || got > test.want+1 {
			t.Errorf("%s: RPS() = %v, want %v", test.reason, got, test.want)
		}
	}
}

func TestRPSOfLocust(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		total  func(second int) int
		want   float64
	}{
		{"Locust's own, where it has one", func(s int) int { return 10 * s }, 77},
		{"which stays when nothing comes any more", func(s int) int { return 10 * min(s, 10) }, 0},
		{"and when less comes", func(s int) int { return 10 * min(s, 18) }, 4},
	}
	for _, test := range tests {
		var w watch.Watch
		follow(&w, 24, func(second int, s *locustweb.Snapshot) { s.Rows[0].Requests, s.RPS = test.total(second), 77 })
		if got := w.RPS(); got < test.want-0.5 || got > test.want+0.5 {
			t.Errorf("%s: RPS() = %v, want %v", test.reason, got, test.want)
		}
	}
}

func TestReset(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason   string
		mayReset bool
		change   func(second int, s *locustweb.Snapshot)
		want     string
	}{
		{"nobody did", false, func(second int, s *locustweb.Snapshot) { s.Rows[0].Requests = 10 * second }, ""},
		{
			"the total falls", false,
			func(second int, s *locustweb.Snapshot) {
				s.Rows[0].Requests = 10 * (second % 12)
				s.Rows[0].Failures = second % 12 / 10
			},
			"after 12 of 30 s: at least 110 requests before that, 1 of them failed, are in no result",
		},
		{
			"the total has grown again by the next look, the longest time is gone", false,
			func(second int, s *locustweb.Snapshot) {
				s.Rows[0].Requests = 10 * second
				if second == 1 {
					s.Rows[0].Max = 900
				}
			},
			"after 2 of 30 s: at least 10 requests",
		},
		{
			"twice: what was before each is lost", false,
			func(second int, s *locustweb.Snapshot) { s.Rows[0].Requests = 10 * (second % 6) },
			"after 12 of 30 s: at least 100 requests",
		},
		{
			"a new test was started in the web UI: all is gone", false,
			func(second int, s *locustweb.Snapshot) {
				if second == 10 {
					s.Rows = []locustweb.Row{{Name: locustweb.Aggregated}}
				} else {
					s.Rows[0].Requests = 50
				}
			},
			"after 10 of 30 s: at least 50 requests",
		},
		{
			"Locust was told to, with --reset-stats", true,
			func(second int, s *locustweb.Snapshot) { s.Rows[0].Requests = 10 * (second % 6) }, "",
		},
	}
	for _, test := range tests {
		w := watch.Watch{Planned: 10, MayReset: test.mayReset}
		follow(&w, 15, test.change)
		got := w.ResetNote(30 * time.Second)
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: ResetNote() = %q, want %q in it", test.reason, got, test.want)
		}
	}
}

// TestForeignReset: a master of somebody else's may have been told --reset-stats, which nobody here knows.
func TestForeignReset(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		reason  string
		foreign bool
		falls   int // the second in which Locust forgets; the users are there from second 6 on
		note    string
		remark  string
	}{
		{"as the last users begin", true, 6, "", "(--reset-stats): at least 50 requests before that"},
		{"later: that is somebody's doing", true, 9, "after 9 of 30 s: at least 80 requests", ""},
		{"as the last users begin, of a master of ours that was not told to", false, 6, "after 6 of 30 s: at least 50 requests", ""},
	} {
		w := watch.Watch{Planned: 10, Foreign: test.foreign}
		follow(&w, 12, func(second int, s *locustweb.Snapshot) {
			s.Rows[0].Requests = 10 * second
			if second < 6 {
				s.State = locustweb.StateSpawning
			}
			if second >= test.falls {
				s.Rows[0].Requests = second - test.falls
			}
		})
		w.Recall(time.Duration(test.falls)*time.Second, locustweb.Row{Requests: 55}) // the history has it, too
		if got := w.ResetNote(30 * time.Second); (got == "") != (test.note == "") || !strings.Contains(got, test.note) {
			t.Errorf("%s: ResetNote() = %q, want %q in it", test.reason, got, test.note)
		}
		if got := strings.Join(w.Remarks(1, 2), "; "); (got == "") != (test.remark == "") || !strings.Contains(got, test.remark) {
			t.Errorf("%s: Remarks() = %q, want %q in it", test.reason, got, test.remark)
		}
	}
}

func TestRemarks(t *testing.T) {
	t.Parallel()
	busy := func(second int, s *locustweb.Snapshot) {
		if second > 5 {
			s.Workers = append(s.Workers, locustweb.Worker{State: "running", CPU: 97})
		}
	}
	tests := []struct {
		reason  string
		shape   bool
		workers int
		change  func(second int, s *locustweb.Snapshot)
		want    string
	}{
		{"as planned", false, 1, func(int, *locustweb.Snapshot) {}, ""},
		{"users are on their way", false, 1, func(second int, s *locustweb.Snapshot) { s.State, s.Users = "spawning", min(10, second) }, ""},
		{"more in mid-run", false, 1, func(second int, s *locustweb.Snapshot) { s.Users = 10 + 5*(second/6) }, "up to 20 users ran instead of the 10 planned"},
		{"fewer in mid-run", false, 1, func(second int, s *locustweb.Snapshot) { s.Users = 10 - 7*(second/6%2) }, "users went down to 3 of 10"},
		{"fewer from the beginning", false, 1, func(_ int, s *locustweb.Snapshot) { s.Users = 7 }, "only 7 of 10 users ran"},
		{"none at all, which the verdict says", false, 1, func(_ int, s *locustweb.Snapshot) { s.Users = 0 }, ""},
		{"fewer for a moment: reports lag", false, 1, func(second int, s *locustweb.Snapshot) { s.Users = 10 - 7*(second%6/3) }, ""},
		{"a worker is lost, which is another matter", false, 1, func(_ int, s *locustweb.Snapshot) {
			s.Users = 5
			s.Workers = append(s.Workers, locustweb.Worker{State: locustweb.StateMissing})
		}, ""},
		{"a load shape decides", true, 1, func(second int, s *locustweb.Snapshot) { s.Users = 10 * second }, ""},
		{"a busy worker", false, 1, busy, "the load generator was the limit for 7 of 12 s: --workers=auto"},
		{"busy, and all cores are in use", false, 4, busy, "7 of 12 s: all cores of this machine are in use"},
		{"busy before there are users is loading the file", false, 1, func(second int, s *locustweb.Snapshot) {
			busy(second, s)
			s.State, s.Users = "spawning", 0
		}, ""},
		{"a worker that is gone was busy", false, 1, func(_ int, s *locustweb.Snapshot) {
			s.Workers[0] = locustweb.Worker{State: locustweb.StateMissing, CPU: 99}
		}, ""},
	}
	for _, test := range tests {
		w := watch.Watch{Planned: 10, Shape: test.shape}
		follow(&w, 12, test.change)
		got := strings.Join(w.Remarks(test.workers, 4), "; ")
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: Remarks() = %q, want %q in it", test.reason, got, test.want)
		}
		if limits := w.Limits(test.workers, 4); (len(limits) > 0) != strings.Contains(test.want, "of 12 s") {
			t.Errorf("%s: Limits() = %q", test.reason, limits)
		}
	}
}

// TestSteps: what is planned changes, and others than planned are told by what was planned then.
func TestSteps(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason string
		steps  []int
		users  func(second int) int // 10 s for each step
		want   string
	}{
		{"up, as planned", []int{10, 20, 30}, func(s int) int { return 10 * (1 + (s-1)/10) }, ""},
		{"up, where an answer is 2 s old", []int{10, 20, 30}, func(s int) int { return 10 * (1 + max(0, s-3)/10) }, ""},
		{"down, which takes as long as the tasks", []int{30, 10}, func(s int) int {
			if s > 16 {
				return 10
			}
			return 30
		}, ""},
		{"down, and never so few", []int{30, 10}, func(int) int { return 30 }, "up to 30 users ran in a step of 10"},
		{"more than in any", []int{10, 20}, func(int) int { return 25 }, "up to 25 users ran instead of the 20 planned"},
		{"the second was never reached", []int{10, 20}, func(int) int { return 10 }, "only 10 of 20 users ran"},
		{"fewer for a while in the first", []int{30, 40}, func(s int) int {
			if s < 8 {
				return 5
			}
			return 30 + 10*((s-1)/10)
		}, "users went down to 5 of 30 in mid-run"},
	}
	for _, test := range tests {
		w := watch.Watch{Planned: test.steps[0]}
		for i, users := range test.steps {
			w.Change(time.Duration(10*i)*time.Second, users, 5*time.Second)
			for second := 10*i + 1; second <= 10*i+10; second++ {
				s := at(second)
				s.Users = test.users(second)
				w.See(time.Duration(second)*time.Second, s, progress.Value{})
			}
		}
		got := strings.Join(w.Remarks(1, 4), "; ")
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: Remarks() = %q, want %q in it", test.reason, got, test.want)
		}
	}
}

func TestMasterAtItsLimit(t *testing.T) {
	t.Parallel()
	w := watch.Watch{Planned: 10}
	for second := range 10 {
		w.See(time.Duration(second)*time.Second, at(10*second), progress.Known(95, second >= 5))
	}
	if got := strings.Join(w.Remarks(1, 4), "; "); !strings.Contains(got, "Locust's master was at its limit for 5 of 9 s") || !w.FullNow() {
		t.Errorf("Remarks() = %q, FullNow() = %v, want the master's 5 s, true", got, w.FullNow())
	}
}

func TestPeakIsOfEveryLook(t *testing.T) {
	t.Parallel()
	w := watch.Watch{Planned: 10}
	follow(&w, 1, func(_ int, s *locustweb.Snapshot) { s.Users = 10 }) // a run of a second has one look, at its end
	if w.Peak() != 10 {
		t.Errorf("Peak() = %d, want 10", w.Peak())
	}
}
