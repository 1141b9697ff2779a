package output

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// The suites of JUnit's XML as CI servers read it: that of Ant's junitreport task, with the attributes that JUnit 5, Jenkins and GitLab know.
type junitSuites struct {
	XMLName  xml.Name   `xml:"testsuites"`
	Name     string     `xml:"name,attr"`
	Tests    int        `xml:"tests,attr"`
	Failures int        `xml:"failures,attr"`
	Errors   int        `xml:"errors,attr"`
	Time     string     `xml:"time,attr"`
	Suite    junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	Out        string          `xml:"system-out"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name    string      `xml:"name,attr"`
	Class   string      `xml:"classname,attr"`
	Time    string      `xml:"time,attr"`
	Failure *junitFault `xml:"failure"`
	Error   *junitFault `xml:"error"`
	Out     string      `xml:"system-out,omitempty"`
}

type junitFault struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// incomplete is the verdict on a run that did not come to its end.
const incomplete = "INCOMPLETE"

// JUnit is a run as JUnit's XML: a test case for each check, one called requests for a run without checks, and one called run, with an error, for a run
// that is incomplete. A run that failed for another reason than its checks has a failed case requests, too.
func JUnit(f *analysis.Findings) ([]byte, error) {
	took := max(0, f.Ended-f.Began+1)
	suite := junitSuite{
		Name: "loadtest " + f.Info.Host, Time: strconv.FormatInt(took, 10), Timestamp: time.Unix(f.Began, 0).UTC().Format("2006-01-02T15:04:05"),
		Properties: properties(f), Out: words(f),
	}
	for _, c := range f.Checks {
		suite.Cases = append(suite.Cases, ofCheck(c))
	}
	if f.Verdict.Word == incomplete {
		suite.Cases = append(suite.Cases, junitCase{
			Name: "run", Class: "loadtest", Time: suite.Time,
			Error: &junitFault{f.Verdict.Line, "incomplete", fmt.Sprintf("%s (exit code %d)", f.Verdict.Line, f.Verdict.Code)},
		})
	} else if requests := ofRequests(f, suite.Time); len(f.Checks) == 0 || requests.Failure != nil {
		suite.Cases = append(suite.Cases, requests)
	}
	for _, c := range suite.Cases {
		suite.Tests++
		if c.Failure != nil {
			suite.Failures++
		}
		if c.Error != nil {
			suite.Errors++
		}
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", "  ")
	err := encoder.Encode(junitSuites{
		Name: "loadtest", Tests: suite.Tests, Failures: suite.Failures, Errors: suite.Errors, Time: suite.Time, Suite: suite,
	})
	b.WriteByte('\n')
	return b.Bytes(), marshalled("JUnit XML", err)
}

// ofCheck is the case of a check. Its time is that of the seconds which it looked at.
func ofCheck(c analysis.Check) junitCase {
	result := junitCase{Name: c.Text, Class: "loadtest.checks", Time: "0"}
	var text strings.Builder
	fmt.Fprintf(&text, "%s: measured %s", c.Text, c.Measured)
	if c.Why != "" {
		text.WriteString("; " + c.Why)
	}
	for i, e := range c.Evidence {
		if i == 0 {
			result.Time = strconv.FormatInt(max(0, e.To-e.From+1), 10)
		}
		fmt.Fprintf(&text, "\n%s, column %s, seconds %d to %d: %s", e.File, e.Column, e.From, e.To, e.Rule)
	}
	switch c.Outcome {
	case analysis.Passed:
		result.Out = text.String()
	case analysis.NotEvaluated:
		result.Failure = &junitFault{"not evaluated: " + c.Why, "not evaluated", text.String()}
	default:
		result.Failure = &junitFault{"measured " + c.Measured, "check", text.String()}
	}
	return result
}

// ofRequests is the case of what Locust makes of failed requests and exceptions.
func ofRequests(f *analysis.Findings, took string) junitCase {
	result := junitCase{Name: "requests", Class: "loadtest", Time: took}
	broken := false
	for _, c := range f.Checks {
		broken = broken || c.Outcome != analysis.Passed
	}
	if f.Verdict.Code == 0 || broken { // the checks have said it
		result.Out = f.Verdict.Line
		return result
	}
	var text strings.Builder
	text.WriteString(f.Verdict.Line)
	for _, failure := range f.Failures {
		fmt.Fprintf(&text, "\n%d x %s: %s", failure.Count, timing.Called(failure.Type, failure.Name), failure.Error)
	}
	for _, e := range f.Exceptions {
		fmt.Fprintf(&text, "\n%d x %s", e.Count, e.Message)
	}
	result.Failure = &junitFault{f.Verdict.Line, "requests", text.String()}
	return result
}

// properties are what is known of the run beside its numbers.
func properties(f *analysis.Findings) []junitProperty {
	all := []junitProperty{{"host", f.Info.Host}, {"users", strconv.Itoa(f.Info.Users)}}
	for _, p := range []junitProperty{{"locustfile", f.Info.Locustfile}, {"locust", f.Info.Locust}, {"gregaria", f.Info.Gregaria}} {
		if p.Value != "" {
			all = append(all, p)
		}
	}
	return all
}

// words are headline, verdict and findings.
func words(f *analysis.Findings) string {
	lines := []string{f.Verdict.Word + ": " + f.Verdict.Line}
	if f.Headline != "" {
		lines = append([]string{f.Headline}, lines...)
	}
	for _, finding := range f.Findings {
		lines = append(lines, finding.Title+": "+finding.Text)
	}
	return strings.Join(lines, "\n")
}
