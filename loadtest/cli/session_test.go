package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
)

func TestSessionEnd(t *testing.T) {
	t.Parallel()
	ctrlC := fault.New(fault.Interrupted, "interrupted by SIGINT")
	for _, c := range []struct {
		reason string
		tests  session
		err    error
		code   int
		says   string
	}{
		{"nobody started a test", nil, ctrlC, 0, "no test was started"},
		{"all passed", session{0, 0}, ctrlC, 0, "2 tests: 2 passed"},
		{"the worst counts", session{0, 1, 6, 130, 0}, ctrlC, 6, "5 tests: 2 passed, 2 failed, 1 incomplete"},
		{"failed requests weigh more than a test that was stopped early", session{130, 1}, ctrlC, 1, "2 tests: 1 failed, 1 incomplete"},
		{"a test without its results", session{5, 6}, ctrlC, 5, "2 tests: 1 failed, 1 incomplete"},
		{"the locustfile ended it", session{0}, nil, 0, "1 test: 1 passed"},
		{"what broke the session outweighs its tests", session{0, 6}, fault.New(fault.Output, "disk full"), 5, "2 tests: 1 passed, 1 failed"},
		{"a fault of no kind", nil, errors.New("?"), 4, "no test was started"},
	} {
		var out, errs bytes.Buffer
		if code := c.tests.end(&out, &errs, c.err); code != c.code || strings.TrimSpace(out.String()) != c.says {
			t.Errorf("%s: end() = %d, %q, want %d, %q", c.reason, code, out.String(), c.code, c.says)
		}
		if broken := c.err != nil && !errors.Is(c.err, ctrlC); broken != (errs.Len() > 0) {
			t.Errorf("%s: on stderr: %q", c.reason, errs.String())
		}
	}
}
