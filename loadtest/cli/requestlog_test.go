package cli

import (
	"io"
	"testing"
)

// TestRequestLog has the flag with and without a value, and its variable. It cannot run beside tests that read variables.
func TestRequestLog(t *testing.T) {
	for _, tt := range []struct {
		variable string
		args     []string
		want     string
	}{
		{"", nil, ""},
		{"", []string{"--request-log"}, "jsonl"},
		{"", []string{"--request-log=csv"}, "csv"},
		{"", []string{"--request-log", "--users=5"}, "jsonl"},
		{"1", nil, "jsonl"},
		{"csv", nil, "csv"},
		{"0", nil, ""},
		{"csv", []string{"--request-log"}, "jsonl"},
	} {
		if tt.variable != "" {
			t.Setenv("GREGARIA_REQUEST_LOG", tt.variable)
		}
		s, err := parseFlags(append(tt.args, "--demo"), io.Discard, io.Discard)
		if err != nil || s.RequestLog != tt.want {
			t.Errorf("with %q and %q: RequestLog = %q, %v, want %q", tt.variable, tt.args, s.RequestLog, err, tt.want)
		}
	}
}
