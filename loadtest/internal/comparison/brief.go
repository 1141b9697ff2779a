package comparison

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
)

// A Said is a sentence, and the outcome that it tells of: CannotTell of one that is only to be minded.
type Said struct {
	Outcome Outcome
	Text    string
}

const (
	// mostNamed is how many differences a short sentence names.
	mostNamed = 4
	// mostSaid is how many sentences are short.
	mostSaid = 4
)

// Brief is what a result comes to, in at most four sentences.
func Brief(r *Result) []Said {
	all := Points(r)
	return all[:min(len(all), mostSaid)]
}

// Points are what a result comes to: what is beyond noise, or that nothing is, how far noise is known, and what to mind.
func Points(r *Result) []Said {
	if r.Outcome == NotCompared {
		return []Said{{NotCompared, fmt.Sprintf("Not compared with %s: %s.", Names(r.Base), Apart(r))}}
	}
	var all []Said
	if len(r.Differences) > 0 {
		all = append(all, Said{CannotTell, fmt.Sprintf("Hard to compare: %s.", Apart(r))})
	}
	for _, outcome := range []Outcome{Worse, Better} {
		if these := found(r, outcome); len(these) > 0 {
			all = append(all, Said{outcome, fmt.Sprintf("%s: %s.", upper(string(outcome)), some(these))})
		}
	}
	unknown := open(r)
	switch {
	case r.Outcome == Same:
		all = append(all, Said{Same, same(r)})
	case unknown != "":
		all = append(all, Said{CannotTell, unknown})
	}
	method, _, _ := strings.Cut(r.Method.Text, ". ")
	all = append(all, Said{CannotTell, upper(method) + "."})
	for _, note := range r.Notes {
		all = append(all, Said{CannotTell, upper(note) + "."})
	}
	return all
}

// Headline is a result in a line without a point, to stand behind its outcome.
func Headline(r *Result) string {
	switch r.Outcome {
	case Worse, Better:
		return found(r, r.Outcome)[0]
	case Same:
		return strings.TrimSuffix(same(r), ".")
	case NotCompared:
		return "Not compared: " + Apart(r)
	}
	return cmp.Or(strings.TrimSuffix(strings.TrimPrefix(open(r), "Cannot tell of "), "."), "all requests")
}

func same(r *Result) string {
	return fmt.Sprintf("No difference larger than %s %% in all requests.", trim(100*r.Effect, 2))
}

// Apart is what makes the runs hard to compare.
func Apart(r *Result) string {
	said := make([]string, 0, len(r.Differences))
	for _, d := range r.Differences {
		said = append(said, d.String())
	}
	return strings.Join(said, "; ")
}

// found are the rows of an outcome in a few words each; those of endpoints only where all requests do not say the same.
func found(r *Result, outcome Outcome) (all []string) {
	told := map[string]bool{}
	for _, row := range r.Rows {
		if row.Outcome != outcome || row.Change == nil || row.Kind == Endpoint && told[row.Measure] {
			continue
		}
		if row.Kind == All {
			told[row.Measure] = true
		}
		all = append(all, brief(&row))
	}
	return all
}

// brief is a row in a few words.
func brief(row *Row) string {
	name, shown := row.Measure+" of "+Who(row), Cells(row)
	if row.Kind == Resource {
		name = fmt.Sprintf("%s (%s)", Who(row), row.Measure)
	}
	return fmt.Sprintf("%s %s (%s), now %s", name, shown[3], shown[4], shown[2])
}

// some names the first of several.
func some(all []string) string {
	if len(all) <= mostNamed {
		return strings.Join(all, "; ")
	}
	return fmt.Sprintf("%s; and %d more", strings.Join(all[:mostNamed], "; "), len(all)-mostNamed)
}

// Names are the runs of a side in a few words.
func Names(runs []string) string {
	if len(runs) == 1 {
		return runs[0]
	}
	dir := filepath.Dir(runs[0])
	for _, run := range runs {
		if filepath.Dir(run) != dir {
			return fmt.Sprintf("%d runs, the first %s", len(runs), runs[0])
		}
	}
	return fmt.Sprintf("%d runs in %s", len(runs), dir)
}
