package series

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/service"
)

// update writes the golden files anew.
var update = flag.Bool("update", false, "write the golden files")

// begin is when the first page of a test comes.
var begin = time.Unix(1700000000, 0)

// pages reads pages that come two seconds apart, and returns the rows of the last, a line each.
func pages(t *testing.T, table *table, contentType string, pages ...string) string {
	t.Helper()
	at := begin
	if !table.at.IsZero() {
		at = table.at.Add(2 * time.Second)
	}
	var lines []string
	for _, page := range pages {
		rows, err := table.read([]byte(page), contentType, at)
		if err != nil {
			t.Fatalf("read: %v", err)
		}
		lines = nil
		for _, r := range rows {
			lines = append(lines, fmt.Sprintf("%s{%s} %s %g", r.Series, r.Labels, r.Kind, r.Value))
		}
		at = at.Add(2 * time.Second)
	}
	return strings.Join(lines, "\n")
}

// choice is the default one, or that of a list.
func choice(t *testing.T, patterns ...string) Choice {
	t.Helper()
	c, err := ParseChoice(patterns)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// newTestTable returns a table and what it says.
func newTestTable(t *testing.T, patterns ...string) (*table, *[]string) {
	t.Helper()
	var notes []string
	return newTable("http://api/metrics", choice(t, patterns...), func(line string) { notes = append(notes, line) }), &notes
}

func TestPagesBecomeRows(t *testing.T) {
	t.Parallel()
	const text, open = "text/plain; version=0.0.4", "application/openmetrics-text; version=1.0.0"
	for _, c := range []struct {
		why, contentType string
		choice           []string
		pages            []string
		want             string
	}{
		{"gauges and counters that move", text, nil, []string{
			"# TYPE a gauge\na 1\na{x=\"1\"} 5\n# TYPE b_total counter\nb_total 10\nb_total{x=\"1\"} 7\n",
			"# TYPE a gauge\na 2\na{x=\"1\"} 5\n# TYPE b_total counter\nb_total 15\nb_total{x=\"1\"} 7\n",
		}, "a{} gauge 2\nb_total{} rate 2.5"},
		{"what has moved stays, though it stands still", text, nil, []string{"a 1\nb_total 1\n", "a 2\nb_total 2\n", "a 2\nb_total 2\n"}, "a{} gauge 2\nb_total{} rate 0"},
		{"no number is no movement", text, nil, []string{"a 1\n", "a NaN\n", "a 1\n"}, ""},
		{"the first page has no rates, and nothing on it has moved", text, nil, []string{"a 1\nb_total 1\n"}, ""},
		{"what was chosen need not move", text, []string{"a", "b_.*"}, []string{"a 1\nb_total 1\nab 1\n", "a 1\nb_total 1\nab 2\n"}, "a{} gauge 1\nb_total{} rate 0"},
		{"beside the default ones", text, []string{"+a"}, []string{"a 1\nb 1\nc 1\n", "a 1\nb 2\nc 1\n"}, "a{} gauge 1\nb{} gauge 2"},
		{"beside those of others", text, []string{"+a", "b"}, []string{"a 1\nb 1\nc 1\n", "a 1\nb 1\nc 2\n"}, "a{} gauge 1\nb{} gauge 1"},
		{"a choice is of whole names", text, []string{"a|b"}, []string{"ab 1\nxa 1\na 3\n"}, "a{} gauge 3"},
		{"a counter that began anew has no rate, and then one", text, nil, []string{"b_total 10\n", "b_total 12\n", "b_total 3\n"}, ""},
		{"the page after that", text, nil, []string{"b_total 10\n", "b_total 3\n", "b_total 5\n"}, "b_total{} rate 1"},
		{
			"another process that has counted further", text, nil, []string{
				"b_total 1\na 1\nprocess_start_time_seconds 100\n", "b_total 2\na 1\nprocess_start_time_seconds 100\n",
				"b_total 9\na 2\nprocess_start_time_seconds 200\n",
			}, "a{} gauge 2\nprocess_start_time_seconds{} gauge 200",
		},
		{"a counter that comes later is compared with its next", text, nil, []string{"a 1\n", "b_total{s=\"500\"} 3\n", "b_total{s=\"500\"} 3\n"}, "b_total{s=\"500\"} rate 0"},
		{"one that was away is not", text, nil, []string{"b_total 1\n", "a 1\n", "b_total 5\na 1\n"}, "a{} gauge 1"},
		{
			"histograms: count and sum", text, nil, []string{
				"# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\nh_sum 0.5\nh_count 1\n# TYPE h_created gauge\nh_created 5\n",
				"# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 5\nh_sum 4.5\nh_count 5\n# TYPE h_created gauge\nh_created 6\n",
			}, "h_sum{} rate 2\nh_count{} rate 2",
		},
		{"buckets where they are chosen", text, []string{"h_bucket"}, []string{
			"# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_count 1\n", "# TYPE h histogram\nh_bucket{le=\"1\"} 3\nh_count 5\n",
		}, "h_bucket{le=\"1.0\"} rate 1"},
		{"summaries: quantiles too, and none that is NaN", text, nil, []string{
			"# TYPE s summary\ns{quantile=\"0.5\"} 1\ns{quantile=\"0.9\"} NaN\ns_count 1\ns_sum 1\n",
			"# TYPE s summary\ns{quantile=\"0.5\"} 2\ns{quantile=\"0.9\"} NaN\ns_count 3\ns_sum 1\n",
		}, "s{quantile=\"0.5\"} gauge 2\ns_count{} rate 1"},
		{"a name in _total without a type", text, nil, []string{"a_total 1\na_count 1\n", "a_total 3\na_count 3\n"}, "a_total{} rate 1\na_count{} gauge 3"},
		{"labels in the order of their names, escaped", text, []string{"a"}, []string{`a{z="1",b="a\"b\\c\nd, é"} 1` + "\n"}, `a{b="a\"b\\c\nd, é",z="1"} gauge 1`},
		{"the same labels in another order are the same series", text, nil, []string{"b_total{x=\"1\",y=\"2\"} 1\n", "b_total{y=\"2\",x=\"1\"} 3\n"}, `b_total{x="1",y="2"} rate 1`},
		{"names in quotes, as OpenTelemetry has them", text, nil, []string{`{"http.server.active",m="GET"} 1` + "\n", `{"http.server.active",m="GET"} 2` + "\n"}, `http.server.active{m="GET"} gauge 2`},
		{"timestamps, no last line end, lines that end as on Windows", text, nil, []string{"a 1 1700000000000\r\nb_total 1", "a 2 1700000001000\r\nb_total 3"}, "a{} gauge 2\nb_total{} rate 1"},
		{
			"OpenMetrics: exemplars, units, creation", open, nil, []string{
				"# TYPE b counter\nb_total{m=\"x\"} 1 # {trace=\"1\"} 0.5 1700000000.1\nb_created{m=\"x\"} 1.5e9\n# TYPE i info\ni_info{v=\"1\"} 1\n# TYPE st stateset\nst{st=\"on\"} 0\n# EOF\n",
				"# TYPE b counter\nb_total{m=\"x\"} 5 # {trace=\"1\"} 0.5 1700000000.1\nb_created{m=\"x\"} 1.6e9\n# TYPE i info\ni_info{v=\"2\"} 1\n# TYPE st stateset\nst{st=\"on\"} 1\n# EOF\n",
			}, "b_total{m=\"x\"} rate 2\nst{st=\"on\"} gauge 1",
		},
		{"OpenMetrics: types that the text format lacks", open, nil, []string{
			"# TYPE g gaugehistogram\ng_bucket{le=\"1\"} 1\ng_gcount 1\ng_gsum 1\n# TYPE u unknown\nu 1\n# EOF",
			"# TYPE g gaugehistogram\ng_bucket{le=\"1\"} 2\ng_gcount 3\ng_gsum 4\n# TYPE u unknown\nu 0\n# EOF",
		}, "g_gcount{} gauge 3\ng_gsum{} gauge 4\nu{} gauge 0"},
	} {
		table, notes := newTestTable(t, c.choice...)
		if got := pages(t, table, c.contentType, c.pages...); got != c.want || len(*notes) > 0 {
			t.Errorf("%s:\n%s\nwant\n%s\nnotes %q", c.why, got, c.want, *notes)
		}
	}
}

// TestGapIsAverage: after seconds without a page a rate is that of all of them.
func TestGapIsAverage(t *testing.T) {
	t.Parallel()
	table, _ := newTestTable(t, "b_total")
	pages(t, table, plainText, "b_total 0\n")
	if _, err := table.read([]byte("b_total {"), plainText, begin.Add(4*time.Second)); err == nil {
		t.Fatal("read(half a page) = nil, want an error")
	}
	rows, err := table.read([]byte("b_total 50\n"), plainText, begin.Add(10*time.Second))
	if err != nil || len(rows) != 1 || rows[0].Value != 5 {
		t.Errorf("read = %v, %v, want a rate of 5 over 10 s", rows, err)
	}
}

func TestBrokenPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ contentType, page string }{
		{plainText, "<html>\n"},
		{plainText, "a 1\nb one\n"},
		{plainText, "a{x=\"1\" 1\n"},
		{plainText, "# TYPE a colour\na 1\n"},
		{"application/openmetrics-text", "a 1\n"},
		{"application/json", "{}"},
		{plainText, "a{x=\"" + strings.Repeat("\xff", 1000) + "\"} 1\n"},
	} {
		table, _ := newTestTable(t, ".*")
		rows, err := table.read([]byte(c.page), c.contentType, begin)
		if err == nil || len(rows) > 0 || len(err.Error()) > 400 || strings.Contains(err.Error(), "\n") {
			t.Errorf("read(%.40q) = %v, %v, want one short line", c.page, rows, err)
		}
	}
}

