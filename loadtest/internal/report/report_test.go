package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/report/reporttest"
)

// parse parses a page.
func parse(t *testing.T, page []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// all are the elements of a page that have a name, "" is any.
func all(root *html.Node, name string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			found = append(found, n)
		}
	}
	return found
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func sample(t *testing.T, name string) reporttest.Sample {
	t.Helper()
	s, found := reporttest.Named(name)
	if !found {
		t.Fatalf("there is no sample %s", name)
	}
	return s
}

func TestPartsAreInOrderAndEmptyOnesAreNotThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sample string
		want   []string
	}{
		{"saturated", []string{"findings", "checks", "charts", "curve", "endpoints", "growth", "slowest"}},
		{"errors", []string{"findings", "charts", "endpoints", "failures", "exceptions"}},
		{"no-monitor", []string{"findings", "charts", "endpoints"}},
		{"stream", []string{"charts", "endpoints"}},
	} {
		root := parse(t, page(t, sample(t, c.sample)))
		var got []string
		for _, s := range all(root, "section") {
			got = append(got, attribute(s, "id"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("the parts of %s = %v, want %v", c.sample, got, c.want)
		}
		for _, table := range all(root, "tbody") {
			if len(all(table, "tr")) == 0 {
				t.Errorf("%s has a table without rows", c.sample)
			}
		}
	}
}

// TestGrowthNamesItsEndpoint: the table says what a request leaves behind, and of which endpoint.
func TestGrowthNamesItsEndpoint(t *testing.T) {
	t.Parallel()
	s := sample(t, "leak")
	for _, c := range []struct {
		whose *analysis.PerEndpoint
		want  string
	}{
		{s.Findings.Growth[0].PerEndpoint, "0.98 MB per POST /api/v1/story"},
		{nil, "0.98 MB per request"},
	} {
		s.Findings.Growth[0].PerEndpoint = c.whose
		var got []string
		for _, cell := range all(parse(t, page(t, s)), "td") {
			if attribute(cell, "class") == "left" {
				got = append(got, text(cell))
			}
		}
		if want := []string{c.want, ""}; !slices.Equal(got, want) {
			t.Errorf("left behind = %q, want %q: what does not leak leaves nothing behind", got, want)
		}
	}
}

func TestNothingIsFetched(t *testing.T) {
	t.Parallel()
	for _, s := range reporttest.All() {
		root := parse(t, page(t, s))
		for _, n := range all(root, "") {
			for _, a := range n.Attr {
				reference := a.Key == "href" || a.Key == "src" || a.Key == "srcset" || a.Key == "data" || a.Key == "action" || a.Key == "poster"
				if reference && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "./") {
					t.Errorf("%s: <%s %s=%q> leads out of the page", s.Name, n.Data, a.Key, a.Val)
				}
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s=%q>, which the page's own policy forbids", s.Name, n.Data, a.Key, a.Val)
				}
			}
			if slices.Contains([]string{"link", "img", "iframe", "object", "embed", "base"}, n.Data) {
				t.Errorf("%s has a <%s>", s.Name, n.Data)
			}
		}
		for _, style := range all(root, "style") {
			if found := regexp.MustCompile(`url\(|@import|image-set`).FindString(text(style)); found != "" {
				t.Errorf("%s: the style has %s", s.Name, found)
			}
		}
	}
}

func TestPolicyNamesTheOneScriptAndTheOneStyle(t *testing.T) {
	t.Parallel()
	root := parse(t, page(t, sample(t, "hostile")))
	policy := ""
	for _, m := range all(root, "meta") {
		if attribute(m, "http-equiv") == "Content-Security-Policy" {
			policy = attribute(m, "content")
		}
	}
	var run []*html.Node
	for _, s := range all(root, "script") {
		if attribute(s, "type") == "" {
			run = append(run, s)
		}
	}
	if styles := all(root, "style"); len(run) != 1 || len(styles) != 1 {
		t.Fatalf("%d scripts that run and %d styles, want one of each", len(run), len(styles))
	} else {
		run = append(run, styles...)
	}
	for _, n := range run {
		sum := sha256.Sum256([]byte(text(n)))
		if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy %q does not have %s of the <%s>", policy, want, n.Data)
		}
	}
	const most = 8<<10 + 512
	if n := len(text(run[0])); n > most {
		t.Errorf("the script has %d bytes, want %d at most", n, most)
	}
}

func TestHostileTextsStayText(t *testing.T) {
	t.Parallel()
	s := sample(t, "hostile")
	content := page(t, s)
	root := parse(t, content)
	if got := len(all(root, "script")); got != 2 {
		t.Errorf("the page has %d scripts, want the data and ours", got)
	}
	for _, name := range []string{"img", "b"} {
		for _, n := range all(root, name) {
			if name == "img" || strings.Contains(text(n), ".py") {
				t.Errorf("a text became <%s>", name)
			}
		}
	}
	body := text(all(root, "main")[0])
	for _, want := range []string{`</script><script>document.title="owned"</script>`, "שלום", "😀", "(10,004 characters in all)"} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not show %q as text", want)
		}
	}
	if most := 250_000; len(content) > most {
		t.Errorf("the page has %d bytes, want %d at most: long texts are shortened", len(content), most)
	}
	for n := range root.Descendants() { // what is written from right to left must not turn its surroundings
		if n.Type != html.TextNode || !strings.Contains(n.Data, "\u202e") || n.Parent.Data == "bdi" {
			continue
		}
		alone := n.PrevSibling == nil && n.NextSibling == nil
		if block := []string{"td", "pre", "title", "b", "a"}; !alone || !slices.Contains(block, n.Parent.Data) {
			t.Errorf("<%s class=%q> has a text from outside beside others, and not in a <bdi>", n.Parent.Data, attribute(n.Parent, "class"))
		}
	}
}

