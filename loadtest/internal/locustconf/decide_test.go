package locustconf

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
)

// options is what the reader printed of stock Locust 2.47.0: the options that it has.
func options(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "options.json"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := parse(data)
	if err != nil {
		t.Fatal(err)
	}
	return found.Known
}

// TestEveryOptionIsClassified walks all options of Locust: one that is new to us must be looked at.
func TestEveryOptionIsClassified(t *testing.T) {
	t.Parallel()
	left := []string{ // Locust obeys these, and nothing of a run depends on them
		"build_path", "config", "enable_rebalancing", "equal_weights", "exclude_tags", "exit_code_on_error", "headful", "help", "json",
		"json_file", "loglevel", "master", "only_summary", "otel", "print_stats", "profile", "skip_log_setup", "stats_history_enabled",
		"tags", "user_classes", "version",
		// and these it refuses itself, by what they are called now
		"expect_slaves", "legacy_ui", "slave", "web_auth",
	}
	known := options(t)
	if len(known) < 50 {
		t.Errorf("%d options of Locust, want all", len(known))
	}
	treated := treatments()
	for _, option := range known {
		_, found := treated[option]
		if found == slices.Contains(left, option) {
			t.Errorf("option %s: treated = %v, want it either treated or left to Locust", option, found)
		}
	}
	for option := range treated {
		if !slices.Contains(known, option) {
			t.Errorf("option %s is treated, and Locust has no such one", option)
		}
	}
}

func TestDecide(t *testing.T) {
	t.Parallel()
	const file = "locust.conf"
	tests := []struct {
		reason  string
		setting Setting
		notice  string
		undo    string
		drop    string
		refused string
	}{
		{"obeyed by Locust", Setting{file, "tags", "a", "tags", raw(`["a"]`)}, "", "", "", ""},
		{"the locustfile's own", Setting{file, "tenant", "x", "", raw(`null`)}, "", "", "", ""},
		{"a default of ours", Setting{file, "users", "5", "num_users", raw(`5`)}, "", "", "", ""},
		{"headless in a file", Setting{file, "headless", "true", "headless", raw(`true`)}, "locust.conf: headless is not obeyed: loadtest starts", "--headful", "", ""},
		{"headless that is off", Setting{file, "headless", "false", "headless", raw(`false`)}, "", "", "", ""},
		{"headless in a variable", Setting{variable, "LOCUST_HEADLESS", "1", "headless", raw(`true`)}, "LOCUST_HEADLESS is not obeyed", "", "LOCUST_HEADLESS=", ""},
		{"headless as an argument", Setting{argument, "--headless", "True", "headless", raw(`true`)}, "", "", "", "--headless among the arguments for Locust cannot be obeyed: loadtest starts"},
		{"TLS of the web UI", Setting{"pyproject.toml", "tls-cert", "x.pem", "tls_cert", raw(`"x.pem"`)}, "pyproject.toml: tls-cert is not obeyed: master and web UI are for this machine alone", "--tls-cert=", "", ""},
		{"another log file", Setting{file, "logfile", "x", "logfile", raw(`"x"`)}, "locust.conf: logfile is not obeyed", "--logfile=", "", ""},
		{"copies of results, which Locust's workers would write too", Setting{file, "csv", "x", "csv_prefix", raw(`"x"`)}, "", "--csv=", "", ""},
		{"the same among the arguments", Setting{argument, "--html", "x", "html_file", raw(`"x"`)}, "", "--html=", "", ""},
		{"the same in a variable", Setting{variable, "LOCUST_CSV", "x", "csv_prefix", raw(`"x"`)}, "", "", "LOCUST_CSV=", ""},
		{"a login", Setting{"~/.locust.conf", "web-login", "true", "web_login", raw(`true`)}, "", "", "", "~/.locust.conf: web-login = true cannot be obeyed: loadtest has no password"},
		{"a test that starts itself", Setting{file, "autostart", "true", "autostart", raw(`true`)}, "", "", "", "autostart = true cannot be obeyed"},
		{"a login in a variable", Setting{variable, "LOCUST_WEB_LOGIN", "1", "web_login", raw(`true`)}, "LOCUST_WEB_LOGIN is not obeyed", "", "LOCUST_WEB_LOGIN=", ""},
		{"a worker in place of a master", Setting{file, "worker", "true", "worker", raw(`true`)}, "", "", "", "worker = true cannot be obeyed: loadtest starts the master"},
		{"a list of classes", Setting{argument, "--list", "True", "list_commands", raw(`true`)}, "", "", "", "would print that and run nothing"},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			d, err := Found{Settings: []Setting{test.setting}, Known: options(t)}.Decide()
			if test.refused != "" {
				if err == nil || fault.KindOf(err, 0) != fault.Usage || !strings.Contains(err.Error(), test.refused) {
					t.Errorf("Decide() = %v, want a fault.Usage that says %q", err, test.refused)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			notices := strings.Join(d.Notices, "\n")
			if (notices == "") != (test.notice == "") || !strings.HasPrefix(notices, test.notice) {
				t.Errorf("notices = %q, want %q", notices, test.notice)
			}
			if undo, drop := strings.Join(d.Undo, " "), strings.Join(d.Drop, " "); undo != test.undo || drop != test.drop {
				t.Errorf("undo = %q, drop = %q, want %q, %q", undo, drop, test.undo, test.drop)
			}
		})
	}
}

// TestDecideOfASession: what a run cannot live with, a session can.
func TestDecideOfASession(t *testing.T) {
	t.Parallel()
	found := Found{Settings: []Setting{{argument, "--class-picker", "True", "class_picker", raw(`true`)}}, Known: options(t)}
	if _, err := found.Decide(); err == nil || !strings.Contains(err.Error(), "--class-picker among the arguments for Locust cannot be obeyed") {
		t.Errorf("Decide() = %v, want a refusal", err)
	}
	if d, err := found.Decide("class_picker"); err != nil || len(d.Notices) > 0 || len(d.Undo) > 0 {
		t.Errorf("Decide(class_picker) = %+v, %v, want it to be left to Locust", d, err)
	}
}

func TestDecideWithoutHeadful(t *testing.T) {
	t.Parallel()
	found := Found{Settings: []Setting{{"locust.conf", "headless", "true", "headless", raw(`true`)}}, Known: []string{"headless"}}
	if _, err := found.Decide(); err == nil || !strings.Contains(err.Error(), "locust.conf: headless = true cannot be obeyed") {
		t.Errorf("Decide() of an older Locust, which has no --headful = %v, want a refusal", err)
	}
}

func TestParseWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	for _, output := range []string{"", "usage: -c [options]\nmore", "{}"} {
		if _, err := parse([]byte(output)); err == nil || fault.KindOf(err, 0) != fault.Usage {
			t.Errorf("parse(%q) = %v, want a fault.Usage", output, err)
		}
	}
}

func raw(text string) json.RawMessage { return json.RawMessage(text) }
