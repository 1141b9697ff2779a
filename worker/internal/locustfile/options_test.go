package locustfile

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/options"
)

// withOptions is a locustfile with the options of worker/internal/options/testdata/record.py, that prints all options.
const withOptions = `
import json
from locust import User, events
@events.init_command_line_parser.add_listener
def custom(parser):
    parser.add_argument("--my-arg", env_var="MY_ARG", type=int, default=3)
    parser.add_argument("--many", nargs="*", env_var="MANY")
    parser.add_argument("--more", action="append")
    parser.add_argument("--on", action="store_true", env_var="ON")
@events.init.add_listener
def init(environment, **kw):
    print(json.dumps(vars(environment.parsed_options)))
class A(User): pass
class B(User): pass
`

// TestStockOptions has command lines of a locustfile that adds options, and wants what stock Locust makes of them: the same
// values, or the same words of what is wrong.
func TestStockOptions(t *testing.T) {
	data := filepath.Join("..", "options", "testdata")
	var cases []struct {
		Why        string
		Args       []string
		Env, Files map[string]string
		Custom     bool
	}
	var stock struct {
		Cases []struct {
			Values map[string]any
			Error  string
		}
	}
	read := func(name string, into any) {
		text, err := os.ReadFile(filepath.Join(data, name))
		if err == nil {
			err = json.Unmarshal(text, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	read("cases.json", &cases)
	read("stock.json", &stock)
	n := 0
	for i, c := range cases {
		if !c.Custom {
			continue
		}
		n++
		t.Run(c.Why, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range c.Files {
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, wrong := optionsOf(t, c.Args, c.Env)
			words := strings.TrimPrefix(stock.Cases[i].Error, "locust: error: ")
			if wrong != words {
				t.Errorf("problem %q, want %q", wrong, words)
			}
			if diff := cmp.Diff(stock.Cases[i].Values, got); diff != "" && words == "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
		})
	}
	if n < 9 {
		t.Errorf("%d cases with options of a locustfile, want those of the recording", n)
	}
}

// optionsOf returns what is not the default, or what is wrong.
func optionsOf(t *testing.T, args []string, env map[string]string) (map[string]any, string) {
	t.Helper()
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	files, err := options.Files(args, "/nonexistent", TOML)
	if err != nil {
		t.Fatal(err)
	}
	line, err := options.Parse(options.Locust(), args, lookup, files)
	if err != nil {
		t.Fatal(err)
	}
	values := func(line *options.CommandLine) (map[string]any, error) {
		c := Config{Line: line, Sources: []Source{{Path: "x.py", Remote: true, Text: []byte(withOptions)}}}
		if _, err := Load(t.Context(), c); err != nil {
			return nil, err
		}
		var v map[string]any
		r := startWith(t, c, nil)
		until(t, "init", func() bool { return strings.HasPrefix(r.printed()[0], "{") })
		return v, json.Unmarshal([]byte(r.printed()[0]), &v)
	}
	got, err := values(line)
	var wrong *options.UsageError
	if errors.As(err, &wrong) {
		return nil, wrong.Text
	}
	none, nerr := values(nil)
	if err != nil || nerr != nil {
		t.Fatal(err, nerr)
	}
	for dest, v := range none {
		if reflect.DeepEqual(got[dest], v) {
			delete(got, dest)
		}
	}
	return got, ""
}

// TestCommandLine has what a worker's own command line does to its file: the classes that are named, their settings, equal
// weights, the environment before the first test. The values are those of a stock worker.
func TestCommandLine(t *testing.T) {
	t.Parallel()
	args := []string{
		"A", "C", "-H", "http://here", "-s", "90", "--equal-weights", "--profile", "p", "--reset-stats",
		"--config-users", `{"user_class_name": "A", "size": 9, "host": "http://a"}`, `[{"user_class_name": "B", "size": 1.5}]`,
	}
	line, err := options.Parse(options.Locust(), args, os.LookupEnv, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := startWith(t, Config{Line: line, Sources: []Source{{Path: "dir/x.py", Remote: true, Text: []byte(`
from locust import User, task, events
class A(User):
    weight = 7
    @task(5)
    def one(self): pass
    @task
    def two(self): pass
class B(User): pass
class C(User): pass
@events.init.add_listener
def init(environment, **kw):
    print([c.__name__ for c in environment.user_classes], list(environment.available_user_classes), environment.locustfile)
    print(environment.host, environment.stop_timeout, environment.reset_stats, environment.profile)
    print(A.size, A.host, B.size, A.weight, len(A.tasks))
    events.init.add_listener(lambda **kw: None)
@events.test_start.add_listener
def start(environment, **kw): print(A.weight, sorted(t.__name__ for t in A.tasks))
`)}}}, nil)
	until(t, "init", func() bool { return len(r.printed()) == 3 })
	r.fire("test_start")
	until(t, "test_start", func() bool { return len(r.printed()) == 4 })
	want := []string{
		"['A', 'C'] ['A', 'B', 'C'] x.py", "http://here 90.0 True p", "9 http://a 1.5 7 6", "1 ['one', 'two']",
	}
	if diff := cmp.Diff(want, r.printed()); diff != "" {
		t.Errorf("printed (-want +got):\n%s", diff)
	}
	if names := r.file.Classes(); len(names) != 2 || names[0].Name != "A" || names[1].Name != "C" {
		t.Errorf("Classes = %v, want A and C", names)
	}
}

// TestWrongCommandLine has what only the loaded file can tell.
func TestWrongCommandLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"A", "Z"}, "Unknown User(s): Z"},
		{[]string{"--bogus"}, "unrecognized arguments: --bogus"},
		{[]string{"--config-users", `{"user_class_name": "Z"}`}, "Error applying user config, probably you tried to specify config for a User not present in your locustfile: 'Z'"},
	} {
		line, err := options.Parse(options.Locust(), c.args, os.LookupEnv, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Load(t.Context(), Config{Line: line, Sources: []Source{{Path: "x.py", Remote: true, Text: []byte("from locust import User\nclass A(User): pass\n")}}})
		var wrong *options.UsageError
		if !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Text, c.says) {
			t.Errorf("%q: %v, want %s", c.args, err, c.says)
		}
	}
}
