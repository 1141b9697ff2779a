package terminal_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
	"gregaria/loadtest/internal/glyph"
	"gregaria/loadtest/internal/terminal"
)

var update = flag.Bool("update", false, "write the golden files; read their diff")

// story is a run whose server is one thread, and what it means: every section has something to say.
func story() (*analysis.Run, *analysis.Findings) {
	run := analysistest.Model{Seed: 1, Ramp: 60, Steady: 240, Users: 60, Think: 1000, Service: 20, Servers: 1, CPU: true, LeakMB: 0.98, FailFrom: 40}.Run()
	run.Total.Stats.Percentiles = map[string]float64{"66%": 190, "75%": 210, "80%": 220, "90%": 260, "98%": 310, "99.9%": 380, "99.99%": 420}
	run.Endpoints[0].Stats.Percentiles = run.Total.Stats.Percentiles
	run.Hosts[0].Columns["GPU0_Load_Percent"] = run.Hosts[0].Columns["CPU_Percent"]
	f := analysis.Findings{
		Info: run.Info, Began: run.Began, Ended: run.Ended, Resources: analysis.Resources(run), Headline: "One thread of uvicorn saturated at 51 users, 49.8 requests/s",
		Phases: []analysis.Phase{{Kind: analysis.Ramp, From: run.Began, To: run.Began + 59}, {Kind: analysis.Steady, From: run.Began + 60, To: run.Ended}},
		Endpoints: []analysis.Endpoint{
			{
				Type: "POST", Name: "/api/v1/story", Requests: 9123, Failures: 11, RequestsPerSecond: 30.41, Average: new(182.4), Min: new(0.976), Median: new(180.0),
				P95: new(1700.4), P99: new(2101.0), Max: new(2456.78), WaitP95: new(1690.0), FirstEventP95: new(92.0),
			},
			{Type: "GET", Name: "/health", Requests: 4000, RequestsPerSecond: 13.33, Average: new(4.9), Min: new(1.0), Median: new(4.0), P95: new(7.5), P99: new(9.0), Max: new(31.0), WaitP95: new(7.1)},
			{Name: "Aggregated", Requests: 13123, Failures: 11, RequestsPerSecond: 43.74, Average: new(128.3), Min: new(0.976), Median: new(120.0), P95: new(1650.0), P99: new(2050.0), Max: new(2456.78), WaitP95: new(1640.0)},
		},
		Failures: []analysis.Failure{
			{Type: "POST", Name: "/api/v1/story", Error: "HTTPError('500 Server Error: Internal Server Error for url: /api/v1/story')", Count: 9, First: run.Began + 101},
			{Type: "POST", Name: "/api/v1/story", Error: "CatchResponseError('no story id')", Count: 2},
		},
		Exceptions: []analysis.Exception{{Message: "'id'", Traceback: "  File \"/srv/locustfile.py\", line 22, in bug\n    {}[\"id\"]\n", Count: 3}},
		Findings: []analysis.Finding{
			{Kind: analysis.KindSaturation, Level: analysis.Bad, Clear: true, Title: "One thread of uvicorn is at its limit", Text: "The busiest thread used 97 % of a core from 0:52 on, while throughput stayed at 49.8 requests/s. The host's CPU was at 61 %, e.g. half of it free."},
			{Kind: analysis.KindErrors, Level: analysis.Warn, Title: "Failures began at 1:41", Text: "Of 13123 requests 11 failed from 1:41 on, at 60 users. No resource moved with them."},
			{Kind: analysis.KindGrowth, Level: analysis.Bad, Clear: true, Title: "Memory of uvicorn leaks", Text: "It grew by 0.98 MB a request."},
			{Kind: analysis.KindKnee, Level: analysis.Note, Clear: true, Title: "The knee is at 51 users", Text: "Beyond 51 users each user adds 20 ms of waiting. The 60 users of this run are above it."},
			{Kind: analysis.KindGenerator, Level: analysis.Good, Clear: true, Title: "The generator was not the limit", Text: "Workers used 12 % of a core."},
		},
		Checks: []analysis.Check{
			{Text: "p95 < 2s", Measured: "1650 ms", Outcome: analysis.Passed},
			{Text: "POST /api/v1/story: p99 < 2s", Measured: "2101 ms", Outcome: analysis.Failed},
			{Text: "job p95 < 30s", Outcome: analysis.NotEvaluated, Why: "no job ended"},
		},
	}
	f.Info.Notes = []string{"the clock of api is 0.6 s ahead; its rows are put on this machine's clock"}
	f.Info.Files = map[string]string{"log": "out/locust.log", "report": "out/report.html", "metrics": "out/metrics.csv", "stats": "out/stats_stats.csv", "metrics api": "out/metrics_api.csv"}
	return run, &f
}