func TestFilesBesideThePageAreNamed(t *testing.T) {
	t.Parallel()
	s := sample(t, "two-gpus")
	s.Run.Info.Files["telemetry"] = "folder/new.csv"
	s.Run.Info.Files["of gpuhost"] = s.Run.Info.Files["metrics gpuhost"] // the same file by two names stands once
	s.Findings.Info = s.Run.Info
	var got []string
	for _, a := range all(parse(t, page(t, s)), "a") {
		got = append(got, attribute(a, "href"))
	}
	want := []string{
		"./locust_report_20261124_140000.html", "./stats_20261124_140000_stats.csv", "./stats_20261124_140000_stats_history.csv", "./stats_20261124_140000_failures.csv",
		"./timings_20261124_140000.csv", "./metrics_20261124_140000.csv", "./locust_20261124_140000.log", "./metrics_20261124_140000_gpuhost.csv", "./new.csv",
	}
	if !slices.Equal(got, want) {
		t.Errorf("the page names %q, want %q", got, want)
	}
}

func TestAbsentIsNotZero(t *testing.T) {
	t.Parallel()
	s := sample(t, "no-monitor")
	got := text(all(parse(t, page(t, s)), "main")[0])
	for _, never := range []string{"NaN", "Inf", "GPU 0", "CPU, steady"} {
		if strings.Contains(got, never) {
			t.Errorf("a run without a monitor shows %q", never)
		}
	}
	for _, want := range []string{"no monitor ran beside this load", "Percentiles are those of Locust."} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, s := range reporttest.All() {
		content := page(t, s)
		if found := regexp.MustCompile(`NaN|Infinity|[^a-z]Inf[^a-z]|ZgotmplZ|%!`).Find(bytes.ReplaceAll(content, scriptOf(content), nil)); found != nil {
			t.Errorf("%s shows %q", s.Name, found)
		}
	}
}

// scriptOf is the script of a page, which may speak of NaN.
func scriptOf(content []byte) []byte {
	return content[bytes.LastIndex(content, []byte("<script>")):]
}

func TestEveryRunHasAPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why string
		run analysis.Run
	}{
		{"nothing at all", analysis.Run{}},
		{"one second", analysis.Run{Start: 10, Seconds: 1, Began: 10, Ended: 10}},
		{"began after its end", analysis.Run{Start: 10, Seconds: 3, Began: 100, Ended: 10}},
		{"hosts without columns", analysis.Run{Start: 10, Seconds: 30, Began: 15, Ended: 20, Hosts: []analysis.Host{{}, {Name: "b"}}}},
	} {
		f := analysis.Of(&c.run, analysis.Options{})
		var b bytes.Buffer
		if err := report.Write(&b, &c.run, &f, report.Options{Location: time.UTC}); err != nil {
			t.Errorf("%s: %v", c.why, err)
		}
		if len(all(parse(t, b.Bytes()), "h1")) != 1 {
			t.Errorf("%s: the page has no headline", c.why)
		}
	}
}

func TestHourIsSmall(t *testing.T) {
	t.Parallel()
	const most = 1 << 20
	if n := len(page(t, reporttest.Hour())); n > most {
		t.Errorf("the page of an hour with 20 endpoints has %d bytes, want %d at most", n, most)
	}
}

func TestDrawnLinesAreThin(t *testing.T) {
	t.Parallel()
	const most = 1002 // points a line, and two for gaps
	root := parse(t, page(t, reporttest.Hour()))
	lines := 0
	for _, p := range all(root, "path") {
		if attribute(p, "class") == "" || !strings.HasPrefix(attribute(p, "class"), "l ") {
			continue
		}
		lines++
		numbers := regexp.MustCompile(`-?[0-9]+`).FindAllString(attribute(p, "d"), -1)
		if len(numbers)/2 > most {
			t.Errorf("a line has %d points, want %d at most", len(numbers)/2, most)
		}
	}
	if lines < 20 {
		t.Errorf("the page has %d lines, want those of all charts", lines)
	}
}

// TestStreamsSayWhatUsersWaitFor: of streams, response times are those of heads.
func TestStreamsSayWhatUsersWaitFor(t *testing.T) {
	t.Parallel()
	shown := text(all(parse(t, page(t, sample(t, "stream"))), "main")[0])
	for _, want := range []string{"first event p95", "Time to the first event", "Time to the end of streams", "of streams until their head"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the page does not show %q", want)
		}
	}
	if shown := text(all(parse(t, page(t, sample(t, "healthy"))), "main")[0]); strings.Contains(shown, "stream") {
		t.Error("a run without streams speaks of them")
	}
}

// BenchmarkHour is how long the page of an hour at 1 Hz with 20 endpoints takes.
func BenchmarkHour(b *testing.B) {
	s := reporttest.Hour()
	for b.Loop() {
		if err := report.Write(io.Discard, s.Run, s.Findings, report.Options{Location: time.UTC}); err != nil {
			b.Fatal(err)
		}
	}
}
