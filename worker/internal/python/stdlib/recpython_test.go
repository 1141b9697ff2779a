package stdlib

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/worker/internal/python"
)

// cannotPass are CPython's own tests of re that say something of CPython's engine, or need what this interpreter has not.
//
//nolint:gochecknoglobals // a table
var cannotPass = map[string]string{
	"ReTests.test_empty_array":                                 "needs array",
	"ReTests.test_keep_buffer":                                 "a bytearray can be changed while it is searched",
	"ReTests.test_large_search":                                "needs gigabytes",
	"ReTests.test_large_subn":                                  "needs gigabytes",
	"ReTests.test_locale_caching":                              "needs locales with letters beyond ASCII",
	"ReTests.test_locale_compiled":                             "needs locales with letters beyond ASCII",
	"ReTests.test_locale_flag":                                 "needs locales with letters beyond ASCII",
	"ReTests.test_pickling":                                    "needs pickle",
	"ReTests.test_re_groupref_overflow":                        "needs re._constants",
	"ReTests.test_regression_gh94675":                          "needs multiprocessing",
	"ImplementationTest.test_case_helpers":                     "of CPython's engine only",
	"ImplementationTest.test_dealloc":                          "of CPython's engine only",
	"ImplementationTest.test_deprecated_modules":               "needs sre_compile",
	"ImplementationTest.test_disallow_instantiation":           "of CPython's engine only",
	"ImplementationTest.test_immutable":                        "of CPython's engine only",
	"ImplementationTest.test_overlap_table":                    "of CPython's compiler",
	"ImplementationTest.test_repeat_minmax_overflow_maxrepeat": "of CPython's engine only",
	"ImplementationTest.test_signedness":                       "of CPython's compiler",
}

// TestCPythonsOwn runs Lib/test/test_re.py of CPython 3.11, which is read from where that is installed, in this interpreter.
func TestCPythonsOwn(t *testing.T) {
	t.Parallel()
	skipMinutes(t)
	dir := cpythonTests(t)
	src := read(t, filepath.Join(dir, "test_re.py"))
	script := string(src) + `

import sys as _sys
for _class in [c for c in list(globals().values()) if isinstance(c, type) and issubclass(c, unittest.TestCase)]:
    for _name in sorted(n for n in dir(_class) if n.startswith("test")):
        _case = _class()
        try:
            _case.setUp()
            getattr(_case, _name)()
        except unittest.SkipTest as e:
            print(_class.__name__ + "." + _name, "skipped", e)
        except BaseException as e:
            print(_class.__name__ + "." + _name, "failed", type(e).__name__, ascii(str(e))[:300])
        else:
            print(_class.__name__ + "." + _name, "passed")
`
	out := runCPythons(t, dir, script)
	passed, failed := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		name, rest, _ := strings.Cut(line, " ")
		switch {
		case strings.HasPrefix(rest, "passed"):
			passed++
			if cannotPass[name] != "" {
				t.Errorf("%s passes now: take it off the list", name)
			}
		case cannotPass[name] == "":
			failed++
			t.Errorf("%s", line)
		}
	}
	t.Logf("%d passed, %d failed, %d cannot pass", passed, failed, len(cannotPass))
	if passed < 100 {
		t.Fatalf("only %d passed:\n%s", passed, out)
	}
}

// cpythonTests is the folder of CPython's own tests: GREGARIA_CPYTHON_TESTS, or that of the Python 3.11 which is installed.
func cpythonTests(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GREGARIA_CPYTHON_TESTS")
	if dir == "" {
		out, err := exec.Command(python311(t), "-c", "import os, sysconfig; print(os.path.join(sysconfig.get_path('stdlib'), 'test'))").Output()
		if err != nil {
			t.Skip(err)
		}
		dir = strings.TrimSpace(string(out))
	}
	if _, err := os.Stat(filepath.Join(dir, "test_re.py")); err != nil {
		t.Skip(err)
	}
	return dir
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// runCPythons runs a script that finds our own unittest, and CPython's tables.
func runCPythons(t *testing.T, dir, script string) string {
	t.Helper()
	files := map[string]string{
		"unittest": "testdata/cpython/unittest.py", "test.support": "testdata/cpython/support.py",
		"test.re_tests": filepath.Join(dir, "re_tests.py"),
	}
	var out bytes.Buffer
	iso := python.New(python.Options{
		Stdout: &out, Stderr: &out, Modules: Modules(),
		Source: func(module string) (string, []byte, bool) {
			if module == "test" || module == "locale" || module == "multiprocessing" || module == "weakref_more" {
				return module, []byte("error = ImportError\nLC_CTYPE = 0\ndef setlocale(*a): raise ImportError\n"), true
			}
			if files[module] == "" {
				return "", nil, false
			}
			return files[module], read(t, files[module]), true
		},
	})
	th := iso.NewThread()
	th.Lock()
	defer th.Unlock()
	if _, err := th.Exec("__main__", "test_re.py", []byte(script)); err != nil {
		fmt.Fprint(&out, th.Traceback(err))
	}
	return out.String()
}
