package analysis

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// words are how numbers and times stand in sentences.
type words struct{ location *time.Location }

func newWords(location *time.Location) words {
	if location == nil {
		location = time.UTC
	}
	return words{location}
}

// clock is a second as people read it off a wall.
func (w words) clock(second int64) string {
	return time.Unix(second, 0).In(w.location).Format(time.TimeOnly)
}

// number has as many digits as a sentence bears: two below 100, three from there on.
func number(x float64) string {
	size := math.Abs(x)
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "unknown"
	case size == 0:
		return "0"
	case size >= 999.5:
		unit := math.Pow(10, math.Floor(math.Log10(size))-2)
		return thousands(math.Round(x/unit) * unit)
	case size >= 9.95:
		return strconv.FormatFloat(math.Round(x), 'f', 0, 64)
	case size < 0.0095:
		return strconv.FormatFloat(x, 'g', 2, 64)
	}
	digits := 1
	if size < 0.995 {
		digits = 2
	}
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', digits, 64), ".0")
}

// thousands has a comma before each three digits of a whole number.
func thousands(x float64) string {
	s := strconv.FormatFloat(math.Abs(math.Round(x)), 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if x < 0 {
		s = "-" + s
	}
	return s
}

// percent is a share of 1 as people say it.
func percent(share float64) string {
	if share > 0 && share < 0.0001 {
		return "less than 0.01 %"
	}
	return number(100*share) + " %"
}

// counted is a number with its noun.
func counted(n float64, noun string) string {
	if math.Round(n) == 1 {
		return "1 " + noun
	}
	return thousands(n) + " " + noun + "s"
}

// list joins words as a sentence does.
func list(all []string) string {
	switch len(all) {
	case 0:
		return ""
	case 1:
		return all[0]
	}
	return strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// upper makes the first letter of a sentence large.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// atLoad is a load in words, "56 users, 40 requests/s": what is not known is left out, and nothing is said with the word before it where neither is.
func atLoad(before string, users, x float64) string {
	var parts []string
	if !math.IsNaN(users) {
		parts = append(parts, number(users)+" users")
	}
	if !math.IsNaN(x) {
		parts = append(parts, number(x)+" requests/s")
	}
	if len(parts) == 0 {
		return ""
	}
	return before + strings.Join(parts, ", ")
}
