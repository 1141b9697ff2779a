package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gregaria/internal/exitcode"
)

// checkFiles is --check: findings on stdout, a summary on stderr.
func checkFiles(list string, stdout, stderr io.Writer) int {
	sources, err := readFiles(list)
	if err != nil {
		return fail(stderr, exitcode.Usage, err)
	}
	if err := noneLeft(sources); err != nil {
		return fail(stderr, exitcode.Usage, err)
	}
	for _, name := range leftOut(sources) {
		fmt.Fprintln(stderr, "worker:", leavesOut(name))
	}
	findings, err := inspect(sources)
	if err != nil {
		return fail(stderr, exitcode.NotReady, err)
	}
	wrong, elsewhere := 0, 0
	for _, f := range findings {
		fmt.Fprintln(stdout, f)
		if !f.Warning {
			wrong++
		}
		if f.Elsewhere() {
			elsewhere++
		}
	}
	switch {
	case wrong > elsewhere:
		fmt.Fprintf(stderr, "worker: %s cannot run, %d of them under no Locust worker at all\n", count(wrong, "place"), wrong-elsewhere)
		return exitcode.Failed
	case wrong > 0:
		fmt.Fprintf(stderr, "worker: %s cannot run on this worker; a stock Python worker (locust -f FILE --worker) can serve the same master\n", count(wrong, "place"))
		return exitcode.Failed
	}
	if leftOut(sources) != nil {
		list = "the rest of " + list
	}
	fmt.Fprintf(stderr, "worker: %s runs on this worker (%s)\n", list, count(len(findings), "warning"))
	return exitcode.OK
}

// count is n things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// shown is a path as people would write it here.
func shown(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
