package report

import (
	"math"
	"testing"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v    float64
		want string
	}{
		{0, "0"},
		{math.NaN(), ""},
		{math.Inf(1), ""},
		{1610.4, "1,610"},
		{11842, "11,842"},
		{1234567, "1,234,567"},
		{99.96, "100"},
		{51.26, "51.3"},
		{9.996, "10"},
		{1.25, "1.25"},
		{1, "1"},
		{0.98, "0.98"},
		{0.0123, "0.012"},
		{0.00002451, "0.000025"},
		{-0.25, "\u22120.25"},
		{-0.0000001, "\u22120.0000001"},
		{200, "200"},
	} {
		if got := number(c.v); got != c.want {
			t.Errorf("number(%v) = %q, want %q", c.v, got, c.want)
		}
	}
}

func TestUnitOfNothingIsNothing(t *testing.T) {
	t.Parallel()
	if got := with(known(nil), "ms"); got != "" {
		t.Errorf("an unknown number is shown as %q", got)
	}
}
