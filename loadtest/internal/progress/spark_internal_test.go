package progress

import (
	"math"
	"testing"
)

func TestSpark(t *testing.T) {
	t.Parallel()
	unknown := Value{}
	for _, test := range []struct {
		reason string
		values []Value
		width  int
		top    float64
		want   string
	}{
		{"nothing yet", nil, 8, 0, ""},
		{"no room", []Value{Known(1, true)}, 0, 0, ""},
		{"zeros", []Value{Known(0, true), Known(0, true)}, 8, 0, "▁▁"},
		{"the highest is the top", []Value{Known(0, true), Known(1, true), Known(4, true), Known(8, true)}, 8, 0, "▁▁▄█"},
		{"of 100", []Value{Known(12, true), Known(50, true), Known(88, true), Known(140, true)}, 8, 100, "▁▄██"},
		{"what is not known is a gap", []Value{Known(8, true), unknown, Known(8, true)}, 8, 0, "█ █"},
		{"averages where there is not enough room", []Value{Known(0, true), Known(4, true), Known(8, true), unknown}, 2, 8, "▂█"},
	} {
		var line trace
		for _, v := range test.values {
			line.add(v)
		}
		if got := line.spark(test.width, test.top, true); got != test.want {
			t.Errorf("%s: spark() = %q, want %q", test.reason, got, test.want)
		}
	}
}

// TestTraceOfADay keeps its size, its average and its shape.
func TestTraceOfADay(t *testing.T) {
	t.Parallel()
	var line trace
	const day = 86400
	for second := range day {
		line.add(Known(float64(second), true))
	}
	if n := len(line.points); n > most || n < most/2-1 {
		t.Errorf("it has %d points, want at most %d", n, most)
	}
	spread := line.spread(10)
	for i, got := range spread {
		if want := (float64(i) + 0.5) * day / 10; math.Abs(got-want) > day/100 {
			t.Errorf("tenth %d is %v, want about %v", i, got, want)
		}
	}
	if len(spread) != 10 {
		t.Errorf("spread(10) has %d points", len(spread))
	}
}
