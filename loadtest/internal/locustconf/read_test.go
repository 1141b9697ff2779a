package locustconf

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
)

// python returns the Python of the checkout's Locust, which these tests ask.
func python(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Skip("there is no .venv with Locust: run make setup")
	}
	return path
}

// TestRead has stock Locust's own parser read what people have lying about. It changes the working directory and the
// environment, so nothing runs beside it.
func TestRead(t *testing.T) {
	locust := python(t)
	tests := []struct {
		reason    string
		files     map[string]string
		variables map[string]string
		arguments []string
		want      string
		err       string
	}{
		{"nothing", nil, nil, nil, "", ""},
		{
			"locust.conf",
			map[string]string{"locust.conf": "headless = true\nusers: 50\nrun-time 1m30s\n# users = 7\n"},
			nil, nil,
			"locust.conf: headless=true; locust.conf: users=50; locust.conf: run-time=90", "",
		},
		{
			"pyproject.toml, its own table only",
			map[string]string{"pyproject.toml": "[tool.other]\nusers = 1\n[tool.locust]\nweb-port = 9000\n"},
			nil, nil,
			"pyproject.toml: web-port=9000", "",
		},
		{"the home directory", map[string]string{"home/.locust.conf": "web-base-path = /load\n"}, nil, nil, `DIR/home/.locust.conf: web-base-path="/load"`, ""},
		{
			"the strongest wins, as in Locust",
			map[string]string{"home/.locust.conf": "users = 1\n", "locust.conf": "users = 2\n", "pyproject.toml": "[tool.locust]\nusers = 3\n"},
			map[string]string{"LOCUST_USERS": "4"},
			nil, "LOCUST_USERS=4", "",
		},
		{"the locustfile's own arguments are nobody's", map[string]string{"locust.conf": "tenant = acme\n"}, nil, []string{"--color=red"}, "locust.conf: tenant=null", ""},
		{"an argument, spelled short", nil, nil, []string{"--headl", "-T", "a", "b"}, `--headless among the arguments for Locust=true; --tags among the arguments for Locust=["a", "b"]`, ""},
		{
			"users' settings",
			map[string]string{"locust.conf": `config-users = [{"user_class_name": "A", "weight": 3}]` + "\n"},
			nil, nil,
			"", "--config-users argument must be a valid JSON",
		}, // so says Locust itself: in such a file a list is not one text
		{"no number", map[string]string{"locust.conf": "users = many\n"}, nil, nil, "", "argument -u/--users: invalid int value: 'many'"},
		{"no TOML", map[string]string{"pyproject.toml": "[tool.locust\n"}, nil, nil, "", "Couldn't parse TOML file"},
		{"help", nil, nil, []string{"--help"}, "", "leave --help, --version and the like out"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			t.Setenv("HOME", filepath.Join(dir, "home"))
			for name, value := range test.variables {
				t.Setenv(name, value)
			}
			for name, text := range test.files {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if present := Present(test.arguments, os.Environ()); present != (test.reason != "nothing") {
				t.Errorf("Present() = %v, want it to see what there is", present)
			}
			found, err := Read(t.Context(), locust, test.arguments)
			if test.err != "" {
				if err == nil || fault.KindOf(err, 0) != fault.Usage || !strings.Contains(err.Error(), test.err) || strings.Contains(err.Error(), "\n") {
					t.Errorf("Read() = %v, want one line of a fault.Usage that says %q", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range found.Settings {
				got = append(got, fmt.Sprintf("%s=%s", s, s.Value))
			}
			if text := strings.ReplaceAll(strings.Join(got, "; "), dir, "DIR"); text != test.want {
				t.Errorf("Read() found %s, want %s", text, test.want)
			}
		})
	}
}

func TestReadWithoutLocust(t *testing.T) {
	t.Parallel()
	if _, err := Read(t.Context(), "/nonexistent/python", nil); err == nil || fault.KindOf(err, 0) != fault.NotReady {
		t.Errorf("Read() without a Python = %v, want a fault.NotReady", err)
	}
}
