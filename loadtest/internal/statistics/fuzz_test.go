package statistics_test

import (
	"encoding/binary"
	"math"
	"testing"

	"gregaria/loadtest/internal/statistics"
)

// FuzzSlope gives any floats: an interval that is known is in order and finite, a slope of values that all stand on a line is the line's, and no input is changed.
func FuzzSlope(f *testing.F) {
	add := func(values ...float64) {
		data := []byte(nil)
		for _, v := range values {
			data = binary.LittleEndian.AppendUint64(data, math.Float64bits(v))
		}
		f.Add(data)
	}
	add()
	add(1, 2)
	add(5, 5, 5, 5, 5, 5)
	add(math.NaN(), 1, math.Inf(1), 2, math.NaN(), 4, 8)
	add(math.MaxFloat64, -math.MaxFloat64, math.MaxFloat64, 1, 2, 3)
	f.Fuzz(func(t *testing.T, data []byte) {
		var x, y []float64
		for i := 0; i+8 <= len(data) && i < 8*400; i += 8 {
			y = append(y, math.Float64frombits(binary.LittleEndian.Uint64(data[i:])))
			x = append(x, float64(len(x)))
		}
		before := append([]float64(nil), y...)
		s, known := statistics.Slope(x, y, 1)
		if known && (!(s.Low <= s.Value && s.Value <= s.High) || math.IsInf(s.Low, 0) || math.IsInf(s.High, 0)) {
			t.Errorf("Slope(%v) = %+v", y, s)
		}
		if there := statistics.Finite(y); known != (len(there) >= 4) && largest(there) < 1e300 {
			t.Errorf("Slope(%v) is known: %v, of %d values", y, known, len(there))
		}
		if line, ok := statistics.TheilSen(x, y); ok && (math.IsNaN(line.Slope) || math.IsInf(line.Slope, 0)) {
			t.Errorf("TheilSen(%v) = %+v", y, line)
		}
		if b := statistics.BlockLength(statistics.Finite(y)); !(b >= 1) || b > 1+float64(len(y)) {
			t.Errorf("BlockLength(%v) = %v", y, b)
		}
		if lag, found := statistics.Period(y); found && (lag < 1 || lag > len(y)/3) {
			t.Errorf("Period(%v) = %d", y, lag)
		}
		if m := statistics.Median(y); !math.IsNaN(m) && (m < statistics.Quantile(y, 0) || m > statistics.Quantile(y, 1)) {
			t.Errorf("Median(%v) = %v", y, m)
		}
		for i := range y {
			if math.Float64bits(y[i]) != math.Float64bits(before[i]) {
				t.Fatalf("the input was changed at %d: %v, was %v", i, y[i], before[i])
			}
		}
	})
}

// FuzzShift gives any floats on both sides: the interval is in order, holds its value, and the other direction is its mirror.
func FuzzShift(f *testing.F) {
	f.Add(1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
	f.Add(1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
	f.Add(math.NaN(), 1.0, math.Inf(1), 2.0, 2.0, 9.0)
	f.Fuzz(func(t *testing.T, a, b, c, d, e, g float64) {
		from, to := []float64{a, b, c}, []float64{d, e, g}
		if largest(from) > 1e300 || largest(to) > 1e300 {
			return
		}
		there, _ := statistics.Shift(from, to, 0.95)
		back, _ := statistics.Shift(to, from, 0.95)
		if len(statistics.Finite(from)) == 0 || len(statistics.Finite(to)) == 0 {
			if !math.IsNaN(there.Value) {
				t.Errorf("Shift(%v, %v) = %+v, want none", from, to, there)
			}
			return
		}
		if !(there.Low <= there.Value && there.Value <= there.High) || there.Low != -back.High || there.High != -back.Low {
			t.Errorf("Shift(%v, %v) = %+v, and back %+v", from, to, there, back)
		}
		if p := statistics.Above(from, to, 0) + statistics.Above(to, from, 0); p < 1-1e-9 {
			t.Errorf("both directions of %v and %v are above: %v", from, to, p)
		}
	})
}

func largest(values []float64) (most float64) {
	for _, v := range values {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			most = max(most, math.Abs(v))
		}
	}
	return most
}
