package recording_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
)

// files are those of a folder, by their names.
type files map[string]string

// in writes them into a new folder.
func (f files) in(t testing.TB) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range f {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const historyHeader = "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,95%,99%,Total Request Count,Total Failure Count\r\n"

// history is one of Locust's, of all requests: each row is a second behind 1000, users and the count.
func history(rows ...[3]int) string {
	text := historyHeader
	for _, row := range rows {
		text += fmt.Sprintf("%d,%d,,Aggregated,1.0,0.0,7,8,9,%d,0\r\n", 1000+row[0], row[1], row[2])
	}
	return text
}

// timings is a file of the plug-in: each row is the cells of Timestamp, Type, Name, Requests, Failures, Exchanges, Statuses and Response_Histogram.
func timings(rows ...[]string) string {
	columns := timing.Columns()
	text := strings.Join(columns, ",") + "\n"
	for _, row := range rows {
		cells := make([]string, len(columns))
		for i, column := range []string{timing.Timestamp, timing.Type, timing.Name, timing.Requests, timing.Failures, timing.Exchanges, timing.Statuses, timing.Response.Histogram()} {
			cells[slices.Index(columns, column)] = row[i]
		}
		text += strings.Join(cells, ",") + "\n"
	}
	return text
}

// shown are values in short: "-" is none.
func shown(values []float64) string {
	var texts []string
	for _, v := range values {
		if math.IsNaN(v) {
			texts = append(texts, "-")
		} else {
			texts = append(texts, fmt.Sprintf("%.4g", v))
		}
	}
	return strings.Join(texts, " ")
}

// TestHistory: requests are differences of counts that workers tell every 3 s, that begin anew, and of which a row may be left out.
func TestHistory(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why, history    string
		users, requests string
		began, ended    int64
		notes           string
	}{
		{"each second", history([3]int{0, 0, 0}, [3]int{1, 5, 3}, [3]int{2, 5, 7}, [3]int{3, 0, 9}), "0 5 5 0", "- 3 4 2", 1, 2, ""},
		{"workers report every 3 s", history([3]int{1, 5, 0}, [3]int{2, 5, 0}, [3]int{3, 5, 30}, [3]int{4, 5, 30}, [3]int{5, 5, 36}), "5 5 5 5 5", "10 10 10 3 3", 1, 5, ""},
		{"nothing comes for longer", history([3]int{1, 5, 6}, [3]int{2, 5, 6}, [3]int{3, 5, 6}, [3]int{4, 5, 6}, [3]int{5, 5, 8}), "5 5 5 5 5", "6 0 0 0 2", 1, 5, ""},
		{"nothing comes at the end", history([3]int{1, 5, 6}, [3]int{2, 5, 6}, [3]int{3, 5, 6}), "5 5 5", "6 0 0", 1, 3, ""},
		{"a row is left out", history([3]int{1, 4, 6}, [3]int{2, 5, 8}, [3]int{4, 6, 14}), "4 5 5 6", "6 2 3 3", 1, 4, ""},
		{"several rows are left out", history([3]int{1, 4, 6}, [3]int{4, 6, 15}), "4 - - 6", "6 3 3 3", 1, 4, ""},
		{"Locust forgets, with the users still there", history([3]int{1, 4, 6}, [3]int{2, 5, 2}, [3]int{3, 5, 5}), "4 5 5", "6 2 3", 1, 3, ""},
		{"a shape takes all users away for a while", history([3]int{1, 4, 6}, [3]int{2, 0, 6}, [3]int{3, 5, 9}), "4 0 5", "6 1.5 1.5", 1, 3, ""},
		{
			"the second test of a master", history([3]int{1, 4, 6}, [3]int{2, 4, 9}, [3]int{3, 0, 9}, [3]int{100, 2, 1}, [3]int{101, 2, 3}, [3]int{102, 0, 3}),
			"2 2 0", "1 2 -", 100, 101, "2 tests",
		},
		{"somebody has Locust forget after a test", history([3]int{1, 4, 6}, [3]int{2, 0, 0}, [3]int{8, 2, 0}, [3]int{9, 2, 5}), "2 2", "2.5 2.5", 8, 9, "2 tests"},
		{"damaged lines", historyHeader + "x,1,,Aggregated,,,,,,1,0\n1001,2\n" + "1002,3,,Aggregated,,,,,,4,0\n1003,3,,Aggr", "3", "4", 2, 2, "2 damaged lines"},
	} {
		run := open(t, files{"a_stats_history.csv": c.history}.in(t))
		if run.Began != 1000+c.began || run.Ended != 1000+c.ended {
			t.Errorf("%s: the load is from %d to %d, want %d to %d", c.why, run.Began-1000, run.Ended-1000, c.began, c.ended)
		}
		if got := shown(around(run, run.Users.Values)); !strings.Contains(got, c.users) {
			t.Errorf("%s: users %s, want %s", c.why, got, c.users)
		}
		if got := shown(around(run, run.Total.Requests.Values)); !strings.Contains(got, c.requests) {
			t.Errorf("%s: requests %s, want %s", c.why, got, c.requests)
		}
		if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, c.notes) {
			t.Errorf("%s: notes %s, want %s", c.why, notes, c.notes)
		}
	}
}

