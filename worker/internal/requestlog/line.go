package requestlog

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A line is a line that is being written, behind what is there already. Its fields come in the order of requestline.Fields.
type line struct {
	to  []byte
	csv bool
}

// field begins a field. It says whether there is to be a value: what is absent is an empty cell in CSV and nothing in JSON.
func (l *line) field(key string, present bool) bool {
	if l.csv {
		l.to = append(l.to, ',')
	} else if present {
		l.to = append(l.to, key...)
	}
	return present
}

// text is a field whose text is absent if it is empty.
func (l *line) text(key, text string) {
	if l.field(key, text != "") {
		l.to = l.quote(l.to, text)
	}
}

func (l *line) quote(to []byte, text string) []byte {
	if l.csv {
		return appendCell(to, text)
	}
	return appendString(to, text)
}

func (l *line) whole(key string, n int64, present bool) {
	if l.field(key, present) {
		l.to = strconv.AppendInt(l.to, n, 10)
	}
}

// number is a number as a locustfile has given it. JSON has no word for one that is none.
func (l *line) number(key string, x float64, present bool) {
	if l.field(key, present && !math.IsNaN(x) && !math.IsInf(x, 0)) {
		l.to = strconv.AppendFloat(l.to, x, 'f', -1, 64)
	}
}

// milliseconds is a time with three decimals.
func (l *line) milliseconds(key string, d time.Duration, present bool) {
	if !l.field(key, present) {
		return
	}
	if d < 0 {
		l.to, d = append(l.to, '-'), -d
	}
	us := int64(d+500) / 1000
	l.to = append(strconv.AppendInt(l.to, us/1000, 10), '.')
	l.to = append3(l.to, uint32(us%1000))
}

// truth is a field that is there if it is true.
func (l *line) truth(key string, is bool) {
	if l.field(key, is) {
		l.to = append(l.to, "true"...)
	}
}

// append3 and append6 append a number with that many digits.
func append3(to []byte, n uint32) []byte {
	return append(to, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

func append6(to []byte, n uint32) []byte { return append3(append3(to, n/1000), n%1000) }

const hexDigits = "0123456789abcdef"

// appendString appends a text as JSON has it. Bytes that are no UTF-8 become one U+FFFD each run, as in the names that the master sees.
func appendString(to []byte, text string) []byte {
	to = append(to, '"')
	for i := 0; i < len(text); {
		if n := plain(text[i:]); n > 0 {
			to = append(to, text[i:i+n]...)
			i += n
			continue
		}
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			to, i = appendRune(to, text, i)
			continue
		case c == '"', c == '\\':
			to = append(to, '\\', c)
		case c == '\n':
			to = append(to, `\n`...)
		default:
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
		i++
	}
	return append(to, '"')
}

// plain is how many bytes begin a text that JSON has as they are, eight at a time where it can.
func plain(text string) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	i := 0
	for ; i+8 <= len(text); i += 8 {
		s := text[i : i+8]
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		quote, backslash := x^(ones*'"'), x^(ones*'\\')
		if ((x-ones*' ')|(quote-ones)|(backslash-ones)|x)&high != 0 {
			break
		}
	}
	for ; i < len(text); i++ {
		if c := text[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			break
		}
	}
	return i
}

// appendRune appends the character at a place, U+FFFD where there is none, and returns the place after it.
func appendRune(to []byte, text string, i int) ([]byte, int) {
	next, valid := runeAt(text, i)
	if valid {
		return append(to, text[i:next]...), next
	}
	return append(to, "\uFFFD"...), next
}

// runeAt returns what follows the rune at i; of bytes that are none, the whole run of them.
func runeAt(text string, i int) (next int, valid bool) {
	for next = i; next < len(text); {
		r, size := utf8.DecodeRuneInString(text[next:])
		if r != utf8.RuneError || size > 1 {
			if next == i {
				return next + size, true
			}
			break
		}
		next++
	}
	return next, false
}

// appendCell appends a text as CSV has it (RFC 4180), one line a request: a line break in the text is a space.
func appendCell(to []byte, text string) []byte {
	quoted := strings.IndexByte(text, ',') >= 0 || strings.IndexByte(text, ' ') >= 0
	if !quoted && plain(text) == len(text) {
		return append(to, text...)
	}
	quoted = quoted || strings.ContainsAny(text, "\"\r\n")
	if quoted {
		to = append(to, '"')
	}
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			to, i = appendRune(to, text, i)
			continue
		case c == '"':
			to = append(to, `""`...)
		case c == '\n', c == '\r':
			to = append(to, ' ')
		default:
			to = append(to, c)
		}
		i++
	}
	if quoted {
		to = append(to, '"')
	}
	return to
}
