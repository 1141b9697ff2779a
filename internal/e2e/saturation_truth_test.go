//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
)

// What a report is about a server of which it is known what is full.
const (
	right   = "right"
	unclear = "not clear"
	wrong   = "wrong"
)

// A truth is what is full. Of a server with none of these nothing is.
type truth struct {
	// names is a part of the title of the finding that names it.
	names string
	// places is how many requests are worked on at once, 0 where that is no whole number. Without names it is all that can be said.
	places int
	// generator says that it is the generator, killed that the server is killed for want of memory.
	generator, killed bool
}

// judge compares a report with the truth. What a report says without doubt has to be true, and so has what it says was looked for and not found.
func (want truth) judge(f findings) (word, said string) {
	of := func(kind string) finding {
		if i := slices.IndexFunc(f.Findings, func(f finding) bool { return f.Kind == kind }); i >= 0 {
			return f.Findings[i]
		}
		return finding{}
	}
	first, generator, restart, parallel := of("saturation"), of("generator"), of("restart"), of("parallelism")
	suspect := generator.Level == "warn"
	bad, full := first.Level == "bad", !strings.Contains(first.Title, "no measured resource was at its limit")
	switch {
	case suspect != want.generator && (suspect || generator.Clear):
		return wrong, generator.said()
	case want.generator && suspect:
		return right, generator.said()
	case want.places > 0 && parallel.Clear && !strings.Contains(parallel.Title, atOnce(want.places)):
		return wrong, parallel.said()
	case restart.Title != "" && !want.killed && !strings.Contains(restart.Title, "process of the machine"): // others' processes may be killed meanwhile
		return wrong, restart.said()
	case want.killed && strings.Contains(restart.Title, "killed for want of memory") && !(first.Clear && bad):
		return right, restart.said()
	case want.names != "" && first.Clear && bad && strings.Contains(first.Title, want.names):
		return right, first.said()
	case want.names == "" && want.places > 0 && bad && !full:
		return right, first.said() + " | " + parallel.Title
	case want == truth{} && first.Clear && first.Level == "good":
		return right, first.said()
	case first.Clear, bad && !full:
		return wrong, first.said()
	}
	return unclear, first.said()
}

// said is a finding as one line.
func (f finding) said() string { return fmt.Sprintf("%s: %s", f.Title, f.Text) }

// atOnce is how a report says how many requests are worked on at once.
func atOnce(places int) string {
	if places == 1 {
		return "one request at a time"
	}
	return fmt.Sprintf("a pool of %d", places)
}
