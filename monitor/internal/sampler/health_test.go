package sampler

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/monitor/internal/collector"
)

// TestWhatComesAndGoesIsSaidSometimes: stderr stays readable, and what it says last is true in the end.
func TestWhatComesAndGoesIsSaidSometimes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var notes []string
		h := newHealth(func(line string) { notes = append(notes, line) }, []collector.Group{{Name: "gpu"}, {Name: "cpu"}})
		slow, broken := errors.New("slow"), errors.New("broken")
		for tick := range 900 { // a minute and a half
			switch {
			case tick >= 500:
				h.report(0, broken)
			case tick%2 == 0:
				h.report(0, slow)
			default:
				h.report(0, nil)
			}
			if tick == 450 {
				h.report(1, broken)
			}
			time.Sleep(100 * time.Millisecond)
		}
		want := []string{
			"empty cells: slow",
			"can be read again: the columns of gpu",
			"empty cells: slow",
			"can be read again: the columns of gpu; it comes and goes, so that nothing more is said of it for a while",
			"empty cells: broken", // of the other group
			"empty cells: broken",
		}
		if !slices.Equal(notes, want) {
			t.Errorf("notes = %q, want %q", notes, want)
		}
	})
}
