//go:build e2e

package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/internal/target"
)

// A chart is one of the tab Resources, as it is seen.
type chart struct {
	Title  string            `json:"title"`
	Legend map[string]string `json:"legend"` // what stands behind each label
	Points int               `json:"points"` // of all lines
}

// charts are those that the page shows, by their titles.
func (b *browser) charts() map[string]chart {
	b.t.Helper()
	var shown []chart
	b.run("read the charts", chromedp.Evaluate(`
		[...document.querySelectorAll("*")].filter(e => e.shadowRoot).flatMap(e => [...e.shadowRoot.querySelectorAll("figure")]).map(figure => ({
			title: figure.querySelector("figcaption > span").firstChild.textContent,
			legend: Object.fromEntries([...figure.querySelectorAll(".legend > span")].map(s => [s.childNodes[1].textContent, s.querySelector("b").textContent])),
			points: [...figure.querySelectorAll("path")].reduce((n, path) => n + path.getAttribute("d").split(/[ML]/).length - 1, 0),
		}))`, &shown))
	byTitle := map[string]chart{}
	for _, c := range shown {
		byTitle[c.Title] = c
	}
	return byTitle
}

// awaitCharts waits until these charts show lines of at least so many points.
func (b *browser) awaitCharts(points int, titles ...string) map[string]chart {
	b.t.Helper()
	var shown map[string]chart
	await(b.t, startLimit, func() error {
		shown = b.charts()
		for _, title := range titles {
			if shown[title].Points < points {
				return fmt.Errorf("the chart %q has %d points, want %d; there are %v", title, shown[title].Points, points, shown)
			}
		}
		return nil
	})
	return shown
}

// says is what the page says of its trouble.
func (b *browser) says() (text string) {
	b.t.Helper()
	b.run("read what the tab says", chromedp.Evaluate(
		`[...document.querySelectorAll("*")].filter(e => e.shadowRoot).map(e => e.shadowRoot.querySelector(".say")).map(e => e.hidden ? "" : e.textContent).join()`, &text))
	return text
}

