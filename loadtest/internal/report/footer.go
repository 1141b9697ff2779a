package report

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// A file is one that lies beside the page, and what is in it.
type file struct{ Name, What string }

// A source says how a number on the page was made.
type source struct{ What, File, Column, Seconds, Rule string }

// name is that of a file without its folder: the page lies beside it.
func name(file string) string {
	if file == "" {
		return ""
	}
	return shorten(filepath.Base(file), nameLength)
}

// contents are the kinds of files, in the order in which they are shown.
func contents() [][2]string {
	return [][2]string{
		{"locust", "Locust's own report"},
		{"stats", "Locust's table of requests, whole run"},
		{"history", "Locust: users, rates and percentiles of about the last 10 s, each second"},
		{"failures", "Locust: failures, by kind"},
		{"exceptions", "Locust: what tasks raised"},
		{"timings", "each second of each endpoint: counts, statuses, percentiles and histograms of each phase"},
		{"metrics", "the machine and the process under test, each second"},
		{"service", "what servers say of themselves, each second"},
		{"requests", "every request"},
		{"summary", "all findings, for programs"},
		{"junit", "the checks, for build servers"},
		{"markdown", "the findings in short"},
		{"run", "how the load was started"},
		{"log", "what master, workers and monitor said"},
	}
}

// files are those of the run but the page itself, those of other machines ("metrics HOST") and of kinds that are not known here too.
func files(of map[string]string) []file {
	var all, others []file
	rest := make(map[string]bool, len(of))
	for kind := range of {
		rest[kind] = kind != "report"
	}
	for _, c := range contents() {
		if path := of[c[0]]; path != "" {
			all = append(all, file{name(path), c[1]})
		}
		delete(rest, c[0])
	}
	for _, kind := range slices.Sorted(maps.Keys(rest)) {
		if rest[kind] && of[kind] != "" {
			what := strings.ReplaceAll(kind, "_", " ")
			if host, is := strings.CutPrefix(kind, "metrics "); is {
				what = "the machine " + host + ", each second"
			}
			f := file{name(of[kind]), shorten(what, nameLength)}
			if !slices.ContainsFunc(append(all, others...), func(o file) bool { return o.Name == f.Name }) {
				others = append(others, f)
			}
		}
	}
	slices.SortFunc(others, func(a, b file) int { return strings.Compare(a.Name, b.Name) })
	return append(all, others...)
}
