package resource

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// exact is the text of a cell by strconv, which rounds the exact value.
func exact(value float64) string {
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}

func TestCellsAreRoundedExactly(t *testing.T) {
	t.Parallel()
	for _, value := range []float64{
		0.00005, 0.00015, 0.00025, -0.00005, -0.000049, 1.00005, 12.34565, 0.99995, 0.99994999, 2.5, 1e-300, 1e9 + 1.0/3, 1<<40 + 0.5,
		109951162.7776, 109951162.77755, math.MaxFloat64, -1.0 / 3, math.Nextafter(0.00015, 1), math.Nextafter(0.00015, 0),
	} {
		if got := Of(value).String(); got != exact(value) {
			t.Errorf("Of(%v) = %s, want %s", value, got, exact(value))
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		value := r.NormFloat64() * math.Pow(10, float64(r.IntN(16)-4))
		if r.IntN(4) == 0 {
			value = float64(r.IntN(1_000_000)) / 20_000 // a tie, as near as a float64 comes
		}
		if got := Of(value).String(); got != exact(value) {
			t.Fatalf("Of(%v) = %s, want %s", value, got, exact(value))
		}
	}
}
