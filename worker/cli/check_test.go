package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
)

// The last line of --check says whether another worker would help.
func TestCheckSaysWhoCanRunIt(t *testing.T) {
	t.Parallel()
	const users = "from locust import User, task\nclass U(User):\n    @task\n    def t(self): %\n"
	tests := []struct {
		body, says string
		code       int
	}{
		{"print(1)", "runs on this worker", exitcode.OK},
		{"import numpy; numpy.zeros(3)", "1 place cannot run on this worker; a stock Python worker", exitcode.Failed},
		{"pass\nmissing()", "1 place cannot run, 1 of them under no Locust worker at all", exitcode.Failed},
		{"import numpy; numpy.zeros(3)\nmissing()", "2 places cannot run, 1 of them under no Locust worker at all", exitcode.Failed},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), "locustfile.py")
		if err := os.WriteFile(path, []byte(strings.Replace(users, "%", tt.body, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, errs bytes.Buffer
		if got := (Program{}).run(t.Context(), []string{"--check", path}, &out, &errs); got != tt.code {
			t.Errorf("%s: exit code = %d, want %d", tt.body, got, tt.code)
		}
		if !strings.Contains(errs.String(), tt.says) {
			t.Errorf("%s: the last line is %q, want %q in it\n%s", tt.body, errs.String(), tt.says, out.String())
		}
	}
}
