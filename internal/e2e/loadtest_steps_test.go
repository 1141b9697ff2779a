//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// plateaus are the numbers of users of Locust's history that stayed for some seconds, in order.
func (l *loadtest) plateaus(t *testing.T, seconds int) (users []int) {
	t.Helper()
	last, stayed := -1, 0
	for _, line := range parseCSV(t, l.read(t, "stats_*_stats_history.csv")) {
		if line["Name"] != aggregated {
			continue
		}
		n := int(number(t, line["User Count"]))
		if stayed++; n != last {
			last, stayed = n, 1
		}
		if stayed == seconds && n > 0 {
			users = append(users, n)
		}
	}
	return users
}

// TestLoadtestSteps climbs and descends with a stock master, with the users' own waits and with a rate, which stays what it is.
func TestLoadtestSteps(t *testing.T) {
	t.Parallel()
	for _, flags := range [][]string{nil, {"--rate=20"}, {"--workers=0", "--python-workers=1"}} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			t.Parallel()
			server := startTarget(t, target.Settings{})
			l := startLoadtestIn(t, map[string]string{"locustfile.py": health("")}, nil,
				append([]string{"--host=" + server.URL(), "--steps=4,12,6", "--step-duration=7s", "--spawn-rate=12"}, flags...)...)
			l.wantExit(t, exitcode.OK, 2*time.Minute)
			if got := l.plateaus(t, 3); !slices.Equal(got, []int{4, 12, 6}) {
				t.Errorf("Locust's history has these users for 3 s and more: %v, want 4, 12 and 6", got)
			}
			served := server.Served()
			if got := parseStats(t, l.read(t, "stats_*_stats.csv"))[aggregated].Requests; got != served.Total || got == 0 {
				t.Errorf("Locust counted %d requests, the target served %d, want all of all steps", got, served.Total)
			}
			l.wantVerdict(t, fmt.Sprintf("PASSED: all %d requests succeeded (exit code 0)", served.Total)) // and no word of users that nobody planned
			for _, text := range []string{"step 1 of 3: 4 users for 7s\n", "step 2 of 3: 12 users for 7s\n", "step 3 of 3: 6 users for 7s\n", " with up to 12 users against http://127.0.0.1:"} {
				if err := l.wantOutput(text); err != nil {
					t.Error(err)
				}
			}
			if len(flags) == 1 && (served.Total < 20*19 || served.Total > 20*22) {
				t.Errorf("the target served %d requests in 21 s at --rate=20, want about 420", served.Total)
			}
		})
	}
}

// TestLoadtestStepsAndAShape: both want to decide, so nothing begins.
func TestLoadtestStepsAndAShape(t *testing.T) {
	t.Parallel()
	shape := "\n\nfrom locust import LoadTestShape\n\nclass Mine(LoadTestShape):\n    def tick(self):\n        return (3, 3) if self.get_run_time() < 20 else None\n"
	server := startTarget(t, target.Settings{})
	l := startLoadtestIn(t, map[string]string{"locustfile.py": health("") + shape}, nil, "--host="+server.URL(), "--steps=4,12")
	l.wantExit(t, exitcode.Usage, time.Minute)
	l.wantVerdict(t, "loadtest: the locustfile has a load shape, which decides itself how many users run and when: leave --steps out")
	if served := server.Served(); served.Total > 0 {
		t.Errorf("the target served %v, want nothing", served.By)
	}
}
