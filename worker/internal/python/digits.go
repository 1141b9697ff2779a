package python

import (
	"strings"
	"unicode"

	"gregaria/worker/internal/python/charname"
)

// digitRange are characters whose worth as a digit goes up by one from the first to the last.
type digitRange struct{ lo, hi, worth rune }

// digitRanges are the digits that make no numbers: raised, lowered, in a circle, of scripts without a zero (Unicode's
// Numeric_Type=Digit).
var digitRanges = []digitRange{ //nolint:gochecknoglobals // a table that never changes
	{0xb2, 0xb3, 2},
	{0xb9, 0xb9, 1},
	{0x1369, 0x1371, 1},
	{0x19da, 0x19da, 1},
	{0x2070, 0x2070, 0},
	{0x2074, 0x2079, 4},
	{0x2080, 0x2089, 0},
	{0x2460, 0x2468, 1},
	{0x2474, 0x247c, 1},
	{0x2488, 0x2490, 1},
	{0x24ea, 0x24ea, 0},
	{0x24f5, 0x24fd, 1},
	{0x24ff, 0x24ff, 0},
	{0x2776, 0x277e, 1},
	{0x2780, 0x2788, 1},
	{0x278a, 0x2792, 1},
	{0x10a40, 0x10a43, 1},
	{0x10e60, 0x10e68, 1},
	{0x11052, 0x1105a, 1},
	{0x1f100, 0x1f100, 0},
	{0x1f101, 0x1f10a, 0},
}

// numberLetters are the ideographs that are numbers.
const numberLetters = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零" +
	"\uf96b\uf973\uf978\uf9b2\uf9d1\uf9d3\uf9fd𠀁𠁤𠃢𠄡𠤪𠦃𠦌𠦜𠫪𠫽𠬙𢎐𢦘𣬛𦉭\U0002f890"

func isDecimal(r rune) bool { return unicode.IsDigit(r) && !charname.Newer(r) }

func isDigit(r rune) bool { return Digit(r) >= 0 }

func isNumeric(r rune) bool {
	return unicode.IsNumber(r) && !charname.Newer(r) || r >= 0x3400 && strings.ContainsRune(numberLetters, r)
}

// Decimal is the worth of a character with which numbers are written, -1 if it is none. Each script has its ten in a row.
func Decimal(r rune) int {
	if !isDecimal(r) {
		return -1
	}
	if r >= 0x1d7ce && r <= 0x1d7ff { // five alphabets of mathematics, one after another
		return int(r-0x1d7ce) % 10
	}
	zero := r
	for zero > r-9 && isDecimal(zero-1) {
		zero--
	}
	return int(r - zero)
}

// Digit is the worth of a digit, also of those that make no numbers such as '²', -1 if it is none.
func Digit(r rune) int {
	for _, d := range digitRanges {
		if r >= d.lo && r <= d.hi {
			return int(d.worth + r - d.lo)
		}
	}
	return Decimal(r)
}

// plainNumber is the text of a number as int and float read it: digits of all scripts as ASCII's, spaces as one of them, and
// what else is not ASCII as something that no number has.
func plainNumber(s string) string {
	if isASCII(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch d := Decimal(r); {
		case r < 0x80:
			return r
		case d >= 0:
			return '0' + rune(d)
		case isSpace(r):
			return ' '
		}
		return '?'
	}, s)
}

// trimNumber removes the spaces around a number.
func trimNumber(s string) string { return strings.Trim(s, " \t\n\v\f\r") }