// hostile puts into every text of a run what moves a terminal's cursor, or takes two columns a letter.
func hostile() (*analysis.Run, *analysis.Findings) {
	run, f := story()
	evil := func(s *string) { *s = "\x1b[2J\x1b]0;gone\a漢字 " + *s + "\r\n\u202e👩‍🚀" }
	for i := range f.Endpoints[:2] {
		evil(&f.Endpoints[i].Name)
		evil(&f.Endpoints[i].Type)
	}
	for i := range f.Failures {
		evil(&f.Failures[i].Error)
		evil(&f.Failures[i].Name)
	}
	for i := range f.Findings {
		evil(&f.Findings[i].Title)
		evil(&f.Findings[i].Text)
	}
	for i := range f.Checks {
		evil(&f.Checks[i].Text)
		evil(&f.Checks[i].Measured)
		evil(&f.Checks[i].Why)
	}
	for _, text := range []*string{&f.Headline, &f.Exceptions[0].Message, &f.Exceptions[0].Traceback, &f.Info.Host, &f.Info.Watched, &f.Info.Notes[0], &run.Hosts[0].Name} {
		evil(text)
	}
	f.Info.Files["\x1b[31m"] = "\x1b[31mred"
	return run, f
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]func() (*analysis.Run, *analysis.Findings){"story": story, "hostile": hostile} {
		run, f := of()
		for _, width := range []int{0, 40, 80, 120} {
			got := terminal.Text(run, f, terminal.Options{Width: width})
			path := filepath.Join("testdata", fmt.Sprintf("%s_%d.golden", name, width))
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (-want +got), -update writes it:\n%s", path, diff)
			}
		}
	}
}

// TestNothingLeavesTheScreen looks at each line of a hostile run: none is wider than the screen, but for paths, and none has what controls a terminal.
func TestNothingLeavesTheScreen(t *testing.T) {
	t.Parallel()
	run, f := hostile()
	ours := regexp.MustCompile("\x1b\\[(1|3[123]|0)m")
	for _, width := range []int{40, 59, 60, 80, 100, 132} {
		for _, colour := range []bool{false, true} {
			text := terminal.Text(run, f, terminal.Options{Width: width, Colour: colour})
			shown, _, _ := strings.Cut(ours.ReplaceAllString(text, ""), "\nFiles\n")
			for line := range strings.Lines(shown) {
				line = strings.TrimSuffix(line, "\n")
				if n := glyph.Width(line); n > width {
					t.Errorf("at %d columns: a line of %d: %q", width, n, line)
				}
			}
			if i := strings.IndexFunc(ours.ReplaceAllString(text, ""), func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || r == '\u202e') }); i >= 0 {
				t.Errorf("at %d columns: a control character in %q", width, text)
			}
			if !colour && ours.MatchString(text) {
				t.Errorf("at %d columns: colours although there are to be none", width)
			}
		}
	}
}

