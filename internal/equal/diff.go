package equal

import (
	"fmt"
	"strings"
)

// A Difference is where two traces first differ in one part.
type Difference struct {
	// Part is class, load, request, event or output.
	Part string
	// Index counts within the part, from 0.
	Index int
	// Want and Got are the two sides, "" where one has nothing more.
	Want, Got string
}

func (d Difference) String() string {
	return fmt.Sprintf("%s %d\n  stock %s\n  ours  %s", d.Part, d.Index, orNothing(d.Want), orNothing(d.Got))
}

func orNothing(s string) string {
	if s == "" {
		return "(nothing)"
	}
	return s
}

// Diff compares what stock Locust did with what this worker did: the first difference of each part.
func Diff(want, got *Trace, output bool) (diffs []Difference) {
	if want.Class != got.Class || want.Load != got.Load {
		diffs = append(diffs, Difference{"class", 0, want.Class + " " + want.Load, got.Class + " " + got.Load})
	}
	diffs = append(diffs, first("request", texts(want.Requests), texts(got.Requests))...)
	diffs = append(diffs, first("event", texts(want.Events), texts(got.Events))...)
	if output {
		diffs = append(diffs, first("output", want.Output, got.Output)...)
	}
	return diffs
}

func texts[T fmt.Stringer](items []T) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = item.String()
	}
	return out
}

func first(part string, want, got []string) []Difference {
	for i := range max(len(want), len(got)) {
		var w, g string
		if i < len(want) {
			w = want[i]
		}
		if i < len(got) {
			g = got[i]
		}
		if w != g || i >= len(want) || i >= len(got) {
			return []Difference{{part, i, w, g}}
		}
	}
	return nil
}

func (q Request) String() string {
	return q.Method + " " + q.Target + "\n    " + strings.Join(q.Headers, "\n    ") + "\n    body " + text(q.Body)
}

func (e Event) String() string { return text(e) }