// TestBounds: what is left out is said once.
func TestBounds(t *testing.T) {
	t.Parallel()
	many := func(n int, value float64) string {
		var page strings.Builder
		for i := range n {
			fmt.Fprintf(&page, "a{i=\"%d\"} %v\n", i, value)
		}
		return page.String()
	}
	for _, c := range []struct {
		n, want int
		choice  []string
		note    string
	}{
		{MostByDefault, MostByDefault, nil, ""},
		{MostByDefault + 1, MostByDefault, nil, "http://api/metrics: more than 500 series move; the others are left out: choose with --series"},
		{MostChosen + 1, MostChosen, []string{"a"}, "http://api/metrics: --series chooses more than 5000; the others are left out"},
		{mostKnown + 1, MostChosen, []string{"a"}, "http://api/metrics: more than 10000 series; the others are left out"},
	} {
		table, notes := newTestTable(t, c.choice...)
		var rows []service.Row
		for i := range 3 {
			var err error
			if rows, err = table.read([]byte(many(c.n, float64(i))), plainText, begin.Add(time.Duration(i)*time.Second)); err != nil {
				t.Fatal(err)
			}
		}
		if len(rows) != c.want || c.note == "" && len(*notes) > 0 || c.note != "" && !slices.Contains(*notes, c.note) || len(*notes) > 2 {
			t.Errorf("%d series make %d rows and the notes %q, want %d and %q", c.n, len(rows), *notes, c.want, c.note)
		}
	}
	table, notes := newTestTable(t)
	if pages(t, table, plainText, "a 1\na 2\n", "a 3\na 4\n"); len(*notes) != 1 || !strings.HasSuffix((*notes)[0], "the page has series twice, such as a; the first is taken") {
		t.Errorf("a page with one series twice: %q, want that it is said once", *notes)
	}
}

