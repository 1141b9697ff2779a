package summary_test

import (
	"strings"
	"testing"

	"gregaria/loadtest/internal/summary"
)

// FuzzParseFailures asserts that whatever an error says, it is one line that moves no terminal's cursor, and that tables of it fit.
func FuzzParseFailures(f *testing.F) {
	f.Add([]byte("Method,Name,Error,Occurrences,First Seen,Last Seen\nGET,/a,\"CatchResponseError('x\ny')\",3,,\n"))
	f.Add([]byte("Count,Message,Traceback,Nodes\n3,boom,\"  File \"\"a.py\"\", line 1, in t\n    x\n\",local\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		control := func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }
		for _, failure := range summary.ParseFailures(data) {
			if text := failure.String(); strings.ContainsFunc(text, control) {
				t.Errorf("String() = %q", text)
			}
		}
		for _, exception := range summary.ParseExceptions(data) {
			if text := exception.String(); strings.ContainsFunc(text, control) {
				t.Errorf("String() = %q", text)
			}
		}
	})
}
