package terminal

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// about is what was run, and what the reader should know beside the numbers.
func about(f *analysis.Findings, o Options) string {
	var entries []entry
	add := func(label, text string) {
		if text != "" {
			entries = append(entries, entry{label, plain, glyph.Clean(text)})
		}
	}
	ran := clock(max(0, f.Ended-f.Began+1)) + " with up to " + count(f.Info.Users, "user")
	if f.Info.Host != "" {
		ran += " against " + f.Info.Host
	}
	add("Ran", ran)
	add("Phases", phases(f))
	add("Watched", f.Info.Watched)
	for _, note := range f.Info.Notes {
		entries = append(entries, entry{"Note", yellow, glyph.Clean(note)})
	}
	return list(o, true, entries)
}

// phases are what the load did and when: "ramp 0:00-0:20, steady 0:20-5:00".
func phases(f *analysis.Findings) string {
	var parts []string
	for _, p := range f.Phases {
		if p.To >= p.From {
			parts = append(parts, fmt.Sprintf("%s %s-%s", p.Kind, clock(max(0, p.From-f.Began)), clock(max(0, p.To-f.Began+1))))
		}
	}
	return strings.Join(parts, ", ")
}

// files are what the run left behind, the report first. A path is never cut into lines: it could not be copied then.
func files(f *analysis.Findings) string {
	var entries []entry
	for _, what := range slices.SortedFunc(maps.Keys(f.Info.Files), func(a, b string) int { return cmp.Or(place(a)-place(b), strings.Compare(a, b)) }) {
		entries = append(entries, entry{glyph.Clean(what), plain, glyph.Clean(f.Info.Files[what])})
	}
	return list(Options{}, true, entries)
}

// place is where a kind of file stands in the list, a kind of another host's ("metrics HOST") where its own does, an unknown one behind all.
func place(what string) int {
	order := []string{"report", "summary", "junit", "markdown", "locust", "metrics", "timings", "service", "requests", "stats", "history", "failures", "exceptions", "run", "log"}
	kind, _, _ := strings.Cut(what, " ")
	if i := slices.Index(order, kind); i >= 0 {
		return i
	}
	return len(order)
}

// isTotal reports that an endpoint is the row of all requests.
func isTotal(e *analysis.Endpoint) bool { return e.Type == "" && e.Name == timing.Aggregated }
