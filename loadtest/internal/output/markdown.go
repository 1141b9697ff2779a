package output

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

const (
	// mostCell is how many letters of a name or an error a table repeats.
	mostCell = 200
	// mostFailures is how many kinds of failures are shown.
	mostFailures = 20
)

// Markdown is a run as GitHub and GitLab show it, in at most so many bytes: rows of endpoints are left out where they would be more, which is said.
func Markdown(f *analysis.Findings, most int) []byte {
	for rows := len(f.Endpoints); ; rows /= 2 {
		if text := markdown(f, rows); len(text) <= most || rows == 0 {
			return text
		}
	}
}

func markdown(f *analysis.Findings, rows int) []byte {
	var b bytes.Buffer
	title := f.Headline
	if title == "" {
		title = "Load test of " + f.Info.Host
	}
	fmt.Fprintf(&b, "## %s\n\n%s **%s**: %s\n", escape(title), mark(f.Verdict.Code == 0), escape(f.Verdict.Word), escape(f.Verdict.Line))
	if f.Headline != "" && f.Info.Host != "" {
		fmt.Fprintf(&b, "\n%s, up to %d users, %d s\n", code(f.Info.Host), f.Info.Users, max(0, f.Ended-f.Began+1))
	}
	checks(&b, f.Checks)
	findings(&b, f.Findings)
	compared(&b, f.Comparison)
	endpoints(&b, f.Endpoints, rows)
	failures(&b, f)
	files(&b, f.Info.Files)
	return b.Bytes()
}

// mark is a sign for who only looks.
func mark(good bool) string {
	if good {
		return "✅"
	}
	return "❌"
}

func checks(b *bytes.Buffer, all []analysis.Check) {
	if len(all) == 0 {
		return
	}
	b.WriteString("\n### Checks\n\n| | check | measured |\n|---|---|---|\n")
	for _, c := range all {
		measured := c.Measured
		if c.Outcome == analysis.NotEvaluated {
			measured = string(c.Outcome)
		}
		if c.Why != "" {
			measured += ": " + c.Why
		}
		fmt.Fprintf(b, "| %s | %s | %s |\n", mark(c.Outcome == analysis.Passed), codeCell(c.Text), cell(measured))
	}
}

func findings(b *bytes.Buffer, all []analysis.Finding) {
	if len(all) == 0 {
		return
	}
	b.WriteString("\n### What was found\n\n")
	for _, f := range all {
		unclear := ""
		if !f.Clear {
			unclear = " *(not clear)*"
		}
		fmt.Fprintf(b, "- **%s**%s: %s\n", escape(f.Title), unclear, escape(f.Text))
	}
}

func endpoints(b *bytes.Buffer, all []analysis.Endpoint, rows int) {
	if len(all) == 0 {
		return
	}
	b.WriteString("\n### Requests\n\n| | requests | failed | median | p95 | p99 | max | a second |\n|---|--:|--:|--:|--:|--:|--:|--:|\n")
	for i, e := range all {
		if i >= rows && i < len(all)-1 { // the last is the sum
			continue
		}
		fmt.Fprintf(b, "| %s | %d | %d | %s | %s | %s | %s | %s |\n", name(e), e.Requests, e.Failures,
			milliseconds(e.Median), milliseconds(e.P95), milliseconds(e.P99), milliseconds(e.Max), strconv.FormatFloat(e.RequestsPerSecond, 'f', 1, 64))
	}
	if left := len(all) - 1 - rows; left > 0 {
		fmt.Fprintf(b, "\n%d more are in the JSON file.\n", left)
	}
}

// name is an endpoint in its table; the sum stands out.
func name(e analysis.Endpoint) string {
	if e.Type == "" {
		return "**" + cell(e.Name) + "**"
	}
	return codeCell(timing.Called(e.Type, e.Name))
}

// milliseconds is a time as people read it; - is not known.
func milliseconds(ms *float64) string {
	switch {
	case ms == nil || *ms != *ms:
		return "-"
	case *ms >= 10_000:
		return strconv.FormatFloat(*ms/1000, 'f', 1, 64) + " s"
	case *ms >= 10:
		return strconv.FormatFloat(*ms, 'f', 0, 64) + " ms"
	}
	return strconv.FormatFloat(*ms, 'f', 1, 64) + " ms"
}

func failures(b *bytes.Buffer, f *analysis.Findings) {
	if len(f.Failures)+len(f.Exceptions) == 0 {
		return
	}
	b.WriteString("\n### Failures\n\n| count | where | what |\n|--:|---|---|\n")
	for i, failure := range f.Failures {
		if i == mostFailures {
			fmt.Fprintf(b, "| | | %d more kinds |\n", len(f.Failures)-i)
			break
		}
		fmt.Fprintf(b, "| %d | %s | %s |\n", failure.Count, codeCell(timing.Called(failure.Type, failure.Name)), codeCell(failure.Error))
	}
	for i, e := range f.Exceptions {
		if i == mostFailures {
			fmt.Fprintf(b, "| | | %d more kinds |\n", len(f.Exceptions)-i)
			break
		}
		fmt.Fprintf(b, "| %d | a task raised | %s |\n", e.Count, codeCell(e.Message))
	}
}

func files(b *bytes.Buffer, all map[string]string) {
	if len(all) == 0 {
		return
	}
	var names []string
	for _, what := range slices.Sorted(maps.Keys(all)) {
		names = append(names, code(filepath.Base(all[what])))
	}
	fmt.Fprintf(b, "\nFiles: %s\n", strings.Join(names, ", "))
}
