//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
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
	case restart.Level == "bad" && !want.killed: // what is killed meanwhile of others is a note
		return wrong, restart.said()
	case want.killed && strings.Contains(restart.Title, "killed for want of memory") && (!first.Clear || !bad):
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

// TestTruth: a report is wrong where it is sure of what is not so, and nowhere else.
func TestTruth(t *testing.T) {
	t.Parallel()
	saturated := func(what string) finding {
		return finding{Kind: "saturation", Level: "bad", Clear: true, Title: what + " saturated at 40 users"}
	}
	flat := finding{Kind: "saturation", Level: "bad", Title: "Throughput is flat from 40 users on: no measured resource was at its limit"}
	doubtful := finding{Kind: "saturation", Level: "bad", Title: "GPU 0 of the machine was at its limit when throughput stopped rising"}
	grew := finding{Kind: "saturation", Level: "good", Clear: true, Title: "Nothing saturated up to 60 users"}
	fine, suspect := finding{Kind: "generator", Level: "good", Clear: true}, finding{Kind: "generator", Level: "warn", Clear: true}
	pool := func(title string, sure bool) finding {
		return finding{Kind: "parallelism", Level: "note", Clear: sure, Title: title}
	}
	killed := finding{Kind: "restart", Level: "bad", Clear: true, Title: "A process of the container was killed for want of memory"}
	gpu, lock, memory, generator := truth{names: "GPU 0", places: 1}, truth{places: 1}, truth{killed: true}, truth{generator: true}
	for _, test := range []struct {
		reason string
		want   truth
		said   []finding
		word   string
	}{
		{"named", gpu, []finding{fine, saturated("GPU 0 of the machine")}, right},
		{"named with doubt", gpu, []finding{fine, doubtful}, unclear},
		{"another one named", gpu, []finding{fine, saturated("Disk vda")}, wrong},
		{"nothing at its limit", gpu, []finding{fine, flat}, wrong},
		{"nothing saturated", gpu, []finding{fine, grew}, wrong},
		{"another parallelism", gpu, []finding{fine, saturated("GPU 0 of the machine"), pool("The server behaves as a pool of 2: 2 requests at a time", true)}, wrong},
		{"another parallelism, with doubt", gpu, []finding{fine, saturated("GPU 0 of the machine"), pool("The server works on about 2 requests at once", false)}, right},
		{"a suspect generator", gpu, []finding{suspect, saturated("GPU 0 of the machine")}, wrong},
		{"a lock", lock, []finding{fine, flat, pool("The server behaves as one worker: one request at a time", true)}, right},
		{"a pool that is a lock", lock, []finding{fine, flat, pool("The server behaves as a pool of 2: 2 requests at a time", true)}, wrong},
		{"a lock, and something named", lock, []finding{fine, saturated("GPU 0 of the machine")}, wrong},
		{"a lock, and something named with doubt", lock, []finding{fine, doubtful}, unclear},
		{"killed", memory, []finding{fine, killed, grew}, right},
		{"killed, and a culprit", memory, []finding{fine, killed, saturated("Disk vda")}, wrong},
		{"killed, and not seen", memory, []finding{fine, grew}, wrong},
		{"killed, and it was another", gpu, []finding{fine, killed, saturated("GPU 0 of the machine")}, wrong},
		{"the generator", generator, []finding{suspect, flat}, right},
		{"the generator, said to be fine", generator, []finding{fine, flat}, wrong},
		{"nothing", truth{}, []finding{fine, grew}, right},
		{"nothing, and something named", truth{}, []finding{fine, saturated("Disk vda")}, wrong},
		{"nothing, and a flat throughput", truth{}, []finding{fine, flat}, wrong},
		{"nothing, with doubt", truth{}, []finding{fine, doubtful}, unclear},
	} {
		if word, said := test.want.judge(findings{Findings: test.said}); word != test.word {
			t.Errorf("%s: %s (%s), want %s", test.reason, word, said, test.word)
		}
	}
}
