package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/pflag"
)

// TestVariables: each flag has a variable, which its flag goes before.
func TestVariables(t *testing.T) {
	for name, value := range map[string]string{
		"OUTPUT": "a.csv", "APPEND": "yes", "INTERVAL": "2", "DURATION": "60", "COLLECT": "cpu,memory,gpu", "GPU": "require", "LISTEN": ":9647", "NO_CSV": "no",
		"TOKEN": "a token of sixteen letters", "TOKEN_FILE": "token.txt", "PORT": "8000", "LOCUST": "http://ann:secret@locust:8089",
		"SCRAPE": "http://a/metrics,http://b/metrics", "SERIES": `up,x{1\,2}`, "SCRAPE_OUTPUT": "b.csv", "INSECURE": "1", "HELP": "1", "VERSION": "1",
	} {
		t.Setenv("GREGARIA_MONITOR_"+name, value)
	}
	f, err := parseFlags([]string{"--collect", "cpu", "--collect=disk,gpu,", "-d", "90", "--no-csv=false"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	port, minute := 8000, seconds(90*time.Second)
	want := flags{
		Output: "a.csv", Append: true, Interval: seconds(2 * time.Second), Duration: &minute, Collect: []string{"cpu", "disk", "gpu"}, GPU: "require", Listen: ":9647",
		tokenFlags: tokenFlags{Token: "a token of sixteen letters", TokenFile: "token.txt"},
		watchFlags: watchFlags{Port: &port},
		webFlags: webFlags{
			Locust: "http://ann:secret@locust:8089", Scrape: []string{"http://a/metrics", "http://b/metrics"},
			Series: []string{"up", "x{1,2}"}, ScrapeTo: "b.csv", Insecure: true,
		},
	}
	if diff := cmp.Diff(want, f, cmp.AllowUnexported(flags{})); diff != "" {
		t.Errorf("parseFlags (-want +got):\n%s", diff)
	}
}

// TestVariablesAreNamed: whoever set a wrong variable looks for it there, and one that its flag goes before does no harm.
func TestVariablesAreNamed(t *testing.T) {
	t.Setenv("GREGARIA_MONITOR_PORT", "http")
	_, err := parseFlags(nil, nil)
	if want := `--port: "http" is not a whole number (from the variable GREGARIA_MONITOR_PORT)`; err == nil || err.Error() != want {
		t.Errorf("parseFlags = %v, want %s", err, want)
	}
	if _, err := parseFlags([]string{"--port", "8000"}, nil); err != nil {
		t.Errorf("parseFlags(--port 8000) = %v, want none", err)
	}
}

// TestHelpNamesEveryFlag: --help has each flag with its variable, and no line that is too wide.
func TestHelpNamesEveryFlag(t *testing.T) {
	t.Parallel()
	var help bytes.Buffer
	if _, err := parseFlags([]string{"-h"}, &help); !errors.Is(err, errShown) {
		t.Fatalf("parseFlags(-h) = %v, want that the help was shown", err)
	}
	s := settings{pflag.NewFlagSet("", pflag.ContinueOnError)}
	new(flags).define(s)
	s.VisitAll(func(f *pflag.Flag) {
		if text := "--" + f.Name + " "; !strings.Contains(help.String(), text) || !strings.Contains(help.String(), "($"+variable(f.Name)+").") {
			t.Errorf("the help has no %s or no %s", text, variable(f.Name))
		}
	})
	list, _, _ := strings.Cut(help.String(), "Examples:")
	for line := range strings.Lines(list) {
		if len(strings.TrimSpace(line)) > width {
			t.Errorf("%q has %d letters, want %d", line, len(line), width)
		}
	}
}