// around are the values from the second before the load on.
func around(run *analysis.Run, values []float64) []float64 {
	return values[max(0, run.Began-1-run.Start):]
}

// TestTimings: what a second had, also of names that Locust has twice, of files that end early, and without histograms.
func TestTimings(t *testing.T) {
	t.Parallel()
	all := timings(
		[]string{"1000", "GET", "/", "9", "9", "9", "200:9", "1:9"}, // of the test before
		[]string{"1001", "GET", "/", "2", "1", "3", "200:1 404:1 503:1", "5:1 7:1"},
		[]string{"1001", timing.Stream, "/", "1", "0", "0", "", "90:1"},
		[]string{"1001", "", "Aggregated", "2", "1", "2", "200:1 503:1", "5:1 7:1"},
		[]string{"1003", "GET", "/", "1", "0", "", "", "4:1"},
		[]string{"1003", "GET", "/", "4", "0", "1", "500:1", "9:1"},
		[]string{"1003", "", "Aggregated", "5", "0", "1", "500:1", "9:1"},
		[]string{"1004", "MISSED", "--rate", "3", "0", "0", "", ""},
	)
	run := open(t, files{
		"stats_20260921_140000_stats_history.csv": history([3]int{0, 0, 0}, [3]int{1, 2, 2}, [3]int{2, 2, 2}, [3]int{3, 2, 7}, [3]int{4, 2, 7}, [3]int{5, 2, 7}), "timings_20260921_140000.csv": all,
	}.in(t))
	for i, want := range []string{"GET /: - 2 0 5 0 0, 5xx - 1 0 1 0 0, map[200:1 404:1 500:1 503:1]", "STREAM /: - 1 0 0 0 0, 5xx - 0 0 0 0 0, map[]", "MISSED --rate: - 0 0 0 3 0, 5xx - 0 0 0 0 0, map[]"} {
		l := run.Endpoints[i]
		if got := fmt.Sprintf("%s %s: %s, 5xx %s, %v", l.Type, l.Name, shown(around(run, l.Requests.Values)), shown(around(run, l.Statuses5xx.Values)), l.Statuses); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
	if p := run.Endpoints[0].Phases[timing.Response]; len(p) != run.Seconds || fmt.Sprint(p[1], p[2], p[3]) != "[{5 1} {7 1}] [] [{4 1} {9 1}]" {
		t.Errorf("histograms %v", p)
	}
	if p50 := run.Endpoints[0].P50.Values[3]; p50 != 9 {
		t.Errorf("p50 of two rows of one second is %v, want that of both, 9", p50)
	}
	if run.Total.Phases[timing.Scheduled] != nil || run.Endpoints[2].Phases[timing.Response] != nil {
		t.Error("a phase without values is there")
	}
	short := open(t, files{"stats_20260921_140000_stats_history.csv": history([3]int{1, 2, 2}, [3]int{2, 2, 2}), "timings_20260921_140000.csv": all + "1005,GE", "run_20260921_140000.json": `{"version":1,"began":1001.5,"ended":1008.2,"run":{"host":"http://a:b@c","users":7}}`}.in(t))
	if got, want := shown(around(short, short.Total.Requests.Values)), "2 0 5 0 - - - -"; got != want || short.Began != 1001 || short.Ended != 1008 {
		t.Errorf("a master that was killed: from %d to %d %s, want %s", short.Began, short.Ended, got, want)
	}
	if notes := strings.Join(short.Info.Notes, "\n"); !strings.Contains(notes, "timings_20260921_140000.csv ends 4 s before the load") || short.Info.Users != 7 || strings.Contains(short.Info.Host, "b@") {
		t.Errorf("notes %s, info %+v", notes, short.Info)
	}
	killed := open(t, files{"stats_20260921_140000_stats_history.csv": history([3]int{1, 2, 2}, [3]int{2, 2, 2}, [3]int{6, 2, 12}), "timings_20260921_140000.csv": all, "run_20260921_140000.json": `{"version":1,"began":1001.5,"ended":1007.2}`}.in(t))
	if got, want := shown(around(killed, killed.Total.Requests.Values)), "2 0 5 0 - - -"; got != want {
		t.Errorf("a master that was killed, whose history has requests of seconds that the timings lack: %s, want %s", got, want)
	}
	older := strings.Split(all, "\n")
	for i, line := range older {
		cells := strings.Split(line, ",")
		older[i] = strings.Join(cells[:max(1, len(cells)-len(timing.Windows()))], ",")
	}
	run = open(t, files{"timings_20260921_140000.csv": strings.Join(older, "\n")}.in(t))
	if run.Began != 1000 || run.Ended != 1004 || run.Total.Phases[timing.Response] != nil || !strings.Contains(strings.Join(run.Info.Notes, "\n"), "no histograms, as files of older releases") {
		t.Errorf("an older file: from %d to %d, notes %q", run.Began, run.Ended, run.Info.Notes)
	}
}

// TestMonitors: rows of a part of a second are joined, those of more than a second leave what is between absent, and what is far from the load is left out.
func TestMonitors(t *testing.T) {
	t.Parallel()
	header := strings.Join([]string{resource.Timestamp, resource.CPUPercent, resource.Time, resource.ProcessCount, resource.MonitorSkippedTicks, resource.MonitorLatenessMS, resource.RunState, "Core7_CPU_Percent"}, ",") + "\n"
	dir := files{
		"run_stats_history.csv": history([3]int{100, 2, 2}, [3]int{103, 2, 2}, [3]int{104, 0, 2}),
		"metrics.csv":           header + "2,99,,,,,,\n1099,1,,,0,1,ready,\n1100,10,2020,,1,1,running,\n1100.5,20,2020,,2,9,running,\n1101,5,,,0,1,running,\n1101.25,,,,1,1,running,\n1102.75,7,,,0,0,stopping,\n9000,99,,,,,,\n",
		"metrics_api.csv":       header + "1100,50,,3,,,,\n1105,60,,3,,,,\n1110,70,,3,,,,\n1115,half",
		"other.csv":             "Timestamp,Price\n1100,7\n",
		"old.csv":               header + "1,1,,,,,,\n2,1,,,,,,\n",
	}.in(t)
	run := open(t, dir)
	if len(run.Hosts) != 2 || run.Hosts[0].Name != "" || run.Hosts[1].Name != "api" || run.Hosts[0].Target || !run.Hosts[1].Target {
		t.Fatalf("hosts %+v", run.Hosts)
	}
	for _, c := range []struct {
		host         int
		column, want string
	}{
		{0, resource.CPUPercent, "1 15 5 7 - - - - - - - -"},
		{0, resource.MonitorSkippedTicks, "0 3 1 0 - - - - - - - -"},
		{0, resource.MonitorLatenessMS, "1 9 1 0 - - - - - - - -"},
		{1, resource.CPUPercent, "- 50 - - - - 60 - - - - 70"},
	} {
		if got := shown(run.Hosts[c.host].Columns[c.column].Values); got != c.want {
			t.Errorf("%s of host %d is %s, want %s", c.column, c.host, got, c.want)
		}
	}
	for _, column := range []string{"Core7_CPU_Percent", resource.Time, resource.RunState, resource.Timestamp} {
		if _, there := run.Hosts[0].Columns[column]; there {
			t.Errorf("%s is a series", column)
		}
	}
	if run.Began != 1100 || run.Ended != 1101 {
		t.Errorf("from %d to %d, want to the last second in which the master said that it runs, 1101", run.Began, run.Ended)
	}
}

// TestTotalsAlone: a Locust that ended before it has written its history, as 2.10 does after a short test, leaves totals.
func TestTotalsAlone(t *testing.T) {
	t.Parallel()
	run := open(t, files{"a_stats_history.csv": history([3]int{1, 0, 0}), "a_stats.csv": "Type,Name,Request Count,Failure Count\r\nGET,/,62,2\r\n,Aggregated,62,2\r\n"}.in(t))
	if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, "0 of 62 requests") {
		t.Errorf("notes %s", notes)
	}
	if run.Began != 1001 || run.Ended != 1001 || run.Total.Stats.Requests != 62 || len(run.Endpoints) != 1 || run.Endpoints[0].Stats.Failures != 2 || !strings.Contains(strings.Join(run.Info.Notes, "\n"), "no second with users") {
		t.Errorf("from %d to %d, %+v, notes %q", run.Began, run.Ended, run.Total.Stats, run.Info.Notes)
	}
}