// TestSeriesThatGoMakeRoom: a label that is another for each request does not use up what may be written.
func TestSeriesThatGoMakeRoom(t *testing.T) {
	t.Parallel()
	table, notes := newTestTable(t)
	for n := range 40 {
		var page strings.Builder
		for i := range 400 { // 100 of them are on two pages in a row
			fmt.Fprintf(&page, "a{i=\"%d\"} %d\n", 300*n+i, n)
		}
		rows, err := table.read([]byte(page.String()), plainText, begin.Add(time.Duration(n)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			if seen[r.Labels] {
				t.Errorf("page %d: two rows of %s", n, r.Labels)
			}
			seen[r.Labels] = true
		}
		if n > 2 && len(rows) < 90 || len(table.texts) > mostKnown || table.written > MostByDefault {
			t.Errorf("page %d: %d rows, of %d series that are known and %d that are written", n, len(rows), len(table.texts), table.written)
		}
	}
	if len(*notes) > 0 {
		t.Errorf("notes %q, want none", *notes)
	}
}

// TestProcessesInTurn: workers of one server without a common register answer with counts of their own.
func TestProcessesInTurn(t *testing.T) {
	t.Parallel()
	table, notes := newTestTable(t)
	one, two := "b_total 100\nprocess_start_time_seconds 1000\n", "b_total 200\nprocess_start_time_seconds 1001\n"
	if got := pages(t, table, plainText, one, two, one, two, one, two); strings.Contains(got, "b_total") {
		t.Errorf("the rows are %s, want no rate between two processes", got)
	}
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "PROMETHEUS_MULTIPROC_DIR") {
		t.Errorf("notes = %q, want one that says what to do", *notes)
	}
}