// writePlugin has loadtest print the plug-in into a file.
func writePlugin(t *testing.T) string {
	t.Helper()
	source, err := exec.Command(program("loadtest"), "plugin").Output()
	if err != nil {
		t.Fatalf("loadtest plugin: %v", err)
	}
	path := filepath.Join(t.TempDir(), "gregaria.py")
	if err := os.WriteFile(path, source, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// fetch returns what an address answers, redirects not followed.
func fetch(t *testing.T, url string) (int, []byte) {
	t.Helper()
	client := http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body
}

// TestResourcesTab: loadtest's master shows what its monitor measures, live, under a base path too, and gives the CSV away.
func TestResourcesTab(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{Latency: 20 * time.Millisecond})
	l := startLoadtest(t, "--host="+server.URL(), "--users=10", "--spawn-rate=10", "--duration=60", "--", "--web-base-path=/load")
	await(t, startLimit, func() error { return l.wantOutput("run the load") })
	await(t, startLimit, func() error { return l.wantOutput("10 users") })
	base := l.web.base + "/load"
	b := openBrowser(t, base+"/")
	b.tab("Resources")
	b.awaitCharts(8, "CPU", "Memory", "Memory of the process", "Network", "Connections")
	shown := b.awaitCharts(2, "Users", "Requests", "Response time of the moment")
	rows := metricsOf(t, l.files(t, "metrics_*.csv")[0]) // at once: to take a picture takes a while
	b.shot("resources-tab")
	if got := shown["Users"].Legend["users"]; got != "10" {
		t.Errorf("the tab shows %s users, want 10", got)
	}
	memory, err := strconv.ParseFloat(shown["Memory"].Legend["machine"], 64)
	seen := slices.ContainsFunc(rows[max(0, len(rows)-20):], func(row resource.Row) bool {
		value, _ := row.Value(resource.MemoryPercent)
		return math.Abs(value-memory) < 0.0051 // two digits are shown
	})
	if err != nil || !seen {
		t.Errorf("the tab shows %v %% of memory (%v), which is in none of the newest rows", memory, err)
	}
	if says := b.says(); says != "" {
		t.Errorf("the tab says %q, want nothing", says)
	}
	b.run("turn dark", chromedp.Evaluate(`[...document.querySelectorAll("header button")].pop().click()`, nil))
	await(t, startLimit, func() error {
		var dark bool
		b.run("look at the theme", chromedp.Evaluate(`[...document.querySelectorAll("*")].some(e => e.shadowRoot?.querySelector(".page.dark"))`, &dark))
		if !dark {
			return errors.New("the tab stays light where Locust is dark")
		}
		return nil
	})
	b.shot("resources-tab-dark")
	b.tab("Statistics")
	if left := b.charts(); len(left) > 0 {
		t.Errorf("%d charts stay when another tab is chosen", len(left))
	}
	b.tab("Resources")
	b.awaitCharts(8, "CPU")

	status, csv := fetch(t, base+"/gregaria/csv?host=0")
	onDisk := l.read(t, "metrics_*.csv")
	if status != http.StatusOK || len(csv) < 1000 || !bytes.HasPrefix(onDisk, csv) || csv[len(csv)-1] != '\n' {
		t.Errorf("the download is %d bytes with status %d, want the %d bytes of the file up to a whole line", len(csv), status, len(onDisk))
	}
	for path, want := range map[string]int{"/gregaria/": 200, "/gregaria/tabs.js": 200, "/gregaria/nothing": 404, "/gregaria/csv?host=1": 404, "/gregaria/rows?host=-1": 404} {
		if status, _ := fetch(t, base+path); status != want {
			t.Errorf("GET %s = %d, want %d", path, status, want)
		}
	}
	if _, report := fetch(t, base+"/stats/report"); bytes.Contains(report, []byte("gregaria/tabs.js")) {
		t.Error("Locust's report has the plug-in's script in it")
	}
	alone := openBrowser(t, base+"/gregaria/")
	alone.awaitCharts(8, "CPU", "Memory")
	alone.shot("resources-page")
	l.wantExit(t, exitcode.OK, 2*time.Minute)
	l.wantFiles(t)
	await(t, startLimit, func() error {
		if says := alone.says(); !strings.Contains(says, "asked again") {
			return fmt.Errorf("without a master the page says %q", says)
		}
		return nil
	})
}

// TestTabBesideAUsersOwn: the plug-in in a master of one's own with a login, beside a user's own tab, on Locust's page and on the user's. Workers
// of both kinds get all the files.
func TestTabBesideAUsersOwn(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	metrics := filepath.Join(t.TempDir(), "metrics.csv")
	start(t, command{name: "monitor", path: program("monitor"), args: []string{"--output", metrics, "--collect", "cpu,memory"}})
	files := strings.Join([]string{repository(t, "locustfile.py"), repository(t, "internal", "e2e", "testdata", "own_tab.py"), writePlugin(t)}, ",")
	m := startMasterWith(t, []string{"GREGARIA_METRICS=" + metrics}, server.URL(), "-f", files, "--web-login", "--stop-timeout=5",
		"--autostart", "--users=6", "--expect-workers=3")
	m.startGoWorkers(t, 1) // asks the master for its files
	m.startGoWorkers(t, 1, "-f", files)
	start(t, command{name: "Python worker", path: locust(t), args: []string{"-f", files, "--worker", "--master-host=127.0.0.1", "--master-port=" + m.port}})
	await(t, startLimit, func() error {
		if served := server.Served(); served.By[target.CreateStory] < 20 {
			return fmt.Errorf("the target served %v, want 20 stories", served.By)
		}
		return nil
	})
	for _, path := range []string{"/gregaria/", "/gregaria/now", "/gregaria/rows", "/gregaria/csv", "/gregaria/tabs.js"} {
		if status, body := fetch(t, m.web.base+path); status != http.StatusFound || bytes.Contains(body, []byte("CPU_Percent")) {
			t.Errorf("GET %s without a login = %d, want a way to the login", path, status)
		}
	}
	b := openBrowser(t, m.web.base)
	b.fill("username", "ann")
	b.fill("password", "locust")
	b.click("Login")
	b.wantHeader("Users", "6")
	for _, page := range []string{"/", "/own"} {
		b.run("open "+page, chromedp.Navigate(m.web.base+page))
		b.tab("Content Length")
		if left := b.charts(); len(left) > 0 {
			t.Errorf("on %s the user's own tab has %d of our charts", page, len(left))
		}
		b.tab("Resources")
		b.awaitCharts(3, "CPU", "Memory")
		b.tab("Download Data")
		var links string
		b.run("read the links", chromedp.Evaluate(`document.querySelector("main").innerText`, &links))
		if !strings.Contains(links, "Download content length CSV") || !strings.Contains(links, "Download metrics CSV of metrics.csv") {
			t.Errorf("on %s the downloads are %q, want the user's own and ours", page, links)
		}
	}
	b.tab("Resources")
	b.awaitCharts(3, "CPU")
	b.shot("resources-login")
}

// TestTabOfOtherHosts: the plug-in asks monitors on other hosts itself. One wants a token and has a clock that is 3 s ahead; it is killed in
// mid-run and started anew. The other is not there.
func TestTabOfOtherHosts(t *testing.T) {
	t.Parallel()
	const token = "GREGARIA_MONITOR_TOKEN=0123456789abcdef"
	server := startTarget(t, target.Settings{})
	local, address, nobody := filepath.Join(t.TempDir(), "metrics.csv"), "localhost:"+freePort(t), "127.0.0.1:"+freePort(t)
	start(t, command{name: "monitor", path: program("monitor"), args: []string{"--output", local, "--collect", "cpu"}})
	other := func() *process {
		p := start(t, command{
			name: "monitor of the other host", path: program("monitor"), env: []string{token, "GREGARIA_MONITOR_TEST_CLOCK_OFFSET=3s"},
			args: []string{"--no-csv", "--listen", address, "--collect", "cpu,memory"},
		})
		await(t, startLimit, func() error { return p.wantOutput("a row every 1 s") })
		return p
	}
	first := other()
	m := startMasterWith(t, []string{token, "GREGARIA_METRICS=" + local, fmt.Sprintf("GREGARIA_MONITORS=http://%s,http://%s", address, nobody)},
		server.URL(), "-f", repository(t, "locustfile.py")+","+writePlugin(t), "--stop-timeout=5", "--autostart", "--users=4", "--expect-workers=1")
	m.startGoWorkers(t, 1)
	await(t, startLimit, func() error { return m.wantOutput("the clock of localhost is 3.0") })
	path := m.prefix + "_metrics_localhost.csv"
	awaitRows := func(n int) {
		t.Helper()
		await(t, startLimit, func() error {
			if lines := bytes.Count(readFile(t, path), []byte("\n")); lines < n+1 {
				return fmt.Errorf("%d rows of the other host, want %d", lines-1, n)
			}
			return nil
		})
	}
	awaitRows(10)
	before := len(metricsOf(t, path))
	first.signal(9)
	await(t, startLimit, func() error { return m.wantOutput("the monitor at http://" + address + " does not answer") })

	b := openBrowser(t, m.web.base)
	b.tab("Resources")
	b.awaitCharts(8, "CPU") // of the file on this machine
	b.choose("localhost")
	b.awaitCharts(8, "CPU", "Memory")
	if says := b.says(); !strings.Contains(says, "does not answer") {
		t.Errorf("of a monitor that was killed the tab says %q", says)
	}
	b.shot("resources-hosts")
	b.choose("127.0.0.1")
	await(t, startLimit, func() error {
		if says := b.says(); !strings.Contains(says, "http://"+nobody+" does not answer") {
			return fmt.Errorf("of a monitor that is not there the tab says %q", says)
		}
		return nil
	})

	other()
	awaitRows(before + 4)
	bySecond := map[int64]resource.Row{}
	for _, row := range metricsOf(t, path) {
		if _, twice := bySecond[row.Second()]; twice {
			t.Errorf("there are two rows of second %d", row.Second())
		}
		bySecond[row.Second()] = row
	}
	own := map[int64]resource.Row{}
	for _, row := range metricsOf(t, local) {
		own[row.Second()] = row
	}
	best, least := int64(0), math.Inf(1)
	for lag := int64(-5); lag <= 5; lag++ {
		if d := difference(own, bySecond, lag); d < least {
			best, least = lag, d
		}
	}
	if best != 0 {
		t.Errorf("the rows of the other host are those of this machine %d s later, want the same second", best)
	}
}

// choose presses the button of a host in the tab Resources.
func (b *browser) choose(host string) {
	b.t.Helper()
	b.run("choose "+host, chromedp.Evaluate(fmt.Sprintf(
		`[...document.querySelectorAll("*")].filter(e => e.shadowRoot).flatMap(e => [...e.shadowRoot.querySelectorAll("button")]).find(e => e.textContent == %q).click()`, host), nil))
}
