package jobs

import (
	"slices"
	"strings"

	"gregaria/worker/internal/jsonpath"
)

// An Operator says what a Condition asks of the values that its path names.
type Operator int

// The operators. Nothing holds for no answer at all.
const (
	Nothing Operator = iota
	In
	NotIn
	Exists
)

// A Condition holds for some answers.
type Condition struct {
	Path   jsonpath.Path
	Is     Operator
	Values []string
}

// Holds says whether one of the values that the path names in an answer is as asked, and which: a string is its characters, a number or a
// bool what JSON writes. A value that is null, or empty, does not exist.
func (c Condition) Holds(answer []byte) (value string, ok bool) {
	if c.Is == Nothing || len(answer) == 0 {
		return "", false
	}
	ok = c.Path.Any(answer, func(text []byte) bool {
		if !c.holds(text) {
			return false
		}
		value = string(text)
		return true
	})
	return value, ok
}

func (c Condition) holds(text []byte) bool {
	listed := func() bool {
		return slices.ContainsFunc(c.Values, func(v string) bool { return string(text) == v })
	}
	switch c.Is {
	case In:
		return listed()
	case NotIn:
		return !empty(text) && !listed()
	case Exists:
		return !empty(text)
	default:
		return false
	}
}

// empty says whether there is nothing in a value.
func empty(text []byte) bool {
	switch string(text) {
	case "", "null", "[]", "{}":
		return true
	}
	return false
}

// says is what a failed job has as its failure if the condition told of it: one of a few texts, whatever the answers have, because each
// text is a row of Locust's.
func (c Condition) says(value string) string {
	if c.Is == In {
		return c.Path.String() + " is " + value
	}
	return c.String()
}

// String is the condition as Parse reads it.
func (c Condition) String() string { return c.Path.String() + " " + c.operation() }

// after is the condition where it follows another one, whose path it need not repeat.
func (c Condition) after(path jsonpath.Path) string {
	switch {
	case c.Is == Nothing:
		return "()"
	case c.Is == In && c.Path.String() == path.String():
		return list(c.Values)
	}
	return c.String()
}

func (c Condition) operation() string {
	switch c.Is {
	case In:
		return "in " + list(c.Values)
	case NotIn:
		return "not in " + list(c.Values)
	case Exists:
		return "exists"
	default:
		return "in ()"
	}
}

func list(values []string) string {
	texts := make([]string, len(values))
	for i, v := range values {
		if texts[i] = v; v == "" || strings.ContainsAny(v, "(),") || quoted(v) || strings.Trim(v, spaces) != v {
			texts[i] = quote(v)
		}
	}
	return "(" + strings.Join(texts, ", ") + ")"
}
