//go:build e2e

package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gregaria/internal/exitcode"
	"gregaria/internal/target"
)

// shadow is JavaScript that finds all elements of a selector in the tab.
func shadow(selector string) string {
	return fmt.Sprintf(`[...document.querySelectorAll("*")].filter(e => e.shadowRoot).flatMap(e => [...e.shadowRoot.querySelectorAll(%q)])`, selector)
}

// endpoints are the rows of the tab's table, by method and name, each by its columns.
func (b *browser) endpoints() map[string]map[string]string {
	b.t.Helper()
	var shown struct {
		Heads [][2]string `json:"heads"`
		Rows  [][]string  `json:"rows"`
	}
	b.run("read the table of the tab", chromedp.Evaluate(`(() => {
		const rows = `+shadow("tbody tr")+`, [groups, heads] = `+shadow("thead tr")+`;
		if (!heads) return { heads: [], rows: [] };
		const group = [...groups.cells].flatMap(cell => Array(cell.colSpan).fill(cell.textContent));
		const words = cell => [...cell.querySelectorAll("em")].map(e => e.textContent + " ").join("") + [...cell.querySelectorAll("button")].map(e => e.lastChild.textContent).join("");
		return {
			heads: [...heads.cells].map((cell, i) => [group[i], cell.textContent]),
			rows: rows.map(row => [...row.cells].map(cell => cell.className == "words" ? words(cell) : cell.querySelector(".stack") ? cell.querySelector(".stack").title : cell.textContent)),
		};
	})()`, &shown))
	byName := map[string]map[string]string{}
	for _, cells := range shown.Rows {
		columns := map[string]string{}
		for i, head := range shown.Heads {
			columns[strings.TrimSpace(head[0]+" "+head[1])] = cells[i]
		}
		byName[strings.TrimSpace(cells[0])] = columns
	}
	return byName
}

// awaitEndpoints waits until the table has these.
func (b *browser) awaitEndpoints(names ...string) map[string]map[string]string {
	b.t.Helper()
	var shown map[string]map[string]string
	await(b.t, startLimit, func() error {
		shown = b.endpoints()
		for _, name := range names {
			if shown[name] == nil {
				return fmt.Errorf("the table has %v, want %s", shown, name)
			}
		}
		return nil
	})
	return shown
}

// press presses a button of the tab, which says that or begins with it.
func (b *browser) press(label string) {
	b.t.Helper()
	b.run("press "+label, chromedp.Evaluate(shadow("button")+fmt.Sprintf(`.find(e => e.lastChild.textContent == %q).click()`, label), nil))
}

// float reads a number as the tab writes it.
func float(t *testing.T, text string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(strings.ReplaceAll(text, ",", ""), 64)
	if err != nil {
		t.Errorf("%q is no number: %v", text, err)
	}
	return value
}

