package check

import (
	"os"
	"path/filepath"
	"testing"

	"gregaria/loadtest/internal/fault"
)

// script writes an executable shell script and returns its path.
func script(t *testing.T, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "locust")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestParseVersion(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason, output, version string
		major                   int
	}{
		{"2.47.0 says where it is", "locust 2.47.0 from /v/lib/python3.11/site-packages/locust (Python 3.11.7)\n", "2.47.0", 2},
		{"older ones do not", "locust 2.0.0\n", "2.0.0", 2},
		{"gevent warns before", "MonkeyPatchWarning: late\nlocust 1.6.0\n", "1.6.0", 1},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			version, major, err := parseVersion(test.output)
			if err != nil || version != test.version || major != test.major {
				t.Errorf("parseVersion(%q) = %q, %d, %v, want %q, %d", test.output, version, major, err, test.version, test.major)
			}
		})
	}
}

func TestLocustVersionRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ reason, body, says string }{
		{"too old", "echo locust 1.6.0", "older than 2.0"},
		{"something else", "echo hello", "no version of Locust"},
		{"broken", "echo 'ImportError: no gevent' >&2; exit 1", "ImportError: no gevent"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			_, err := LocustVersion(t.Context(), script(t, test.body))
			wantFault(t, err, fault.NotReady, test.says)
		})
	}
}

func TestLocustNamedByTheUser(t *testing.T) {
	t.Parallel()
	_, err := Locust("/nonexistent/locust", t.TempDir())
	wantFault(t, err, fault.NotReady, "--locust /nonexistent/locust")
}

func TestLocustOfTheCheckout(t *testing.T) {
	t.Parallel()
	checkout := t.TempDir()
	venv := filepath.Join(checkout, ".venv", "bin")
	if err := os.MkdirAll(venv, 0o755); err != nil {
		t.Fatal(err)
	}
	want := filepath.Join(venv, "locust")
	if err := os.WriteFile(want, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if got, err := Locust("", filepath.Join(checkout, "bin")); got != want || err != nil {
		t.Errorf("Locust() = %q, %v, want %q", got, err, want)
	}
}

func TestProgramMissing(t *testing.T) {
	t.Parallel()
	_, err := Program(t.TempDir(), "worker")
	wantFault(t, err, fault.NotReady, "make build")
}

func TestTakesPlugins(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{"2.47.0": true, "3.0.0": true, "2.11.0": true, "2.47.1.dev3": true, "2.10.0": false, "2.9.0": false, "": false, "dev": false} {
		if got := TakesPlugins(version); got != want {
			t.Errorf("TakesPlugins(%q) = %t, want %t", version, got, want)
		}
	}
}
