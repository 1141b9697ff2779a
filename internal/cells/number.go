package cells

import (
	"math"
	"strconv"
)

// exact are the powers of ten that divide a whole number of up to 2^53 exactly as strconv does: both are float64 without a rounding, and the quotient is rounded once.
var exact = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// Float is the number in a cell; NaN for an empty one, and for what is no finite number.
func Float(cell []byte) float64 {
	digits, decimals := uint64(0), -1
	text := cell
	negative := len(text) > 0 && text[0] == '-'
	if negative {
		text = text[1:]
	}
	if len(text) == 0 || len(text) > len(exact) {
		return slowly(cell)
	}
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits = digits*10 + uint64(c-'0')
			if decimals >= 0 {
				decimals++
			}
		case c == '.' && decimals < 0 && len(text) > 1:
			decimals = 0
		default:
			return slowly(cell)
		}
	}
	value := float64(digits) / exact[max(decimals, 0)]
	if negative {
		return -value
	}
	return value
}

// Pair reads "96.25:3" from the begin of a text: a number without a sign, and how many of it. It reads as far as the digits go, and returns how many bytes those are; 0
// where the text does not begin so. Longer numbers, and those with an exponent, are not read: Float and Whole read all.
func Pair(text []byte) (number float64, count int64, length int) {
	digits, decimals, at := uint64(0), -1, 0
	for ; at < len(text); at++ {
		if c := text[at]; c-'0' <= 9 {
			digits = digits*10 + uint64(c-'0')
		} else if c == '.' && decimals < 0 {
			decimals = at
		} else {
			break
		}
	}
	if at == 0 || at >= len(exact) || at == len(text) || text[at] != ':' || decimals == 0 && at == 1 {
		return 0, 0, 0
	}
	number = float64(digits)
	if decimals >= 0 {
		number /= exact[at-1-decimals]
	}
	start := at + 1
	for at = start; at < len(text) && text[at]-'0' <= 9; at++ {
		count = count*10 + int64(text[at]-'0')
	}
	if at == start || at-start > mostDigits {
		return 0, 0, 0
	}
	return number, count, at
}

// mostDigits is how many a whole number may have.
const mostDigits = 18

// slowly is Float for what is rare.
func slowly(cell []byte) float64 {
	value, err := strconv.ParseFloat(string(cell), 64)
	if err != nil || math.IsInf(value, 0) {
		return math.NaN()
	}
	return value
}

// Whole is the whole number in a cell, and whether there is one, which has no sign and at most 18 digits.
func Whole(cell []byte) (int64, bool) {
	if len(cell) == 0 || len(cell) > mostDigits {
		return 0, false
	}
	n := int64(0)
	for _, c := range cell {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, true
}
