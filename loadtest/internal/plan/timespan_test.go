package plan_test

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gregaria/loadtest/internal/plan"
)

func TestTimespan(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason, text string
		want         float64 // -1 for none
	}{
		{"seconds, as always", "300", 300},
		{"a fraction of them", "1.5", 1.5},
		{"nothing, where that is allowed", "0", 0},
		{"Locust's own", "20s", 20},
		{"Locust's own", "3m", 180},
		{"Locust's own", "1h20m", 4800},
		{"Locust's own", "3h30m10s", 12610},
		{"half an hour", "0.5h", 1800},
		{"a day", "1d", 86400},
		{"spaces", " 1h 30 min ", 5400},
		{"a word", "90sec", 90},
		{"milliseconds", "500ms", 0.5},
		{"all of them", "1d1h1m1s1ms", 90061.001},
		{"nothing at all", "", -1},
		{"a unit without a number", "m", -1},
		{"a unit that nobody has", "5 fortnights", -1},
		{"the wrong way round", "30m1h", -1},
		{"twice the same", "1m1m", -1},
		{"a number without its unit", "1h30", -1},
		{"the past", "-5", -1},
		{"no number", "NaN", -1},
		{"no end", "inf", -1},
		{"an exponent", "1e3", -1},
		{"two lines", "5m\n5m", -1},
	}
	for _, test := range tests {
		got, err := plan.Timespan(test.text)
		if test.want < 0 {
			if err == nil || !strings.Contains(err.Error(), "write it like 300, 90s, 5m or 1h30m") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: Timespan(%q) = %v, %v, want one line with an example", test.reason, test.text, got, err)
			}
			continue
		}
		if err != nil || math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%s: Timespan(%q) = %v, %v, want %v", test.reason, test.text, got, err, test.want)
		}
	}
}

func TestWritten(t *testing.T) {
	t.Parallel()
	for seconds, want := range map[float64]string{
		0: "0s", 0.001: "1ms", 0.1: "100ms", 1: "1s", 1.5: "1.5s", 60: "1m", 90: "1m30s", 300: "5m", 5400: "1h30m", 3601: "1h1s", 30 * 24 * 3600: "720h",
	} {
		if got := plan.Written(seconds); got != want {
			t.Errorf("Written(%v) = %q, want %q", seconds, got, want)
		}
	}
}

// FuzzTimespan: whatever Locust's parser takes is taken with Locust's value, and what is taken is a time that Written can say again.
func FuzzTimespan(f *testing.F) {
	for _, text := range []string{"20", "1h20m", "1.5h", "90 sec", "m", "99999999999999999999h", "1d1h1m1s1ms"} {
		f.Add(text)
	}
	locust := regexp.MustCompile(`^(?:(\d+)|(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?)$`)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := plan.Timespan(text)
		if groups := locust.FindStringSubmatch(text); groups != nil && text != "" {
			want := 0.0
			for i, size := range []float64{1, 3600, 60, 1} {
				n, _ := strconv.ParseFloat("0"+groups[i+1], 64)
				want += n * size
			}
			if err != nil || got != want {
				t.Errorf("Timespan(%q) = %v, %v, want Locust's %v", text, got, err, want)
			}
		}
		if err != nil {
			return
		}
		if !(got >= 0) {
			t.Fatalf("Timespan(%q) = %v, want a time", text, got)
		}
		if got > 1e9 {
			return // longer than any plan takes
		}
		if again, err := plan.Timespan(plan.Written(got)); err != nil || math.Abs(again-got) > 0.001 {
			t.Errorf("Timespan(Written(%v)) = %v, %v (%q)", got, again, err, plan.Written(got))
		}
	})
}
