package jobs

import (
	"slices"
	"strings"

	"gregaria/worker/user"
)

// An Operator says what a Condition asks of the values of its subject.
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
	Subject
	Is     Operator
	Values []string
}

// Holds says whether the answer of a request is as asked, and by which value: of a content, one of those that the path names: a string
// is its characters, a number or a bool what JSON writes. A value that is null, or empty, does not exist.
func (c Condition) Holds(q *user.Request) (value string, ok bool) {
	switch {
	case c.Is == Nothing:
		return "", false
	case c.Status:
		return c.holdsStatus(q)
	case len(q.Answer) == 0:
		return "", false
	}
	ok = c.Path.Any(q.Answer, func(text []byte) bool {
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
		return c.is(value)
	}
	return c.String()
}

// String is the condition as Parse reads it.
func (c Condition) String() string { return c.Subject.String() + " " + c.operation() }

// after is the condition where it follows another one, whose subject it need not repeat.
func (c Condition) after(s Subject) string {
	switch {
	case c.Is == Nothing:
		return "()"
	case c.Is == In && c.Subject.String() == s.String():
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