// TestTimingsTab: loadtest's master shows what each endpoint's requests are made of, live, and gives the CSV away.
func TestTimingsTab(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{Latency: 60 * time.Millisecond, LatencyJitter: 40 * time.Millisecond, ErrorRate: 0.05})
	l := startLoadtest(t, "--host="+server.URL(), "--users=20", "--spawn-rate=20", "--duration=60", "--python-workers=0")
	await(t, startLimit, func() error { return l.wantOutput("run the load") })
	await(t, startLimit, func() error { return l.wantOutput("20 users") })
	base := l.web.base
	b := openBrowser(t, base+"/")
	b.tab("Timings")
	create, read := target.CreateStory, target.ReadStory
	b.awaitEndpoints(create, read, aggregated)
	b.awaitCharts(8, "Response time of Aggregated", "Median of each phase of Aggregated", "Requests of Aggregated")
	b.press("last minute")
	var shown map[string]map[string]string
	await(t, startLimit, func() error { // one request in twenty fails: of the first seconds perhaps none
		if shown = b.awaitEndpoints(create, read, aggregated); float(t, shown[create]["failed %"]) <= 0 {
			return fmt.Errorf("%s %% of %s fail, want about 5 %%", shown[create]["failed %"], create)
		}
		return nil
	})
	if os.Getenv("GREGARIA_E2E_SHOTS") != "" {
		b.awaitCharts(75, "Response time of Aggregated") // 25 s of it, for docs/images
	}
	b.shot("timings-tab")
	for name, row := range shown {
		if row["seen %"] != "100" {
			t.Errorf("%s: %s %% are seen, want 100", name, row["seen %"])
		}
		p50, p95, most := float(t, row["response, ms p50"]), float(t, row["response, ms p95"]), float(t, row["response, ms max"])
		if p50 <= 0 || p95 < p50 || most < p95 {
			t.Errorf("%s: response times are %v, %v, %v, want them to rise", name, p50, p95, most)
		}
	}
	wait := float(t, shown[create]["wait, ms p50"])
	if wait < 30 || wait > 110 {
		t.Errorf("%s waits %v ms in the middle, want about 60 ms", create, wait)
	}
	if goes := shown[create]["where the time goes"]; !strings.HasPrefix(goes, "wait ") && !strings.Contains(goes, ", wait ") {
		t.Errorf("the time of %s goes into %q, want the wait", create, goes)
	}

	_, name, _ := strings.Cut(create, " ")
	b.press(name)
	b.awaitCharts(8, "Response time of "+create, "95th percentile of each phase of "+create)
	b.press("requests/s")
	var first string
	b.run("read the first row", chromedp.Evaluate(shadow("tbody button")+`[0].lastChild.textContent`, &first))
	rates := map[string]float64{}
	most := ""
	for name, row := range b.endpoints() {
		if rates[name] = float(t, row["requests/s"]); name != aggregated && rates[name] > rates[most] {
			most = name
		}
	}
	if !strings.HasSuffix(most, first) {
		t.Errorf("sorted by requests/s %q is the first of %v, want %s", first, rates, most)
	}
	b.run("turn dark", chromedp.Evaluate(`[...document.querySelectorAll("header button")].pop().click()`, nil))
	await(t, startLimit, func() error {
		var dark bool
		b.run("look at the theme", chromedp.Evaluate(shadow(".page.dark")+`.length > 0`, &dark))
		if !dark {
			return errors.New("the tab stays light where Locust is dark")
		}
		return nil
	})
	b.shot("timings-tab-dark")
	if says := b.says(); says != "" {
		t.Errorf("the tab says %q, want nothing", says)
	}

	status, csv := fetch(t, base+"/gregaria/timings/csv")
	if onDisk := l.read(t, "timings_*.csv"); status != http.StatusOK || len(csv) < 1000 || !bytes.HasPrefix(onDisk, csv) {
		t.Errorf("the download is %d bytes with status %d, want those of the file, which has %d", len(csv), status, len(onDisk))
	}
	b.tab("Download Data")
	var links string
	b.run("read the links", chromedp.Evaluate(`document.querySelector("main").innerText`, &links))
	if !strings.Contains(links, "Download timings CSV") {
		t.Errorf("the downloads are %q, want that of timings", links)
	}
	b.tab("Resources")
	b.awaitCharts(8, "CPU")
	if left := b.endpoints(); len(left) > 0 {
		t.Errorf("%v are left of the tab Timings when another tab is chosen", left)
	}

	alone := openBrowser(t, base+"/gregaria/")
	alone.awaitCharts(8, "CPU", "Memory")
	alone.press("Timings")
	alone.awaitEndpoints(create, read, aggregated)
	alone.press("test")
	alone.shot("timings-page")
	l.wantExit(t, exitcode.Failed, 2*time.Minute)
	await(t, startLimit, func() error {
		if says := alone.says(); !strings.Contains(says, "asked again") {
			return fmt.Errorf("without a master the page says %q", says)
		}
		return nil
	})
}
