package resource

import (
	"bytes"
	"math"
	"strconv"
	"strings"
)

// decimals is how many digits behind the point a value keeps in the file: 0.0001 GB is 0.1 MB, enough to see a leak.
const decimals = 4

// A Cell is one value of a row, a number or a word, or its absence. The zero Cell is absent, so that whoever forgets to set
// one writes an empty cell and not a false 0.
type Cell struct {
	value   float64
	present bool
	text    string // instead of a number
}

// Of returns the Cell of a value. NaN and the infinities are no measurements: they make an absent Cell.
func Of(value float64) Cell {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return Cell{}
	}
	return Cell{value: value, present: true}
}

// Text returns the Cell of a word, for what no number says: the state of a run. An empty one is absent, and a line break
// becomes a space, so that a row stays a line.
func Text(word string) Cell {
	return Cell{text: strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(word)}
}

// Value returns the value and true, or 0 and false where it is absent, or a word.
func (c Cell) Value() (float64, bool) { return c.value, c.present }

// Text returns the word and true, or "" and false where it is absent, or a number.
func (c Cell) Text() (string, bool) { return c.text, c.text != "" }

// String is how the cell stands in the file: at most four decimals, none that say nothing, empty where absent.
func (c Cell) String() string { return string(c.append(nil)) }

// append adds the cell's text to a line.
func (c Cell) append(to []byte) []byte {
	if !c.present {
		return appendText(to, c.text)
	}
	start := len(to)
	if whole := int64(c.value); float64(whole) == c.value {
		return strconv.AppendInt(to, whole, 10) // most cells are counts, and this is several times as fast
	}
	if parts := c.value * scale; math.Abs(parts) < 1<<40 {
		// Below 2^40 the product is off by less than 2^-12, so that unless it is close to a tie its nearest whole number is that of
		// the exact product. To write a whole number is several times as fast, too.
		if whole := math.Round(parts); math.Abs(parts-whole) < 0.499 {
			return trimmed(appendParts(to, int64(whole)), start)
		}
	}
	return trimmed(strconv.AppendFloat(to, c.value, 'f', decimals, 64), start)
}

// scale is 10 to the power of decimals.
const scale = 1e4

// appendParts writes a number of ten thousandths as a decimal fraction.
func appendParts(to []byte, parts int64) []byte {
	if parts < 0 {
		to, parts = append(to, '-'), -parts
	}
	to = append(strconv.AppendInt(to, parts/scale, 10), '.')
	rest := parts % scale
	return append(to, byte('0'+rest/1000), byte('0'+rest/100%10), byte('0'+rest/10%10), byte('0'+rest%10))
}

// trimmed is trim for what stands behind a place.
func trimmed(line []byte, start int) []byte { return append(line[:start], trim(line[start:])...) }

// appendText adds a word, in quotes where it has what separates cells in it (RFC 4180).
func appendText(to []byte, text string) []byte {
	if !strings.ContainsAny(text, `,"`) {
		return append(to, text...)
	}
	to = append(to, '"')
	to = append(to, strings.ReplaceAll(text, `"`, `""`)...)
	return append(to, '"')
}

// parseCell is the inverse of String. NaN and the infinities are absent.
func parseCell(text string) Cell {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return Text(text)
	}
	return Of(value)
}

// trim takes the zeros off the end of a decimal fraction, and the point too where nothing is left behind it.
func trim(number []byte) []byte {
	number = bytes.TrimSuffix(bytes.TrimRight(number, "0"), []byte("."))
	if string(number) == "-0" {
		return []byte("0")
	}
	return number
}
