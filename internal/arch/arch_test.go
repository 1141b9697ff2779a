package arch

import (
	"go/build"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "gregaria"

// allowed says which packages of the module each package may import. A key that ends in /... stands for all packages
// below it that have no key of their own.
var allowed = map[string][]string{
	// the worker's public words know nothing of the protocol
	"worker/user":      {"worker/internal/goroutine", "worker/internal/jsonpath"},
	"worker/client":    {"internal/build", "worker/user", "worker/internal/events", "worker/internal/pytext", "worker/internal/wire"},
	"worker/scenarios": {"worker/user", "worker/client"},
	"worker":           {"worker/cli", "worker/scenarios"},
	"worker/cli": {
		"internal/build", "internal/exitcode", "internal/requestline", "internal/scrape", "worker/user", "worker/internal/check", "worker/internal/engine", "worker/internal/jobs", "worker/internal/locust",
		"worker/internal/locustfile", "worker/internal/logging", "worker/internal/metrics", "worker/internal/options",
		"worker/internal/program", "worker/internal/python", "worker/internal/stats", "worker/internal/usage", "worker/internal/zmq",
		"worker/internal/rate", "worker/internal/requestlog",
	},
	"worker/internal/rate": {"worker/user"},
	"worker/boomer": {
		"internal/exitcode", "internal/requestline", "worker/internal/requestlog", "worker/user", "worker/internal/goroutine", "worker/internal/engine", "worker/internal/locust", "worker/internal/logging",
		"worker/internal/program", "worker/internal/rate", "worker/internal/stats", "worker/internal/zmq",
	},
	"worker/internal/program":       {"internal/build", "worker/user", "worker/internal/locust", "worker/internal/usage", "worker/internal/zmq"},
	"worker/internal/engine":        {"worker/user", "worker/internal/locust", "worker/internal/stats"},
	"worker/internal/locust":        {"internal/timing", "worker/user", "worker/internal/stats"},
	"worker/internal/stats":         {"worker/user", "worker/internal/pytext", "worker/internal/timings", "internal/timing"},
	"worker/internal/timings":       {"internal/timing", "worker/user"},
	"worker/internal/jobs":          {"internal/timing", "worker/user", "worker/internal/jsonpath", "worker/internal/stats"},
	"worker/internal/requestlog":    {"worker/internal/timings", "internal/filelock", "internal/mask", "internal/requestline", "worker/user", "worker/internal/stats"},
	"worker/internal/pytext":        {},
	"worker/internal/jsonpath":      {},
	"worker/internal/events":        {"internal/timing", "worker/user", "worker/internal/jsonpath"},
	"worker/internal/goroutine":     {},
	"worker/internal/wire":          {"worker/internal/pytext", "worker/user"},
	"worker/internal/wire/wiretest": {"worker/internal/python"},
	"worker/internal/requests":      {"worker/internal/wire/wiretest", "worker/internal/sockopt", "worker/internal/sslcontext", "worker/user", "worker/internal/wire", "worker/internal/python", "worker/internal/python/stdlib"},
	"worker/internal/locustfile": {
		"internal/build", "worker/user", "worker/client", "worker/internal/engine", "worker/internal/extra", "worker/internal/locust",
		"worker/internal/locustfile/session", "worker/internal/python", "worker/internal/python/...", "worker/internal/requests",
		"worker/internal/options", "worker/internal/stats",
	},
	"worker/internal/options":            {"internal/spelling"},
	"worker/internal/locustfile/session": {"worker/user", "worker/internal/wire/wiretest", "worker/internal/sslcontext", "worker/client", "worker/internal/requests", "worker/internal/wire", "worker/internal/python", "worker/internal/python/stdlib", "worker/internal/events"},
	"worker/internal/check":              {"worker/internal/python", "worker/internal/python/syntax"},
	"worker/internal/python/...":         {"worker/internal/python", "worker/internal/python/..."},
	"worker/internal/python":             {"worker/internal/python/syntax", "worker/internal/python/charname", "worker/internal/python/libm"},
	"worker/internal/extra":              {"worker/internal/python", "worker/internal/python/...", "worker/internal/sockopt", "worker/internal/sslcontext", "worker/internal/wire", "worker/user", "worker/internal/events"},
	"worker/internal/sslcontext":         {"worker/internal/python"},
	"worker/internal/sockopt":            {"worker/internal/python"},
	"worker/internal/metrics":            {"internal/scrape", "worker/internal/stats"},
	"worker/internal/logging":            {},
	"worker/internal/usage":              {},
	"worker/internal/zmq":                {},

	// the monitor stands alone: neither ZeroMQ nor Locust
	"monitor": {"monitor/cli"},
	"monitor/cli": {
		"internal/build", "internal/exitcode", "internal/resource", "internal/scrape", "internal/spelling", "monitor/internal/collector",
		"internal/mask", "internal/service",
		"monitor/internal/exporter", "monitor/internal/nvidia", "monitor/internal/process", "monitor/internal/recorder", "monitor/internal/sampler",
		"monitor/internal/samples", "monitor/internal/series",
	},
	"monitor/internal/nvidia":            {"internal/resource", "monitor/internal/kernel"},
	"monitor/internal/nvidia/nvidiatest": {},
	"monitor/internal/exporter":          {"internal/resource"},
	"monitor/internal/recorder":          {"internal/filelock", "internal/resource"},
	"monitor/internal/samples":           {"internal/resource"},
	"monitor/internal/sampler":           {"internal/resource", "monitor/internal/collector"},
	"monitor/internal/collector":         {"internal/resource", "monitor/internal/cgroup", "monitor/internal/kernel", "monitor/internal/nvidia", "monitor/internal/process", "monitor/internal/socket", "internal/locustweb", "internal/mask", "monitor/internal/web"},
	"monitor/internal/process":           {"monitor/internal/cgroup", "monitor/internal/kernel", "monitor/internal/socket"},
	"monitor/internal/cgroup":            {"monitor/internal/kernel"},
	"monitor/internal/socket":            {"monitor/internal/kernel"},
	"monitor/internal/kernel":            {},
	"monitor/internal/kernel/kerneltest": {},
	"monitor/internal/series":            {"internal/service", "monitor/internal/web"},
	"monitor/internal/web":               {},

	// loadtest runs the others as processes and never links them
	"loadtest":              {"loadtest/cli"},
	"loadtest/cli":          {"internal/build", "internal/exitcode", "internal/spelling", "loadtest/internal/...", "loadtest/plugin", "internal/mask"},
	"loadtest/internal/...": {"internal/build", "internal/cells", "internal/exitcode", "internal/resource", "internal/timing", "loadtest/internal/...", "loadtest/plugin", "internal/locustweb", "internal/mask", "internal/requestline", "internal/service"},
	"loadtest/plugin":       {"internal/build", "internal/timing"},
	// what numbers mean is pure: the estimates know nothing of load tests
	"loadtest/internal/statistics": {},
	"loadtest/internal/threshold":  {"internal/resource", "internal/service", "internal/spelling", "internal/timing", "internal/locustweb", "loadtest/internal/analysis", "loadtest/internal/statistics"},

	"internal/arch":              {},
	"internal/boomertest":        {},
	"internal/build":             {},
	"internal/equal":             {"internal/locusttest"},
	"internal/exitcode":          {},
	"internal/spelling":          {},
	"internal/requestline":       {},
	"internal/resource":          {},
	"internal/scrape":            {"internal/build"},
	"internal/locustweb":         {},
	"internal/mask":              {},
	"internal/service":           {"internal/cells"},
	"internal/snippets":          {},
	"internal/locusttest":        {},
	"internal/target":            {},
	"internal/limited":           {},
	"internal/terminaltest":      {},
	"internal/filelock":          {},
	"internal/timing":            {"internal/cells"},
	"internal/cells":             {},
	"internal/timing/timingtest": {"internal/timing"},
	"internal/cmd/record":        {"internal/equal"},
	"internal/cmd/target":        {"internal/exitcode", "internal/target"},
	"internal/cmd/limited":       {"internal/limited"},
	"internal/cmd/bench":         {"internal/resource"},
	"internal/cmd/benchboomer":   {},
	"internal/cmd/benchworker":   {"worker/cli", "worker/client", "worker/user"},
	"internal/cmd/faultworker":   {"worker/cli", "worker/client", "worker/user"},
	"internal/e2e":               {"internal/boomertest", "internal/build", "internal/exitcode", "internal/resource", "internal/target", "internal/terminaltest", "internal/service", "internal/timing", "internal/requestline"},
}

func TestImports(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return fs.SkipDir
		}
		p, err := build.ImportDir(path, 0)
		if err != nil { // no Go files for this platform
			return nil //nolint:nilerr // a folder without Go is no package
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		seen++
		check(t, filepath.ToSlash(name), p.Imports)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Errorf("looked at %d packages, want all of them", seen)
	}
}

func check(t *testing.T, name string, imports []string) {
	t.Helper()
	key, ok := match(name)
	if !ok {
		t.Errorf("package %s has no line in this test: say what it may import", name)
		return
	}
	for _, i := range imports {
		imported, ok := strings.CutPrefix(i, module+"/")
		if ok && !slices.ContainsFunc(allowed[key], func(a string) bool { return covers(a, imported) }) {
			t.Errorf("package %s imports %s, which its line in this test does not allow", name, imported)
		}
	}
}

// match returns the key that speaks of a package.
func match(name string) (string, bool) {
	if _, ok := allowed[name]; ok {
		return name, true
	}
	for key := range allowed {
		if strings.HasSuffix(key, "/...") && covers(key, name) {
			return key, true
		}
	}
	return "", false
}

func covers(pattern, name string) bool {
	prefix, wild := strings.CutSuffix(pattern, "...")
	return pattern == name || (wild && strings.HasPrefix(name, prefix))
}