func TestColoursMeanSomething(t *testing.T) {
	t.Parallel()
	run, f := story()
	text := terminal.Text(run, f, terminal.Options{Width: 120, Colour: true})
	for _, want := range []string{
		"\x1b[31m11 (0.12%)\x1b[0m", // failures
		"\x1b[31m2101\x1b[0m",       // p99 of the endpoint whose check failed
		"\x1b[32mpassed       \x1b[0m", "\x1b[31mfailed       \x1b[0m", "\x1b[31mnot evaluated\x1b[0m",
		"\x1b[31mproblem  \x1b[0m", "\x1b[33mnot clear\x1b[0m", "\x1b[32mfine     \x1b[0m",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("Text() has no %q:\n%q", want, text)
		}
	}
	for _, calm := range []string{"1650", "1700", "2050", "120"} { // of checks that passed, or of none
		if strings.Contains(text, "\x1b[31m"+calm+"\x1b[0m") {
			t.Errorf("%s is red", calm)
		}
	}
	f.Checks = []analysis.Check{
		{Text: "median < 100ms", Outcome: analysis.Failed},
		{Text: "/health: wait p95 < 7ms", Outcome: analysis.Failed},
		{Text: "p95 < 1s over all", Outcome: analysis.Failed},
		{Text: "GET /api/v1/story: max < 7ms", Outcome: analysis.Failed},
		{Text: "rps > 100", Outcome: analysis.Failed},
	}
	coloured := regexp.MustCompile("\x1b\\[31m([0-9.]+)\x1b").FindAllStringSubmatch(terminal.Text(run, f, terminal.Options{Width: 120, Colour: true}), -1)
	var numbers []string
	for _, number := range coloured {
		numbers = append(numbers, number[1])
	}
	if got, want := strings.Join(numbers, " "), "7.1 120 1650 43.74 9 2 3"; got != want { // the last three are failures and exceptions
		t.Errorf("red are %s, want %s", got, want)
	}
	f.Checks = []analysis.Check{{Text: "p95 < 1s", Outcome: analysis.Failed}}
	if text := terminal.Text(run, f, terminal.Options{Colour: true}); !strings.Contains(text, "\x1b[31m1650\x1b[0m") || strings.Contains(text, "\x1b[31m1700\x1b[0m") {
		t.Errorf("a check of all requests has to colour their row alone:\n%q", text)
	}
}

func TestFindingsFitTheScreen(t *testing.T) {
	t.Parallel()
	_, f := story()
	for i := range 2 {
		f.Findings = append(f.Findings, analysis.Finding{Kind: analysis.KindClock, Level: analysis.Note, Clear: true, Title: fmt.Sprint("More ", i), Text: "One. Two. Three."})
	}
	text := terminal.Text(nil, f, terminal.Options{})
	_, text, _ = strings.Cut(text, "What happened\n")
	text, _, _ = strings.Cut(text, "\n\n")
	want := `One thread of uvicorn saturated at 51 users, 49.8 requests/s
problem    One thread of uvicorn is at its limit. The busiest thread used 97 % of a core from 0:52 on, while throughput stayed at 49.8 requests/s.
not clear  Failures began at 1:41. Of 13123 requests 11 failed from 1:41 on, at 60 users.
problem    Memory of uvicorn leaks. It grew by 0.98 MB a request.
note       The knee is at 51 users. Beyond 51 users each user adds 20 ms of waiting.
note       More 0. One.
note       More 1. One.
and 1 more, in out/report.html`
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("What happened (-want +got):\n%s", diff)
	}
}

// TestWhyItIsNotClearIsSaidFirst, and a sentence does not end within an error.
func TestWhyItIsNotClearIsSaidFirst(t *testing.T) {
	t.Parallel()
	f := &analysis.Findings{}
	for range 6 { // a sentence each
		f.Findings = append(f.Findings, analysis.Finding{Level: analysis.Bad, Title: "It was full", Text: "One (b. C). Two. Not clear that it is the cause: three. Four."})
	}
	f.Findings[0].Clear = true
	text := terminal.Text(nil, f, terminal.Options{})
	for _, want := range []string{"problem    It was full. One (b. C).\n", "not clear  It was full. Not clear that it is the cause: three.\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in:\n%s", want, text)
		}
	}
	f.Findings = f.Findings[5:]
	if text, want := terminal.Text(nil, f, terminal.Options{}), "It was full. Not clear that it is the cause: three. One (b. C). Two. Four.\n"; !strings.Contains(text, want) {
		t.Errorf("there is no %q in:\n%s", want, text)
	}
}

func TestARunOfNothing(t *testing.T) {
	t.Parallel()
	got := terminal.Text(nil, &analysis.Findings{Began: 100, Ended: 109, Info: analysis.Info{Users: 1}}, terminal.Options{Width: 80})
	if want := "The run\nRan  0:10 with up to 1 user\n"; got != want {
		t.Errorf("Text() = %q, want %q", got, want)
	}
}
