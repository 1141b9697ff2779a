package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/fault"
)

// A session is the exit codes of the tests that a person has started (--ui), in order.
type session []int

// worst are the exit codes of tests, the worst first.
func worst() []int {
	return []int{exitcode.Output, exitcode.Died, exitcode.Usage, exitcode.NotReady, exitcode.Checks, exitcode.Failed, exitcode.Interrupted}
}

// end says how a session ended, and returns its exit code: that of what broke it, else that of its worst test. Ctrl-C is how it is to end.
func (s session) end(stdout, stderr io.Writer, err error) int {
	fmt.Fprintf(stdout, "\n%s\n", s)
	if err != nil && fault.KindOf(err, fault.Died) != fault.Interrupted {
		return refuse(stderr, err)
	}
	for _, code := range worst() {
		if slices.Contains(s, code) {
			return code
		}
	}
	return exitcode.OK
}

// String is the session in a line.
func (s session) String() string {
	if len(s) == 0 {
		return "no test was started"
	}
	text := fmt.Sprintf("%d tests", len(s))
	if len(s) == 1 {
		text = "1 test"
	}
	var words []string
	for _, kind := range []struct {
		word string
		has  func(code int) bool
	}{
		{"passed", func(code int) bool { return code == exitcode.OK }},
		{"failed", func(code int) bool { return code == exitcode.Failed || code == exitcode.Checks }},
		{"incomplete", func(code int) bool {
			return code != exitcode.OK && code != exitcode.Failed && code != exitcode.Checks
		}},
	} {
		n := 0
		for _, code := range s {
			if kind.has(code) {
				n++
			}
		}
		if n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, kind.word))
		}
	}
	return text + ": " + strings.Join(words, ", ")
}
