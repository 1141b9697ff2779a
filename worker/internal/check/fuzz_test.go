package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/worker/internal/python/stdlib"
)

// Whatever a file says, a check ends, every finding stands in a file that was given and at a line, and none is said twice.
func FuzzFiles(f *testing.F) {
	for _, dir := range []string{"testdata/findings", "testdata/good"} {
		paths, err := filepath.Glob(dir + "/*.py")
		if err != nil {
			f.Fatal(err)
		}
		for _, p := range paths {
			b, err := os.ReadFile(p)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(string(b), "import locustfile\n")
		}
	}
	f.Add("from . import x\nfrom .x import x\nx = x\nclass x(x): x = x.x\nx = lambda: x\n", "from m import *\nfrom . import m\n")
	f.Add("def a(b=a, *c, d: e = f, **g): return a(a)(a).a[a](*a, **a)\n", "")
	all := stdlib.Modules()
	f.Fuzz(func(t *testing.T, source, local string) {
		files := map[string]string{"m": local, "x": source}
		got, err := Files(Config{Modules: all, Source: func(m string) (string, []byte, bool) {
			s, ok := files[m]
			return m + ".py", []byte(s), ok
		}}, "f.py", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		lines := map[string]int{"f.py": strings.Count(source, "\n") + strings.Count(source, "\r") + 1, "m.py": strings.Count(local, "\n") + strings.Count(local, "\r") + 1}
		lines["x.py"] = lines["f.py"]
		seen := map[Finding]bool{}
		for _, g := range got {
			if g.Line < 1 || g.Line > lines[g.File] || g.Text == "" || seen[g] {
				t.Errorf("finding %+v in a file of %d lines", g, lines[g.File])
			}
			seen[g] = true
		}
	})
}
