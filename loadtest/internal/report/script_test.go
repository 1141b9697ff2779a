package report_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/report/reporttest"
)

// eval returns what JavaScript says in the page.
func eval[T any](b *browser, what, script string) (value T) {
	b.t.Helper()
	b.run(what, chromedp.Evaluate(script, &value))
	return value
}

// A box is where something stands in the window.
type box struct{ X, Y, Width, Height float64 }

// plot is where the plot of a chart stands, scrolled into sight.
func (b *browser) plot(title string) box {
	b.t.Helper()
	return eval[box](b, "find the chart "+title, fmt.Sprintf(`(() => {
		const chart = [...document.querySelectorAll(".chart")].find(c => c.querySelector(".t").textContent.startsWith(%q));
		chart.scrollIntoView({block: "center"});
		const r = chart.querySelector("svg.o").getBoundingClientRect();
		return {X: r.x, Y: r.y, Width: r.width, Height: r.height};
	})()`, title))
}

// legend is what a chart's legend shows of a line.
func (b *browser) legend(title, line string) string {
	b.t.Helper()
	return eval[string](b, "read the legend of "+title, fmt.Sprintf(`[...document.querySelectorAll(".chart")].find(c => c.querySelector(".t").textContent.startsWith(%q))
		.querySelector(".legend").innerText.split("\n").join(" ").match(new RegExp(%q + "\\s+(max )?([0-9.,–]+)"))[2]`, title, line))
}

// shown is a number of the page.
func shown(t *testing.T, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		t.Fatalf("%q is no number", text)
	}
	return v
}

func TestCrosshairShowsTheSecondInAllCharts(t *testing.T) {
	t.Parallel()
	s := reporttest.Hour()
	b := openBrowser(t)
	b.open(s, 1280)
	p := b.plot("Users")
	b.run("point at the middle", chromedp.MouseEvent("mouseMoved", p.X+p.Width/2, p.Y+40))
	at := eval[string](b, "read the time", `document.querySelector(".now").textContent`)
	var hours, minutes, seconds int64
	if _, err := fmt.Sscanf(at, "%d:%d:%d", &hours, &minutes, &seconds); err != nil {
		t.Fatalf("the time at the crosshair is %q: %v", at, err)
	}
	i := int((hours*3600 + minutes*60 + seconds - s.Run.Start%86400 + 86400) % 86400) // the pages of tests are in UTC
	if middle := float64(s.Run.Seconds) / 2; math.Abs(float64(i)-middle) > 15 {
		t.Errorf("the middle of the chart is second %d of %d", i, s.Run.Seconds)
	}
	for _, c := range []struct {
		title, line string
		want        float64
	}{
		{"Users", "users", s.Run.Users.Values[i]},
		{"Throughput", "ok", s.Run.Total.Requests.Values[i]},
		{"CPU %", "all cores", s.Run.Hosts[0].Columns[resource.CPUPercent].Values[i]},
		{"Memory of uvicorn", "RSS", s.Run.Hosts[0].Columns[resource.ProcessRSSMB].Values[i]},
	} {
		if got := shown(t, b.legend(c.title, c.line)); math.Abs(got-c.want) > 0.006*c.want {
			t.Errorf("%s: %s is %v at %s, want %v", c.title, c.line, got, at, c.want)
		}
	}
	if n := eval[int](b, "count the lines", `[...document.querySelectorAll(".cur")].filter(c => getComputedStyle(c).display != "none").length`); n < 8 {
		t.Errorf("the crosshair is in %d charts, want all", n)
	}
	b.run("leave", chromedp.MouseEvent("mouseMoved", 5, 5))
	if got := b.legend("Users", "users"); got != "300" {
		t.Errorf("without a pointer the legend has %s users, want the most, 300", got)
	}
}

