package report

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"gregaria/internal/timing"
)

// Texts from outside have any length. The page shows so many characters of names and of errors, and says how many there are.
const (
	nameLength  = 160
	errorLength = 600
	traceLength = 8000
)

// shorten cuts a text, and says so in it.
func shorten(text string, most int) string {
	n := utf8.RuneCountInString(text)
	if n <= most {
		return text
	}
	return fmt.Sprintf("%s … (%s characters in all)", string([]rune(text)[:most]), count(n))
}

// request is a (type, name) in words.
func request(kind, name string) route { return route(shorten(timing.Called(kind, name), nameLength)) }

// A route is the name of a request. A page that is too narrow for it breaks it before a slash.
type route string

func (r route) Parts() []string {
	parts := strings.Split(string(r), "/")
	for i := 1; i < len(parts); i++ {
		parts[i] = "/" + parts[i]
	}
	return parts
}

// sentence ends a title that has no end.
func sentence(title string) string {
	if title == "" || strings.ContainsRune(".:!?", rune(title[len(title)-1])) {
		return title
	}
	return title + "."
}
