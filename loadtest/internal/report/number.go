package report

import (
	"math"
	"strconv"
	"strings"
)

// number writes a number for people: three digits that count, thousands apart, no zeros at the end. It is "" for NaN.
func number(v float64) string {
	switch size := math.Abs(v); {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return ""
	case size == 0:
		return "0"
	case size >= 99.95:
		return decimals(v, 0)
	case size >= 9.995:
		return decimals(v, 1)
	case size >= 0.9995:
		return decimals(v, 2)
	default:
		return decimals(v, 2-int(math.Floor(math.Log10(size)))-1)
	}
}

// decimals writes a number with at most so many decimals.
func decimals(v float64, places int) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', places, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		whole += "." + fraction
	}
	if v < 0 && whole != "0" {
		return "\u2212" + whole // the minus sign: as wide as a digit
	}
	return whole
}

// signed is number with a plus sign before what is above zero.
func signed(v float64) string {
	if v > 0 {
		return "+" + number(v)
	}
	return number(v)
}

// count writes a whole number.
func count(n int) string { return decimals(float64(n), 0) }

// known writes a number that may not be known: "" then.
func known(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

// with puts a unit behind a number. "" stays "".
func with(number, unit string) string {
	if number == "" || unit == "" {
		return number
	}
	return number + "\u00a0" + unit
}