func TestArrowKeysMoveTheCrosshair(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.open(reporttest.Healthy(), 1280)
	press := `document.querySelector(".strip").dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true})); document.querySelector(".now").textContent`
	first, second := eval[string](b, "press an arrow", press), eval[string](b, "press it again", press)
	if first == "" || first >= second {
		t.Errorf("the times of two arrows are %q and %q, want the second later", first, second)
	}
}

func TestFingerMovesTheCrosshairAndDoesNotZoom(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.open(reporttest.Healthy(), 390)
	p := b.plot("Users")
	at := eval[[]string](b, "draw a finger across", fmt.Sprintf(`(() => {
		const plot = document.elementFromPoint(%v, %v).closest(".plot");
		const touch = (type, x) => plot.dispatchEvent(new PointerEvent(type, {pointerType: "touch", pointerId: 7, clientX: x, clientY: %v, bubbles: true}));
		touch("pointerdown", %v);
		const first = document.querySelector(".now").textContent;
		touch("pointermove", %v);
		touch("pointerup", %v);
		touch("pointerleave", %v);
		return [first, document.querySelector(".now").textContent, document.querySelector("svg.p").getAttribute("viewBox").split(" ")[0]];
	})()`, p.X+50, p.Y+40, p.Y+40, p.X+50, p.X+150, p.X+150, p.X+150))
	if at[0] == "" || at[0] >= at[1] || at[2] != "0" {
		t.Errorf("a finger shows %q, then %q, and the axis begins at %s: want a later time that stays, and no zoom", at[0], at[1], at[2])
	}
}

func TestLegendHidesALine(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.open(reporttest.Saturated(), 1280)
	visible := `[...document.querySelectorAll(".chart")].find(c => c.querySelector(".t").textContent.startsWith("Response time")).querySelectorAll("path.l:not(.off)").length`
	if n := eval[int](b, "count lines", visible); n != 3 {
		t.Fatalf("response times have %d lines, want 3", n)
	}
	b.run("press p95", chromedp.Click(`//figure[contains(., "Response time")]//button[contains(., "p95")]`, chromedp.BySearch))
	if n := eval[int](b, "count lines", visible); n != 2 {
		t.Errorf("response times have %d lines without p95, want 2", n)
	}
	if got := eval[string](b, "ask the button", `document.activeElement.getAttribute("aria-pressed")`); got != "false" {
		t.Errorf("aria-pressed = %q, want false", got)
	}
	b.run("press it by key", chromedp.KeyEvent(" "))
	if n := eval[int](b, "count lines", visible); n != 3 {
		t.Errorf("response times have %d lines with p95 again, want 3", n)
	}
}

