package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
)

const (
	// shop is a locustfile, and tab a plug-in of the master's web UI that this worker could not even parse.
	shop = "from locust import User\nclass Shop(User): pass\n"
	tab  = "# My tab.\n# gregaria: master only\nimport sqlite3, nothing_of_that_name\ndef broken(:\n"
)

// lay writes files into a folder of their own, and goes there.
func lay(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// saysLeftOut returns the lines of a log about files that are left out.
func saysLeftOut(log string) []string {
	var out []string
	for line := range strings.Lines(log) {
		if strings.Contains(line, "master only") {
			_, text, _ := strings.Cut(line, "]")
			_, text, _ = strings.Cut(text, "/")
			out = append(out, strings.TrimSpace(text))
		}
	}
	return out
}

// TestMasterOnly has files for the master only in every place that names a worker's own locustfiles. The users of the others run, and the
// log says once of each what becomes of it.
func TestMasterOnly(t *testing.T) {
	files := map[string]string{
		"shop.py": shop, "tab.py": tab, "all/shop.py": shop, "all/deep/tab.py": tab, "all/deep/other.py": tab, "own.conf": "locustfile = shop.py,tab.py\n",
	}
	const leftOut = "INFO/gregaria.worker: %s is for the master only (# gregaria: master only): this worker leaves it out"
	tests := []struct {
		reason string
		env    string
		args   []string
		out    []string
	}{
		{"a list", "", []string{"-f", "shop.py,tab.py"}, []string{"tab.py"}},
		{"a list that begins with it", "", []string{"-f", "tab.py, shop.py"}, []string{"tab.py"}},
		{"named twice", "", []string{"-f", "tab.py,shop.py,tab.py"}, []string{"tab.py"}},
		{"a folder", "", []string{"-f", "all"}, []string{"all/deep/other.py", "all/deep/tab.py"}},
		{"a file and a folder of nothing else", "", []string{"-f", "shop.py,all/deep"}, []string{"all/deep/other.py", "all/deep/tab.py"}},
		{"the variable", "shop.py,tab.py", nil, []string{"tab.py"}},
		{"a configuration file", "", []string{"--config", "own.conf"}, []string{"tab.py"}},
		{"several workers", "", []string{"-f", "shop.py,tab.py", "--processes", "3"}, []string{"tab.py"}},
		{"none", "", []string{"-f", "shop.py"}, nil},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			lay(t, files)
			if test.env != "" {
				t.Setenv("LOCUST_LOCUSTFILE", test.env)
			}
			var out, errs output
			code := (Program{}).run(t.Context(), append(test.args, "--list"), &out, &errs)
			if code != exitcode.OK || out.String() != "Available Users:\n    Shop\n" {
				t.Errorf("exit code %d, printed %q, want the users of shop.py alone\n%s", code, out.String(), errs.String())
			}
			var want []string
			for _, name := range test.out {
				want = append(want, strings.Replace(leftOut, "%s", name, 1))
			}
			if got := saysLeftOut(errs.String()); !slices.Equal(got, want) {
				t.Errorf("the log says %q, want %q", got, want)
			}
		})
	}
}

// TestMasterOnlyOfTheMaster has the master give such a file away with the others.
func TestMasterOnlyOfTheMaster(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{nil, {"-f", "-"}} {
		r := newRouter(t)
		var out, errs output
		code := workers(t.Context(), r.port, &out, &errs, append(args, "--list")...)
		r.send(r.await("locustfile", 1)[0], "locustfile", map[string]any{"locustfiles": []any{
			map[string]any{"filename": "shop.py", "contents": shop}, map[string]any{"filename": "tab.py", "contents": tab},
		}})
		if got := <-code; got != exitcode.OK || out.String() != "Available Users:\n    Shop\n" {
			t.Errorf("%q: exit code %d, printed %q, want the users of shop.py alone\n%s", args, got, out.String(), errs.String())
		}
		want := []string{"INFO/gregaria.worker: tab.py is for the master only (# gregaria: master only): this worker leaves it out"}
		if got := saysLeftOut(errs.String()); !slices.Equal(got, want) {
			t.Errorf("%q: the log says %q, want %q", args, got, want)
		}
	}
}

// TestNothingIsLeft has lists in which no file is this worker's, or none that is has a user class.
func TestNothingIsLeft(t *testing.T) {
	lay(t, map[string]string{"tab.py": tab, "tabs/a.py": tab, "tabs/b.py": tab, "part.py": "import json\n"})
	for _, test := range []struct {
		args []string
		says string
	}{
		{[]string{"-f", "tab.py"}, "worker: no locustfile is left to run: tab.py is for the master only (# gregaria: master only); a file with user classes has to come with it\n"},
		{[]string{"--check", "tab.py"}, "worker: no locustfile is left to run: tab.py is for the master only (# gregaria: master only); a file with user classes has to come with it\n"},
		{[]string{"-f", "tabs"}, "worker: no locustfile is left to run: tabs/a.py, tabs/b.py are for the master only (# gregaria: master only); a file with user classes has to come with it\n"},
		{[]string{"-f", "part.py,tab.py"}, "worker: the locustfile does not load: No User class found! Left out, for the master only: tab.py\n"},
		{[]string{"-f", "part.py"}, "worker: the locustfile does not load: No User class found!\n"},
	} {
		var out, errs output
		code := (Program{}).run(t.Context(), append(test.args, "-L", "WARNING"), &out, &errs)
		if code != exitcode.Usage || out.String() != "" || errs.String() != test.says {
			t.Errorf("%q: exit code %d, want %d\nstandard output %q\nstandard error  %q\nwant            %q", test.args, code, exitcode.Usage, out.String(), errs.String(), test.says)
		}
	}
}