// TestRecordings reads each page of testdata twice, the second time with every count moved on: what the servers are that it comes
// from is in testdata/README.md. The golden files are read by people: go test -run Recordings -update.
func TestRecordings(t *testing.T) {
	t.Parallel()
	for name, contentType := range map[string]string{
		"fastapi_instrumentator.txt": plainText, "fastapi.om": "application/openmetrics-text; version=1.0.0",
		"vllm.txt": plainText, "postgres_exporter.txt": plainText, "dcgm_exporter.txt": plainText, "triton.txt": plainText,
	} {
		before, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile("testdata/" + name + ".after")
		if err != nil {
			t.Fatal(err)
		}
		table, notes := newTestTable(t)
		got := pages(t, table, contentType, string(before), string(after)) + "\n"
		golden := "testdata/" + name + ".golden"
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || got != string(want) || len(*notes) > 0 {
			t.Errorf("%s: %v, notes %q\n%s\nwant\n%s", name, err, *notes, got, want)
		}
	}
}

// TestNamesOfAPage: those that a page has, and those that it announces.
func TestNamesOfAPage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ contentType, page, want string }{
		{plainText, "# HELP a b\n# TYPE a gauge\na{x=\"1\"} 5\nfree 1\n# TYPE n_total counter\n# TYPE h histogram\n# TYPE s summary\n", "a free h_bucket h_count h_sum n_total s s_count s_sum"},
		{"application/openmetrics-text; version=1.0.0", "# TYPE n counter\nn_total 1\n# TYPE later counter\n# EOF\n", "later_total n_total"},
	} {
		all := map[string]bool{}
		err := namesOf([]byte(c.page), c.contentType, all)
		if got := strings.Join(slices.Sorted(maps.Keys(all)), " "); got != c.want || err != nil {
			t.Errorf("the names of %q are %q, %v, want %q", c.page, got, err, c.want)
		}
	}
	if err := namesOf([]byte("<html>"), plainText, map[string]bool{}); err == nil {
		t.Error("a page of HTML has names")
	}
}