// TestNoRowOfTheLoad: loadtest says when the load was, and no file has any of it.
func TestNoRowOfTheLoad(t *testing.T) {
	t.Parallel()
	run := open(t, files{
		"stats_20260921_140000_stats_history.csv": history([3]int{1, 2, 2}, [3]int{3, 2, 2}), "metrics_20260921_140000.csv": "Timestamp,CPU_Percent\n1001,5\n", "run_20260921_140000.json": `{"version":1,"began":4000,"ended":4002}`,
	}.in(t))
	if run.Began != 4000 || run.Ended != 4002 || run.Start != 4000 || run.Seconds != 3 || run.Total.Requests.Known() || run.Users.Known() {
		t.Errorf("from %d to %d, %s", run.Began, run.Ended, shown(run.Total.Requests.Values))
	}
	if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, "metrics_20260921_140000.csv has no row of the time of the load") || !strings.Contains(notes, "stats.csv was not read: no such file") {
		t.Errorf("notes %s", notes)
	}
}

// TestDamagedTimes: a time that is not between those of its neighbours does not make a run of days.
func TestDamagedTimes(t *testing.T) {
	t.Parallel()
	run := open(t, files{"a_stats_history.csv": history([3]int{1, 2, 2}, [3]int{900_000, 2, 4}, [3]int{3, 2, 6}, [3]int{2, 2, 7}, [3]int{4, 2, 8}, [3]int{900_000, 2, 9})}.in(t))
	if run.Began != 1001 || run.Ended != 1004 || run.Seconds != 4 || !strings.Contains(strings.Join(run.Info.Notes, "\n"), "3 damaged lines") {
		t.Errorf("from %d to %d, %d s, notes %q", run.Began, run.Ended, run.Seconds, run.Info.Notes)
	}
}

