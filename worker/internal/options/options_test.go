package options

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A recording is what stock Locust says: testdata/record.py.
type recording struct {
	Table []struct {
		Names           []string
		Dest, Env, Kind string
		Nargs, Default  any
		Type            string
		Choices         []string
	}
	Cases []struct {
		Values map[string]any
		Error  string
	}
}

type testCase struct {
	Why    string
	Args   []string
	Env    map[string]string
	Files  map[string]string
	Custom bool
}

func load(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTable has every option of Locust's parser in the table, and nothing else.
func TestTable(t *testing.T) {
	t.Parallel()
	var stock recording
	load(t, "stock.json", &stock)
	ours := Locust()
	if len(ours) != len(stock.Table) {
		t.Fatalf("%d options, want Locust's %d", len(ours), len(stock.Table))
	}
	for i, want := range stock.Table {
		got := ours[i]
		if !slices.Equal(got.Names, want.Names) || got.Dest != want.Dest || got.Env != want.Env {
			t.Errorf("option %d is %v %s %s, want %v %s %s", i, got.Names, got.Dest, got.Env, want.Names, want.Dest, want.Env)
		}
		nargs := map[any]string{nil: "", 0.0: "0", "*": "*"}[want.Nargs]
		if got.nargs() != nargs {
			t.Errorf("%v takes %q, want %q", got.Names, got.nargs(), nargs)
		}
		if want.Kind == "_HelpAction" || want.Kind == "_VersionAction" || want.Dest == "stop_timeout" || want.Dest == "user_classes" {
			continue // "==SUPPRESS==", "0" that becomes 0, an empty list
		}
		if a, b := normal(got.Default), want.Default; !reflect.DeepEqual(a, b) {
			t.Errorf("default of %s = %v, want %v", got.Dest, a, b)
		}
	}
}

// normal is a value as JSON has it.
func normal(v any) any {
	text, _ := json.Marshal(v)
	var out any
	_ = json.Unmarshal(text, &out)
	return out
}

// TestEachIsAccepted gives each option of Locust by each of its names and by its variable. Those that are gone from Locust, and
// the three that this worker refuses, end it with a reason.
func TestEachIsAccepted(t *testing.T) {
	t.Parallel()
	samples := map[Kind][]string{
		Flag: nil, Help: nil, Version: nil, Text: {"x"}, Int: {"3"}, Count: {"3"}, Rate: {"0.5"}, Span: {"1m"}, Level: {"INFO"},
		Texts: {"a", "b"}, Users: {`{"user_class_name": "A"}`}, Removed: {"x"},
	}
	refused := 0
	for _, o := range Locust() {
		for _, name := range o.Names {
			sample := samples[o.Kind]
			if o.nargs() == "0" {
				sample = nil
			}
			c, err := Parse(Locust(), append([]string{name}, sample...), func(string) (string, bool) { return "", false }, nil)
			if o.Kind == Removed || o.Use == Refused {
				refused++
				if err == nil || !strings.Contains(err.Error(), o.Why) {
					t.Errorf("%s: %v, want %q", name, err, o.Why)
				}
				continue
			}
			if err == nil {
				c, err = c.Settle(nil)
			}
			if err != nil || !c.Is(o.Dest) {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if line := c.Ignored(); (o.Use == Ignored) != strings.Contains(line, o.Name()) {
				t.Errorf("%s: ignored %q", name, line)
			}
		}
		if o.Env == "" || o.Kind == Removed || o.Use == Refused {
			continue
		}
		value := "true"
		if s := samples[o.Kind]; s != nil {
			value = s[0]
		}
		c, err := Parse(Locust(), nil, func(name string) (string, bool) { return value, name == o.Env }, nil)
		if err != nil || !c.Is(o.Dest) {
			t.Errorf("%s=%s: %v", o.Env, value, err)
		}
	}
	if refused != 7 {
		t.Errorf("%d names are refused, want 7", refused)
	}
}

// TestStock reads command lines, variables and configuration files, and wants what stock Locust makes of them: the same values,
// or the same words of what is wrong. Those with options of a locustfile are in worker/internal/locustfile.
func TestStock(t *testing.T) {
	var cases []testCase
	var stock recording
	load(t, "cases.json", &cases)
	load(t, "stock.json", &stock)
	if len(cases) != len(stock.Cases) {
		t.Fatalf("%d cases and %d recordings: run testdata/record.py", len(cases), len(stock.Cases))
	}
	for i, c := range cases {
		if c.Custom {
			continue
		}
		t.Run(c.Why, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for name, text := range c.Files {
				if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, problem := read(c)
			want := stock.Cases[i]
			words, _, _ := strings.Cut(strings.TrimPrefix(want.Error, "locust: error: "), "\n")
			if problem != words {
				t.Errorf("problem %q, want %q", problem, words)
			}
			if diff := cmp.Diff(want.Values, got); diff != "" && want.Error == "" {
				t.Errorf("values (-want +got):\n%s", diff)
			}
		})
	}
}

// read returns what is not the default, or what is wrong.
func read(c testCase) (map[string]any, string) {
	files, err := Files(c.Args, "/nonexistent", tomlOf(c.Files))
	var line *CommandLine
	if err == nil {
		line, err = Parse(Locust(), c.Args, func(name string) (string, bool) { v, ok := c.Env[name]; return v, ok }, files)
	}
	if err == nil {
		line, err = line.Settle(nil)
	}
	var wrong *UsageError
	if errors.As(err, &wrong) {
		text, _, _ := strings.Cut(wrong.Text, "\n")
		return nil, text
	}
	if err != nil {
		return nil, err.Error()
	}
	values, none := map[string]any{}, None().Values
	for dest, v := range line.Values {
		if a := normal(v); !reflect.DeepEqual(a, normal(none[dest])) {
			values[dest] = a
		}
	}
	return values, ""
}

// tomlOf stands for the reader of TOML, which is the worker's Python (locustfile.TOML): the values of the cases.
func tomlOf(files map[string]string) TOML {
	return func(text string) ([]string, []any, error) {
		switch {
		case text == files["own.toml"]:
			return []string{"users"}, []any{"9"}, nil
		case strings.Contains(text, "json = false"):
			return []string{"users", "spawn-rate", "headless", "json", "tags", "host"}, []any{"4", "1.5", "True", "False", []string{"a", "b"}, "http://t"}, nil
		case strings.Contains(text, `host = "t"`):
			return []string{"users", "host"}, []any{"4", "t"}, nil
		case strings.Contains(text, "tool.locust"):
			return []string{"users"}, []any{"4"}, nil
		}
		return nil, nil, nil
	}
}

// TestStockIsFresh asks the stock Locust of .venv again, where there is one.
func TestStockIsFresh(t *testing.T) {
	t.Parallel()
	python, err := filepath.Abs("../../../.venv/bin/python")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(python); err != nil {
		t.Skip("no stock Locust: make setup")
	}
	cases, err := os.Open("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	defer cases.Close()
	cmd := exec.Command(python, "testdata/record.py")
	cmd.Stdin = cases
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := os.ReadFile("testdata/stock.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(out) != string(recorded) {
		t.Error("testdata/stock.json is not what this Locust says: python testdata/record.py < testdata/cases.json > testdata/stock.json")
	}
}

// TestPlaces has the places of what is wrong, so that people find it.
func TestPlaces(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("locust.conf", []byte("users = many\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := Files(nil, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	none := func(string) (string, bool) { return "", false }
	_, err = Parse(Locust(), nil, none, files)
	if want := "locust.conf: users = many: argument -u/--users: invalid int value: 'many'"; err == nil || err.Error() != want {
		t.Errorf("a file: %v, want %s", err, want)
	}
	_, err = Parse(Locust(), nil, func(name string) (string, bool) { return "x", name == "LOCUST_USERS" }, nil)
	if want := "LOCUST_USERS=x: argument -u/--users: invalid int value: 'x'"; err == nil || err.Error() != want {
		t.Errorf("a variable: %v, want %s", err, want)
	}
	c, err := Parse(Locust(), []string{"--headless", "--master-hots=x"}, func(name string) (string, bool) { return "5", name == "LOCUST_USERS" }, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := c.Ignored(), "Without effect on a worker, the master has the say: --headless, -u/--users (LOCUST_USERS=5)"; sorted(got) != sorted(want) {
		t.Errorf("Ignored = %q, want %q", got, want)
	}
	if names, near := c.Unknown(); len(names) != 1 || names[0] != "--master-hots" || near[0] != "--master-host" {
		t.Errorf("Unknown = %q, nearest %q", names, near)
	}
}

// TestOwnInFiles has options of the worker's own in configuration files: they are read, and nobody else is asked about them.
func TestOwnInFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"locust.conf": "# mine\njob = a\n--quiet = yes\ntimeout = 1m\nmy-arg = 7\nusers = 3\n",
		"more.conf":   "job = [\"b, (c)\", \"d\"]\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all := append(Locust(),
		Option{Names: []string{"--job"}, Dest: "job", Env: "MY_JOB", Kind: Text, Append: true, Own: true},
		Option{Names: []string{"--quiet"}, Dest: "quiet", Kind: Flag, Default: false, Own: true},
		Option{Names: []string{"--timeout"}, Dest: "timeout", Kind: Span, Own: true},
	)
	custom := []Option{{Names: []string{"--my-arg"}, Dest: "my_arg", Kind: Text}}
	for _, tt := range []struct {
		args []string
		env  string
		jobs any
	}{
		{nil, "", []string{"a"}},
		{[]string{"--config", "more.conf"}, "", []string{"b, (c)", "d"}},
		{nil, "e", []string{"e"}},
		{[]string{"--job=f", "--job", "g"}, "e", []string{"f", "g"}},
	} {
		files, err := Files(tt.args, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		c, err := Parse(all, tt.args, func(name string) (string, bool) { return tt.env, name == "MY_JOB" && tt.env != "" }, files)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]any{tt.jobs, true, 60, 3}, []any{c.Values["job"], c.Values["quiet"], c.Values["timeout"], c.Values["num_users"]}); diff != "" {
			t.Errorf("%q: -want +got\n%s", tt.args, diff)
		}
		settled, err := c.Settle(custom)
		if err != nil || settled.Values["my_arg"] != "7" || settled.Values["num_users"] != 3 {
			t.Errorf("%q: Settle: %v", tt.args, err)
		}
		words, _, err := c.For(custom)
		if want := []string{"--my-arg=7", "--users=3"}; err != nil || !slices.Equal(words[:2], want) || strings.Contains(strings.Join(words, " "), "job") {
			t.Errorf("%q: For = %q, %v, want %q and no job", tt.args, words, err, want)
		}
	}
	// What the locustfile adds under the same name is its own.
	files, _ := Files(nil, "", nil)
	c, err := Parse(all, nil, func(string) (string, bool) { return "", false }, files)
	if err != nil {
		t.Fatal(err)
	}
	settled, err := c.Settle(append(custom, Option{Names: []string{"--timeout"}, Dest: "timeout", Kind: Text}))
	if err != nil || settled.Values["timeout"] != "1m" {
		t.Errorf("Settle: %v, or not the locustfile's timeout", err)
	}
}

func sorted(line string) string {
	_, list, _ := strings.Cut(line, ": ")
	return strings.Join(slices.Sorted(strings.SplitSeq(list, ", ")), ", ")
}

// FuzzConf has any text as a configuration file: each line is read, or named.
func FuzzConf(f *testing.F) {
	f.Add("a = 1\nb: [x, y]\n# c\n--d e ; f\ng = 'h # i'\n")
	f.Fuzz(func(t *testing.T, text string) {
		items, err := parseConf("locust.conf", text)
		if err != nil && !strings.Contains(err.Error(), "Unexpected line") {
			t.Errorf("parseConf(%q) = %v", text, err)
		}
		for _, it := range items {
			if it.key == "" || strings.ContainsAny(it.key, "=:;# \t") {
				t.Errorf("parseConf(%q) has the key %q", text, it.key)
			}
		}
	})
}

// FuzzParse has any words as a command line, and finds every word in what comes of it or in what is wrong.
func FuzzParse(f *testing.F) {
	f.Add("-u 5 --tags a b -- A")
	f.Add("-lx --headless=1 --web")
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		c, err := Parse(Locust(), words, func(string) (string, bool) { return "", false }, nil)
		if err != nil {
			return
		}
		if s, err := c.Settle(nil); err == nil && len(s.rest) > 0 {
			t.Errorf("Parse(%q) leaves %v and says nothing", words, s.rest)
		}
		if got, _, err := c.For(nil); err != nil || !slices.Equal(got, words) && !slices.Contains(words, "-h") {
			t.Errorf("For after Parse(%q) = %q, %v", words, got, err)
		}
	})
}
