package locustfile

import (
	"os"
	"strings"
	"testing"
)

// TestStatsAPI compares what locust.stats and locust.user.task do with what Locust 2.47.0 printed for the same script.
func TestStatsAPI(t *testing.T) {
	t.Parallel()
	src, err := os.ReadFile("testdata/api/stats.py")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/api/stats.out")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(start(t, string(src), nil).printed(), "\n")
	if got != strings.TrimRight(string(want), "\n") {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}
