package requestline_test

import (
	"testing"

	"gregaria/internal/requestline"
)

func TestEnd(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]int64{
		`{"timestamp":1796021374.123456,"time":"x"}`: 1_796_021_374_123_456,
		`1796021374.000001,2026-11-30T06:49:34`:      1_796_021_374_000_001,
		`0.000000,`:                                  0,
	} {
		if got, err := requestline.End([]byte(line)); err != nil || got != want {
			t.Errorf("End(%s) = %d, %v, want %d", line, got, err, want)
		}
	}
	for _, line := range []string{"", requestline.Header(), `{"time":1.000000,`, "1.5,", "1.0000001,", "1.000000", "1,", "99999999999999999999.000000,", "-1.000000,", "1.000.000,"} {
		if got, err := requestline.End([]byte(line)); err == nil {
			t.Errorf("End(%q) = %d, want an error", line, got)
		}
	}
}

func TestShare(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{"": 1, "1%": 0.01, "100%": 1, "0.5%": 0.005, "0%": 0, "101%": 0, "-1%": 0, "NaN%": 0, "1": 0, "0.01": 0, "x%": 0, "%": 0} {
		if got, err := requestline.Share(text); got != want || (err == nil) != (want > 0) {
			t.Errorf("Share(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
}