// TestFind: several runs in one folder, of both kinds, the newest last.
func TestFind(t *testing.T) {
	t.Parallel()
	dir := files{
		"stats_20260921_140000_stats_history.csv": history([3]int{1, 2, 2}), "metrics_20260921_140000.csv": "", "metrics_20260921_140000_api.csv": "", "locust_20260921_140000.log": "x",
		"stats_20260921_150000_stats_history.csv": history([3]int{5000, 2, 2}), "timings_20260921_150000.csv": "", "requests_20260921_150000.csv": "", "run_20260921_150000.json": "",
		"stats_20260921_150000_stats.csv": "", "shop_stats_history.csv": history([3]int{3000, 2, 2}), "shop_metrics_db.csv": "Timestamp,CPU_Percent\n4001,3\n", "notes.txt": "",
	}.in(t)
	found, err := recording.Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range found {
		names = append(names, f.Stamp+" "+filepath.Base(f.Files.Prefix))
	}
	if want := []string{"20260921_140000 stats_20260921_140000", " shop", "20260921_150000 stats_20260921_150000"}; !slices.Equal(names, want) {
		t.Fatalf("found %q, want %q", names, want)
	}
	if f := found[0].Files; filepath.Base(f.Metrics) != "metrics_20260921_140000.csv" || len(f.Hosts) != 1 || f.Timings != "" || f.Run != "" || filepath.Base(f.Log) != "locust_20260921_140000.log" {
		t.Errorf("files %+v", f)
	}
	if f := found[1].Files; len(f.Hosts) != 1 || f.Metrics != "" {
		t.Errorf("files of Locust's %+v", f)
	}
	if f := found[2].Files; filepath.Base(f.Requests) != "requests_20260921_150000.csv" || f.Timings == "" || f.Run == "" {
		t.Errorf("files %+v", f)
	}
	if run, err := named(dir, "shop"); err != nil || run.Began != 4000 || run.Hosts[0].Name != "db" {
		t.Errorf("named(shop): %+v, %v", run, err)
	}
	if run, err := named(dir, "20260921_140000"); err != nil || run.Began != 1001 {
		t.Errorf("named(20260921_140000): %+v, %v", run, err)
	}
	if run, err := recording.Open(dir); err != nil || run.Began != 6000 {
		t.Errorf("Open: %+v, %v", run, err)
	}
	_, err = named(dir, "x")
	wantUsage(t, err, "no run x in ", "20260921_140000, shop, 20260921_150000")
	_, err = recording.Open(files{"metrics.csv": "Timestamp,CPU_Percent\n1,2\n"}.in(t))
	wantUsage(t, err, "no run in ", "PREFIX_stats_history.csv")
	_, err = recording.Open(filepath.Join(dir, "none"))
	wantUsage(t, err, "no run in ", "no such file")
	_, err = recording.Open(files{"stats_20260921_140000_stats_history.csv": "", "timings_20260921_140000.csv": "x\n"}.in(t))
	wantUsage(t, err, "no run in ", "tells of a load")
}

// named reads the run of a folder that a name stands for.
func named(dir, name string) (*analysis.Run, error) {
	found, err := recording.Choose(dir, name)
	if err != nil {
		return nil, err
	}
	return recording.Read(found.Files, analysis.Info{})
}

// wantUsage fails the test unless the error is one line that says so.
func wantUsage(t *testing.T, err error, says ...string) {
	t.Helper()
	if err == nil || fault.KindOf(err, 0) != fault.Usage || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v, want a line, of wrong usage", err)
		return
	}
	for _, text := range says {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("error %v, want %q in it", err, text)
		}
	}
}