// TestNothingIsLeftOfTheMaster has a master with nothing for its workers.
func TestNothingIsLeftOfTheMaster(t *testing.T) {
	r := newRouter(t)
	var out, errs output
	code := workers(t.Context(), r.port, &out, &errs)
	r.send(r.await("locustfile", 1)[0], "locustfile", map[string]any{"locustfiles": []any{map[string]any{"filename": "tab.py", "contents": tab}}})
	if got := <-code; got != exitcode.Usage || !strings.Contains(errs.String(), "worker: no locustfile is left to run: tab.py is for the master only") {
		t.Errorf("exit code %d, want %d\n%s", got, exitcode.Usage, errs.String())
	}
}

// TestCheckLeavesOut has --check say which files it has not looked at. What is wrong with the others decides.
func TestCheckLeavesOut(t *testing.T) {
	lay(t, map[string]string{
		"shop.py": shop, "tab.py": tab, "broken.py": "import nothing_of_that_name\nnothing_of_that_name.f()\n" + shop, "imports.py": "import tab\n" + shop,
		"plugins/tab.py": tab, "plugins/helper.py": "x = 1\n", "lost.py": "import helper\nprint(helper.x)\n" + shop,
	})
	const leftOut = "worker: tab.py is for the master only (# gregaria: master only): this worker leaves it out\n"
	for _, test := range []struct {
		list      string
		code      int
		out, errs string
		reason    string
	}{
		{"shop.py,tab.py", exitcode.OK, "", leftOut + "worker: the rest of shop.py,tab.py runs on this worker (0 warnings)\n", "one that runs, and one that is left out"},
		{"broken.py,tab.py", exitcode.Failed, "broken.py:1", leftOut + "worker: 1 place cannot run on this worker", "what is looked at cannot run"},
		{"imports.py,tab.py", exitcode.Failed, "tab.py:", leftOut + "worker: 1 place cannot run", "the other file imports it"},
		{"lost.py,plugins/tab.py", exitcode.Failed, "lost.py:1", "worker: plugins/tab.py is for", "its folder is no longer searched when the others run"},
	} {
		var out, errs output
		code := (Program{}).run(t.Context(), []string{"--check", test.list}, &out, &errs)
		if code != test.code || !strings.HasPrefix(out.String(), test.out) || !strings.HasPrefix(errs.String(), test.errs) {
			t.Errorf("%s: exit code %d, want %d\nstandard output %q\nstandard error  %q", test.reason, code, test.code, out.String(), errs.String())
		}
	}
}

// TestOptionsOfOthers gives a worker options that only a file for the master adds: on its command line, where loadtest and shared scripts put
// them, and in a configuration file. A file that runs may add options itself, which takes another way.
func TestOptionsOfOthers(t *testing.T) {
	const own = "from locust import events\n@events.init_command_line_parser.add_listener\ndef own(parser): parser.add_argument('--my-arg', type=int)\n"
	const dropped = "INFO/gregaria.worker: Without effect here, options of tab.py by the look of it: "
	lay(t, map[string]string{"shop.py": shop + "class Other(User): pass\n", "own.py": own + shop, "tab.py": tab, "own.conf": "tab-port = 9\ntab-names = [a, b]\n"})
	for _, test := range []struct {
		args      []string
		code      int
		out, says string
	}{
		{[]string{"-f", "shop.py,tab.py", "--tab-port", "9", "Shop"}, exitcode.OK, "    Shop\n", dropped + "--tab-port\n"},
		{[]string{"-f", "shop.py,tab.py", "--processes=2", "--tab-flag", "Shop"}, exitcode.OK, "    Shop\n", dropped + "--tab-flag\n"},
		{[]string{"-f", "own.py,tab.py", "--my-arg", "3", "--tab-port", "9"}, exitcode.OK, "    Shop\n", dropped + "--tab-port\n"},
		{[]string{"-f", "own.py,tab.py", "--my-arg", "x", "--tab-port", "9"}, exitcode.Usage, "", "worker: argument --my-arg: invalid int value: 'x' (see --help)\n"},
		{[]string{"-f", "own.py,tab.py", "--config", "own.conf"}, exitcode.OK, "    Shop\n", dropped + "--tab-port, --tab-names\n"},
		{[]string{"-f", "shop.py", "--tab-port=9"}, exitcode.Usage, "", "worker: unrecognized arguments: --tab-port=9"},
		{[]string{"-f", "own.py", "--tab-port=9"}, exitcode.Usage, "", "worker: unrecognized arguments: --tab-port=9"},
	} {
		var out, errs output
		code := (Program{}).run(t.Context(), append(test.args, "--list"), &out, &errs)
		if _, printed, _ := strings.Cut(out.String(), "\n"); code != test.code || printed != test.out {
			t.Errorf("%q: exit code %d, want %d, printed %q, want %q\n%s", test.args, code, test.code, printed, test.out, errs.String())
		}
		if strings.Count(errs.String(), test.says) != 1 {
			t.Errorf("%q: standard error %q, want once %q", test.args, errs.String(), test.says)
		}
	}
}
