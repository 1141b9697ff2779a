package report

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"gregaria/loadtest/internal/analysis"
)

// A finding is a sentence or three, and where its numbers stand.
type finding struct {
	Level, Title, Text, At string
	Clear                  bool
	Evidence               []evidence
}

// An evidence is a line of the folded table below a finding.
type evidence struct{ File, Column, Seconds, Value, Rule string }

func (m *maker) findings() []finding {
	var found []finding
	for _, f := range m.f.Findings {
		n := finding{Level: string(f.Level), Title: sentence(shorten(f.Title, nameLength)), Text: shorten(f.Text, 4*errorLength), Clear: f.Clear, Evidence: m.evidence(f.Evidence)}
		if f.At > 0 {
			n.At = m.at.time(f.At)
			n.Text = withoutTime(n.Text, n.At)
		}
		found = append(found, n)
	}
	return found
}

// withoutTime takes the time from the begin of a text: it stands before the title.
func withoutTime(text, at string) string {
	rest, found := strings.CutPrefix(text, at+": ")
	if !found {
		return text
	}
	first, size := utf8.DecodeRuneInString(rest)
	return string(unicode.ToUpper(first)) + rest[size:]
}

func (m *maker) evidence(all []analysis.Evidence) []evidence {
	var lines []evidence
	for _, e := range all {
		lines = append(lines, evidence{name(e.File), shorten(e.Column, nameLength), m.at.seconds(e.From, e.To), with(number(e.Value), e.Unit), e.Rule})
	}
	return lines
}

// A check is a row of the table of checks.
type check struct {
	Text, Measured, Outcome, Class, Why string
	Evidence                            []evidence
}

func (m *maker) checks() []check {
	var checks []check
	for _, c := range m.f.Checks {
		class := "bad"
		if c.Outcome == analysis.Passed {
			class = "good"
		}
		checks = append(checks, check{shorten(c.Text, errorLength), c.Measured, string(c.Outcome), class, shorten(c.Why, errorLength), m.evidence(c.Evidence)})
	}
	return checks
}
