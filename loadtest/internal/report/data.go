package report

import (
	"encoding/json"
	"html/template"
	"math"
)

// fullResolution is up to how many seconds the script gets each value. Of longer runs it gets the smallest and the largest of some seconds.
const fullResolution = 7200

// data is what the script knows: all series once, for crosshair and zoom.
type data struct {
	series []encoded
	step   int
}

// An encoded is a series as whole numbers of Unit, each as the difference to the one before (digits): every value of an hour in 4 to 8 kB.
// Stride is how many positions two values are apart as a rule.
type encoded struct {
	Unit   float64 `json:"k"`
	Stride int     `json:"g"`
	Digits string  `json:"d"`
}

// add takes a series, and returns its number.
func (d *data) add(values []float64) int {
	d.step = max(1, (len(values)+fullResolution-1)/fullResolution)
	if d.step > 1 {
		values = even(values, d.step)
	}
	unit := unitFor(values)
	d.series = append(d.series, encoded{unit, stride(values), digits(values, unit)})
	return len(d.series) - 1
}

// even replaces each two steps of values by the smallest and the largest of them, in their order.
func even(values []float64, step int) []float64 {
	out := make([]float64, 0, len(values)/step+2)
	for from := 0; from < len(values); from += 2 * step {
		window := values[from:min(from+2*step, len(values))]
		low, high, first, second := math.NaN(), math.NaN(), -1, -1
		for i, v := range window {
			if !(v >= low) && !math.IsNaN(v) {
				low, first = v, i
			}
			if !(v <= high) && !math.IsNaN(v) {
				high, second = v, i
			}
		}
		if second < first {
			low, high = high, low
		}
		out = append(out, low, high)
	}
	return out
}

// unitFor is what values are whole numbers of: four digits of the largest, and 1 where all are whole.
func unitFor(values []float64) float64 {
	size, whole := 0.0, true
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		size = math.Max(size, math.Abs(v))
		whole = whole && v == math.Trunc(v)
	}
	if size == 0 {
		return 1
	}
	unit := math.Pow(10, math.Floor(math.Log10(size))-3)
	if whole && unit < 1 {
		return 1
	}
	return unit
}

// alphabet are the digits of base 64 by which a number is written, five bits in each, as in source maps ("VLQ").
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// digits writes values as differences. An absent value is a point.
func digits(values []float64, unit float64) string {
	out, last := make([]byte, 0, 2*len(values)), 0
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			out = append(out, '.')
			continue
		}
		whole := int(math.Round(v / unit))
		n := (whole - last) << 1
		if n < 0 {
			n = -n | 1
		}
		last = whole
		for ; n >= 32; n >>= 5 {
			out = append(out, alphabet[n&31|32])
		}
		out = append(out, alphabet[n])
	}
	return string(out)
}

// json is all of it as the page carries it. json.Marshal escapes what could end the element that holds it.
func (d *data) json(a axis, c clock) template.JS {
	text, err := json.Marshal(struct {
		Start  int64     `json:"t"`
		Last   int       `json:"n"`
		Step   int       `json:"step"`
		Offset int       `json:"o"`
		Since  bool      `json:"since,omitempty"`
		Series []encoded `json:"s"`
	}{a.start, a.last(), max(1, d.step), c.offset(a.start), c.zero > 0, d.series})
	if err != nil { // subtle: there is no NaN in it
		return "null"
	}
	return template.JS(text)
}

// resolution says how exact lines and values are.
func (d *data) resolution(a axis) string {
	text := ""
	if a.n > mostPoints {
		text = "Lines are drawn with the smallest and the largest value of each " + span(float64((2*a.n+mostPoints-1)/mostPoints)) + "; "
	}
	switch {
	case len(d.series) == 0:
		return ""
	case d.step > 1:
		return text + "the crosshair and a zoom show the smallest and the largest of each " + span(float64(2*d.step)) + "."
	case text != "":
		return text + "the crosshair and a zoom show every second."
	default:
		return "Lines, crosshair and zoom show every second."
	}
}
