package report_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/report/reporttest"
)

// comparisonPage makes the page of two sets of runs, in UTC.
func comparisonPage(t testing.TB, c reporttest.Comparison) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.WriteComparison(&b, c.Base, c.New, &c.Result, report.Options{Location: time.UTC}); err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	return b.Bytes()
}

// beside is the page of a run that has a baseline.
func beside(t testing.TB) []byte {
	t.Helper()
	c := reporttest.Compared("slower")
	run := c.New[0]
	run.Findings.Comparison = &c.Result
	var b bytes.Buffer
	if err := report.Write(&b, run.Run, &run.Findings, report.Options{Location: time.UTC, Bases: c.Base}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// runsPage is the page of three runs of one test.
func runsPage(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	spread := report.Spread{Header: []string{"run", "p95", ""}, Rows: [][]string{{"1  results/20261124_140030", "141 ms", "PASSED"}, {`2  <b onclick="x">`, "138 ms", "FAILED"}, {"median", "140 ms", ""}}}
	v := analysis.Verdict{Word: "FAILED", Code: 6, Line: "1 of 3 runs failed, run 2: p95 < 140 ms"}
	if err := report.WriteRuns(&b, reporttest.Compared("three-each").New, v, spread, report.Options{Location: time.UTC}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// comparisonPages are those of all samples, and of a run beside its baseline.
func comparisonPages(t testing.TB) map[string][]byte {
	t.Helper()
	pages := map[string][]byte{"baseline": beside(t), "runs": runsPage(t)}
	for _, c := range reporttest.Comparisons() {
		pages["compare-"+c.Name] = comparisonPage(t, c)
	}
	return pages
}

// ofClass are the elements of a page that have a class among theirs.
func ofClass(root *html.Node, element, class string) (found []*html.Node) {
	for _, n := range all(root, element) {
		if slices.Contains(strings.Fields(attribute(n, "class")), class) {
			found = append(found, n)
		}
	}
	return found
}

// TestComparisonPages have a row and a picture for each number, and a line of each run in the charts.
func TestComparisonPages(t *testing.T) {
	t.Parallel()
	for _, c := range reporttest.Comparisons() {
		page := comparisonPage(t, c)
		root := parse(t, page)
		rows, _ := comparison.Shown(&c.Result, 1000)
		if got := len(ofClass(root, "td", "whisker")); got != len(rows) {
			t.Errorf("%s: %d rows, want %d", c.Name, got, len(rows))
		}
		pictures := 0
		for _, row := range rows {
			if row.Change != nil {
				pictures++
			}
		}
		if got := len(ofClass(root, "rect", "effect")); got != pictures {
			t.Errorf("%s: %d pictures, want %d", c.Name, got, pictures)
		}
		for _, chart := range ofClass(root, "figure", "chart")[:3] { // users, throughput, response times: all runs have them
			lines, base := ofClass(chart, "path", "l"), 0
			for _, line := range lines {
				if slices.Contains(strings.Fields(attribute(line, "class")), "base") {
					base++
				}
			}
			if base == 0 || base%len(c.Base) != 0 || (len(lines)-base)%len(c.New) != 0 {
				t.Errorf("%s: %d lines, %d of the base, in %.40s", c.Name, len(lines), base, text(chart))
			}
			if keys := len(ofClass(chart, "span", "k")); keys*len(c.Base) != len(lines) {
				t.Errorf("%s: %d keys of %d lines in %.40s", c.Name, keys, len(lines), text(chart))
			}
		}
		for _, want := range []string{comparison.Headline(&c.Result), "Dashed: the base.", "1:00", "base: ", "new: "} {
			if !strings.Contains(text(root), want) {
				t.Errorf("%s: no %q", c.Name, want)
			}
		}
		if got := len(all(ofID(t, root, "runs"), "tr")) - 1; got != len(c.Base)+len(c.New) {
			t.Errorf("%s: %d runs in the table, want %d", c.Name, got, len(c.Base)+len(c.New))
		}
		if len(all(root, "script")) != 2 || strings.Contains(string(page), `<b onclick`) {
			t.Errorf("%s: a text from outside has become an element", c.Name)
		}
	}
}

// TestRunsOfATest has a line for each of its runs, and how far they are apart.
func TestRunsOfATest(t *testing.T) {
	t.Parallel()
	page := runsPage(t)
	root := parse(t, page)
	for _, want := range []string{"1 of 3 runs failed, run 2: p95 < 140 ms", "3 runs of one test", "A line for each run", "138 ms"} {
		if !strings.Contains(text(root), want) {
			t.Errorf("no %q", want)
		}
	}
	for _, chart := range ofClass(root, "figure", "chart")[:3] {
		if lines := len(ofClass(chart, "path", "l")); lines == 0 || lines%3 != 0 {
			t.Errorf("%d lines of 3 runs in %.40s", lines, text(chart))
		}
	}
	if rows := len(all(ofID(t, root, "spread"), "tr")); rows != 4 {
		t.Errorf("%d rows, want a head, two runs and the median", rows)
	}
	if len(all(root, "script")) != 2 || strings.Contains(string(page), `<b onclick`) || strings.Contains(text(root), "Dashed") {
		t.Error("a text from outside has become an element, or there is a base")
	}
}

// ofID is the element of an id.
func ofID(t *testing.T, root *html.Node, id string) *html.Node {
	t.Helper()
	for _, n := range all(root, "") {
		if attribute(n, "id") == id {
			return n
		}
	}
	t.Fatalf("there is no #%s", id)
	return nil
}

// TestReportBesideItsBaseline has the rows, and the base as dashed lines in the charts of the run; the time of the day stays.
func TestReportBesideItsBaseline(t *testing.T) {
	t.Parallel()
	root := parse(t, beside(t))
	if got := text(ofID(t, root, "compared")); !strings.Contains(got, "Compared with results/20261124_140001") || !strings.Contains(got, "Worse: p50 of all requests +") {
		t.Errorf("the part is %.400s", got)
	}
	charts := ofID(t, root, "charts")
	if got := text(charts); !strings.Contains(got, "Dashed: the baseline, results/20261124_140001, from the start of its load on.") || !strings.Contains(got, "p95, base") || !strings.Contains(got, "14:") {
		t.Errorf("the charts are %.400s", got)
	}
	if len(ofClass(charts, "path", "base")) < 10 || len(ofClass(charts, "path", "thin")) > 0 {
		t.Errorf("%d lines of the base, %d thin ones", len(ofClass(charts, "path", "base")), len(ofClass(charts, "path", "thin")))
	}
}

// TestComparisonInABrowser: the pages fit a telephone; the crosshair counts from the start of the load, and shows the median of three runs; a click on a name hides
// all its lines; a zoom draws them anew.
func TestComparisonInABrowser(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	for name, page := range comparisonPages(t) {
		b.show(name, page, 390)
		if wide := eval[float64](b, "measure", `document.documentElement.scrollWidth`); wide > 390 {
			t.Errorf("%s is %v pixels wide on a telephone of 390", name, wide)
		}
	}
	c := reporttest.Compared("three-each")
	b.show(c.Name, comparisonPage(t, c), 1280)
	at := eval[string](b, "move the crosshair to the first minute", `(() => {
		const press = key => document.querySelector(".strip").dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
		for (let i = 0; i < 3; i++) press("PageDown");
		return document.querySelector(".now").textContent;
	})()`)
	var minutes, seconds int64
	if _, err := fmt.Sscanf(at, "%d:%d", &minutes, &seconds); err != nil || 60*minutes+seconds < 30 || 60*minutes+seconds > 90 {
		t.Fatalf("the time at the crosshair is %q, %v, want some half minute after the start", at, err)
	}
	for side, runs := range map[string][]comparison.Run{"RSS": c.New, "RSS, base": c.Base} {
		var rss []float64
		for _, r := range runs {
			rss = append(rss, r.Run.Hosts[0].Columns[resource.ProcessRSSMB].Values[r.Run.Began-r.Run.Start+60*minutes+seconds])
		}
		slices.Sort(rss)
		if got := shown(t, b.legend("Memory of uvicorn", side)); math.Abs(got-rss[1]) > 0.006*rss[1] {
			t.Errorf("%s is %v at %s, want the median of %v", side, got, at, rss)
		}
	}
	const visible = `[...document.querySelectorAll(".chart path.l")].filter(p => getComputedStyle(p).display != "none" && p.getAttribute("d")).length`
	before := eval[int](b, "count lines", visible)
	b.run("hide the base of RSS", chromedp.Evaluate(`[...document.querySelectorAll("button.k")].find(k => k.textContent.startsWith("RSS, base")).click()`, nil))
	if after := eval[int](b, "count lines again", visible); after != before-3 {
		t.Errorf("a click has hidden %d lines, want three", before-after)
	}
	p := b.plot("Users")
	b.run("zoom", chromedp.MouseEvent("mousePressed", p.X+p.Width/4, p.Y+40, chromedp.ButtonLeft), chromedp.MouseEvent("mouseMoved", p.X+p.Width/2, p.Y+40), chromedp.MouseEvent("mouseReleased", p.X+p.Width/2, p.Y+40, chromedp.ButtonLeft))
	if after := eval[int](b, "count lines when zoomed", visible); after != before-3 {
		t.Errorf("a zoom shows %d lines, want %d", after, before-3)
	}
	if label := eval[string](b, "read the axis", `document.querySelector("#times .time").textContent`); !strings.Contains(label, ":") || strings.HasPrefix(label, "−") || len(label) > 5 {
		t.Errorf("the first label of a zoom is %q, want minutes since the start", label)
	}
}
