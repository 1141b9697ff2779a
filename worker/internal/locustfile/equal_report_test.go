package locustfile_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"gregaria/internal/equal"
)

// report is the equality report in the manual.
const report = "../../../docs/equality.md"

var update = flag.Bool("update", false, "write docs/equality.md and the list of modules in docs/locustfile.md")

// A count is what has been compared in one mode.
type count struct {
	files, runs, requests, samples, exceptions, lines, differences int
	locust, python                                                 string
}

// A tally counts per mode.
type tally map[equal.Mode]count

func (s tally) add(mode equal.Mode, g *equal.Golden, differences int) {
	n := s[mode]
	n.files++
	n.locust, n.python = g.Locust, g.Python
	n.differences += differences
	for _, t := range g.Traces {
		n.runs++
		n.requests += len(t.Requests)
		n.lines += len(t.Output)
		for _, e := range t.Events {
			if e.Traceback != "" {
				n.exceptions++
			} else {
				n.samples++
			}
		}
	}
	s[mode] = n
}

// files counts the comparisons of a file in a mode.
func (s tally) files() (n int) {
	for _, c := range s {
		n += c.files
	}
	return n
}

// check compares the report with the one in docs, or writes it.
func (s tally) check(t *testing.T, c *equal.Corpus) {
	t.Helper()
	text := s.text(c)
	if *update {
		if err := os.WriteFile(report, []byte(text), 0o644); err != nil { //nolint:gosec // part of the manual
			t.Fatal(err)
		}
		return
	}
	old, err := os.ReadFile(report)
	if err != nil || string(old) != text {
		t.Errorf("%s is not what the goldens say (%v): go test -run TestEqual ./worker/internal/locustfile -update", report, err)
	}
}

func (s tally) text(c *equal.Corpus) string {
	var b strings.Builder
	n := s[equal.OK]
	fmt.Fprintf(&b, `# Equal to stock Locust

Written by `+"`go test -run TestEqual ./worker/internal/locustfile -update`"+`; CI fails when it is out of date. How the comparison is
made: [testing.md](testing.md).

%d locustfiles run under a stock Locust worker (Locust %s, Python %s) and under this project's, each as one user of each
of its classes, with the same seed and the same number of task executions, against three servers. In order, to the byte:
what arrives at the server (method, raw path, headers, body), what is reported to the master (samples with their failure's
text and length, exceptions with their message and traceback), and what is printed.

| server | files | users | requests | samples | exceptions | lines printed | differences |
|---|---|---|---|---|---|---|---|
`, n.files, n.locust, n.python)
	for _, mode := range equal.Modes() {
		n := s[mode]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d | %d | %d | %d |\n", server(mode), n.files, n.runs, n.requests, n.samples, n.exceptions, n.lines, n.differences)
	}
	b.WriteString("\n## Differences\n\n")
	b.WriteString(known(c))
	b.WriteString("\n## What is made equal before the comparison\n\nAs little as possible: what differs between two runs of stock Locust itself.\n\n| in both | becomes |\n|---|---|\n")
	for _, rule := range equal.Rules() {
		fmt.Fprintf(&b, "| %s | %s |\n", rule[0], rule[1])
	}
	return b.String()
}

func server(mode equal.Mode) string {
	switch mode {
	case equal.Failing:
		return "500 to everything"
	case equal.Refused:
		return "refuses connections"
	case equal.OK:
	}
	return "answers by rule"
}

// known lists what differs, and why, and what is not compared.
func known(c *equal.Corpus) string {
	var b strings.Builder
	for _, file := range c.Files {
		plan := c.Plan(file)
		for what, why := range equal.Sorted(plan.Known) {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", file, what, why)
		}
		if plan.SkipOutput != "" {
			fmt.Fprintf(&b, "| %s | the output is not compared | %s |\n", file, plan.SkipOutput)
		}
	}
	if b.Len() == 0 {
		return "None.\n"
	}
	return "| file | where | why |\n|---|---|---|\n" + b.String()
}
