package analysis

import "testing"

// TestFromTo: two levels have as many digits as show that they differ, and none is below nothing.
func TestFromTo(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		first, last float64
		want        string
	}{
		{72.4, 429, "from 72 to 429 zombies"},
		{79.2, 88.5, "from 79.2 to 88.5 zombies"},
		{-0.3, 171, "from 0 to 171 zombies"},
		{-0.04, 0.4, "from 0.00 to 0.40 zombies"},
	} {
		if got := fromTo(test.first, test.last, "zombies"); got != test.want {
			t.Errorf("fromTo(%v, %v) = %q, want %q", test.first, test.last, got, test.want)
		}
	}
}
