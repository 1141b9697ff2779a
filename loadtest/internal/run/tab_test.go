package run_test

import (
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/run"
)

// TestTab: the master loads the plug-in beside the locustfile, is told of the files of all monitors and of nothing else, and the plug-in is gone
// at the end. A Locust that takes one file gets one.
func TestTab(t *testing.T) {
	t.Setenv("GREGARIA_METRICS", "somebody's.csv")
	t.Setenv("GREGARIA_MONITORS", "http://somebody:9647")
	t.Setenv("GREGARIA_MONITOR_TOKEN", "0123456789abcdef")
	t.Setenv("GREGARIA_TIMINGS", "somebody's timings.csv")
	b := newBench(t, time.Second)
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	said := regexp.MustCompile(`files 2, the last begins with "# gregaria: master o" <nil>, (\S+) (.*)`).FindStringSubmatch(b.log(t))
	if said == nil {
		t.Fatalf("log = %s\nwant a master with the plug-in", b.log(t))
	}
	metrics, err := filepath.Glob(filepath.Join(b.plan.OutputDir, "metrics_*.csv"))
	if err != nil || len(metrics) != 1 {
		t.Fatal(metrics, err)
	}
	timings := strings.Replace(metrics[0], "metrics_", "timings_", 1)
	if want := `{"this machine":"` + metrics[0] + `"}|||` + timings; said[2] != want {
		t.Errorf("the master is told %s, want %s", said[2], want)
	}
	if _, err := os.Stat(filepath.Dir(said[1])); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the plug-in is left in %s (%v)", said[1], err)
	}

	t.Setenv("STANDIN_VERSION", "2.10.0")
	b = newBench(t, time.Second)
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.log(t), "files 1,") {
		t.Errorf("log = %s\nwant a master of Locust 2.10 with one file", b.log(t))
	}
	if s := b.Summary(); s.Files.Timings != "" || len(s.Missing) > 0 {
		t.Errorf("without the plug-in the summary has timings %q, and %v are missing, want neither", s.Files.Timings, s.Missing)
	}
}

// TestNoRoomForTheTab: a run goes on without it, and says so.
func TestNoRoomForTheTab(t *testing.T) {
	for _, c := range []struct{ folder, says string }{
		{"none", "no tab Resources: "},
		{"with,comma", "has a comma in its name"},
	} {
		folder := filepath.Join(t.TempDir(), c.folder)
		if c.folder != "none" {
			if err := os.Mkdir(folder, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		b := newBench(t, time.Second)
		t.Setenv("TMPDIR", folder)
		if err := b.Do(t.Context(), t.Context()); err != nil {
			t.Fatal(err)
		}
		s := b.Summary()
		if notes := strings.Join(s.Run.Notes, "\n"); !strings.Contains(notes, c.says) || !strings.Contains(b.log(t), "files 1,") || len(s.Missing) > 0 {
			t.Errorf("notes = %q, missing %v, want that %s", notes, s.Missing, c.says)
		}
		if left, _ := filepath.Glob(filepath.Join(folder, "*")); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	}
}

// TestTabHasAllHosts: the files of other hosts' monitors come after that of this machine, in the order of --monitor.
func TestTabHasAllHosts(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	for _, host := range []string{"http://zoo:9647", "http://api:9647"} {
		base, err := url.Parse(host)
		if err != nil {
			t.Fatal(err)
		}
		b.plan.Monitors = append(b.plan.Monitors, base)
	}
	want := regexp.MustCompile(`^\{"this machine":"[^"]+/metrics_x\.csv","zoo":"[^"]+/metrics_x_zoo\.csv","api":"[^"]+/metrics_x_api\.csv"\}$`)
	if got := run.MetricsOfHosts(b.plan, filepath.Join(b.dir, "metrics_x.csv")); !want.MatchString(got) {
		t.Errorf("the master is told %s, want %s", got, want)
	}
}