// drag pulls the mouse across a plot.
func (b *browser) drag(p box, from, to float64) {
	b.t.Helper()
	b.run("drag", chromedp.MouseEvent("mousePressed", p.X+from*p.Width, p.Y+40, chromedp.ButtonLeft, chromedp.ClickCount(1)),
		chromedp.MouseEvent("mouseMoved", p.X+(from+to)/2*p.Width, p.Y+40, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseMoved", p.X+to*p.Width, p.Y+40, chromedp.ButtonLeft),
		chromedp.MouseEvent("mouseReleased", p.X+to*p.Width, p.Y+40, chromedp.ButtonLeft, chromedp.ClickCount(1)))
}

func TestDragZoomsAllCharts(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.open(reporttest.Hour(), 1280)
	boxes := `[...new Set([...document.querySelectorAll("#charts svg.p")].map(s => s.viewBox.baseVal.x + " " + s.viewBox.baseVal.width))]`
	points := `document.querySelector("path.l").getAttribute("d").match(/-?[0-9]+/g).length / 2`
	labels := shownTimes + `.map(t => t.textContent)`
	before := eval[[]string](b, "read the parts", boxes)
	if len(before) != 1 || !strings.HasPrefix(before[0], "0 ") {
		t.Fatalf("the charts show %q, want one and the same whole", before)
	}
	times := eval[[]string](b, "read the times", labels)
	p := b.plot("Throughput")
	b.drag(p, 0.5, 0.55)
	zoomed := eval[[]string](b, "read the parts", boxes)
	var from, width float64
	if _, err := fmt.Sscan(zoomed[0], &from, &width); err != nil || len(zoomed) != 1 || math.Abs(width-180) > 8 || math.Abs(from-1805) > 15 {
		t.Fatalf("after dragging across a twentieth the charts show %q, want about 180 s from the middle on", zoomed)
	}
	if n := eval[float64](b, "count points", points); n < 170 {
		t.Errorf("a line of about 180 s has %v points, want every second", n)
	}
	if got := eval[[]string](b, "read the times", labels); slices.Equal(got, times) || len(got) < 3 {
		t.Errorf("the times of a zoom are %q", got)
	}
	b.drag(p, 0.2, 0.8)
	if again := eval[[]string](b, "read the parts", boxes); again[0] == zoomed[0] {
		t.Errorf("a zoom of a zoom shows %q", again)
	}
	b.run("press Esc", chromedp.KeyEvent("\x1b"))
	if got := eval[[]string](b, "read the parts", boxes); !slices.Equal(got, before) {
		t.Errorf("after Esc the charts show %q, want %q", got, before)
	}
	if got := eval[[]string](b, "read the times", labels); !slices.Equal(got, times) {
		t.Errorf("after Esc the times are %q, want %q", got, times)
	}
	b.drag(p, 0.1, 0.2)
	b.run("press the button", chromedp.Click(".zoomed", chromedp.ByQuery))
	if got := eval[[]string](b, "read the parts", boxes); !slices.Equal(got, before) {
		t.Errorf("after the button the charts show %q, want %q", got, before)
	}
}

func TestScriptDrawsWhatThePageDraws(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.open(reporttest.Errors(), 1280)
	axes := `[...document.querySelectorAll(".chart .y")].map(y => [...y.children].map(t => t.textContent).sort().join(" "))`
	ends := `[...document.querySelectorAll("path.l")].map(p => { const r = p.getBBox(); return [r.x, r.y, r.x + r.width, r.y + r.height]; })`
	gaps := `[...document.querySelectorAll("path.l")].map(p => p.getAttribute("d").split("M").length)`
	a, e, g := eval[[]string](b, "read the axes", axes), eval[[][]float64](b, "measure the lines", ends), eval[[]int](b, "count the gaps", gaps)
	p := b.plot("Users")
	b.drag(p, 0.3, 0.6)
	b.run("press Esc", chromedp.KeyEvent("\x1b"))
	if got := eval[[]string](b, "read the axes", axes); !slices.Equal(got, a) {
		t.Errorf("the script's axes are\n%q, want Go's\n%q", got, a)
	}
	const near = 3 // of 500: the script's values have four digits
	for i, got := range eval[[][]float64](b, "measure the lines", ends) {
		for j := range got {
			if math.Abs(got[j]-e[i][j]) > near {
				t.Errorf("the script's line %d reaches %v, want %v as Go's", i, got, e[i])
				break
			}
		}
	}
	if got := eval[[]int](b, "count the gaps", gaps); !slices.Equal(got, g) || slices.Max(g) < 3 {
		t.Errorf("the script's lines have\n%v parts, want as Go's, some with gaps\n%v", got, g)
	}
}

func TestPageFitsATelephone(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	for _, s := range reporttest.All() {
		b.open(s, 390)
		if wide := eval[float64](b, "measure", `document.documentElement.scrollWidth`); wide > 390 {
			t.Errorf("%s is %v pixels wide on a telephone of 390", s.Name, wide)
		}
		if small := eval[float64](b, "measure the text", `Math.min(...[...document.querySelectorAll("#charts svg text")].map(t => t.getBoundingClientRect().height).filter(h => h > 0))`); small < 10 {
			t.Errorf("%s has text %v pixels high in its charts, want it readable", s.Name, small)
		}
	}
}

// shownTimes are the labels of the time axis, which charts only refer to: put where they can be measured.
const shownTimes = `(() => {
	document.querySelector(".probe")?.remove();
	const g = document.getElementById("times").cloneNode(true);
	g.classList.add("probe");
	g.removeAttribute("id");
	document.querySelector(".chart svg.o").append(g);
	return [...g.querySelectorAll("text")].filter(t => t.getBoundingClientRect().width > 0);
})()`

// overlapping are the pairs of labels that lie over each other, in each place where labels of one kind stand.
const overlapping = `(() => {
	const found = [], times = ` + shownTimes + `;
	if (!times.length) found.push("no times");
	for (const kind of [".marks text", ".probe text", ".phases text", ".chart .y", ".curves figure"]) {
		const groups = kind == ".chart .y" || kind == ".curves figure" ? [...document.querySelectorAll(kind)].map(g => [...g.querySelectorAll("text")]) : [[...document.querySelectorAll(kind)]];
		for (const texts of groups) {
			const boxes = texts.map(t => [t.textContent, t.getBoundingClientRect()]).filter(([, r]) => r.width > 0);
			boxes.forEach(([a, p], i) => boxes.slice(i + 1).forEach(([b, q]) => {
				if (p.left < q.right && q.left < p.right && p.top < q.bottom - 1 && q.top < p.bottom - 1) found.push(a + " | " + b);
			}));
		}
	}
	return found;
})()`

func TestLabelsDoNotOverlap(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	for _, s := range reporttest.All() {
		for _, width := range []int64{1280, 800, 390} {
			b.open(s, width)
			if got := eval[[]string](b, "compare labels", overlapping); len(got) > 0 {
				t.Errorf("%s, %d pixels wide: %q lie over each other", s.Name, width, got)
			}
		}
	}
}

func TestDarkIsDark(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	for scheme, dark := range map[string]bool{"dark": true, "light": false} {
		b.scheme(scheme)
		b.open(reporttest.Healthy(), 1280)
		const light = `(() => { const c = getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number); return (c[0] + c[1] + c[2]) / 3; })()`
		if v := eval[float64](b, "measure the light", light); (v < 60) != dark {
			t.Errorf("the page's background is %v of 255 where %s is preferred", v, scheme)
		}
	}
}

func TestPrintsOnPaper(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.scheme("dark")
	b.open(reporttest.Saturated(), 1280)
	b.run("show it as printed", emulation.SetEmulatedMedia().WithMedia("print").WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}))
	if v := eval[string](b, "ask for the colour", `getComputedStyle(document.querySelector("h1")).color`); v != "rgb(27, 28, 31)" {
		t.Errorf("the headline is printed in %s, want it dark", v)
	}
	if v := eval[string](b, "ask for breaks", `getComputedStyle(document.querySelector("figure.chart")).breakInside`); v != "avoid" {
		t.Errorf("a chart has break-inside %q, want avoid", v)
	}
	var pdf []byte
	b.run("print", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = cdppage.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	pages := bytes.Count(pdf, []byte("/Type /Page\n"))
	if !bytes.HasPrefix(pdf, []byte("%PDF")) || pages < 2 || pages > 8 {
		t.Errorf("printed: %d bytes, %d pages, want a PDF of some pages", len(pdf), pages)
	}
}

func TestHostileTextsRunNothing(t *testing.T) {
	t.Parallel()
	b := openBrowser(t)
	b.open(reporttest.Hostile(), 1280)
	if got := eval[bool](b, "look for what ran", `document.title == "owned"`); got {
		t.Error("a text from outside ran as a script")
	}
	if !eval[bool](b, "look for our script", `document.body.classList.contains("ready")`) {
		t.Error("the page's own script did not run under its policy")
	}
	if v := eval[string](b, "ask for the style", `getComputedStyle(document.querySelector(".card")).borderRadius`); v != "12px" {
		t.Errorf("a card has corners of %q: the page's own style does not count under its policy", v)
	}
}
