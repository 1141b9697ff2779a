package recording_test

import (
	"math"
	"strings"
	"testing"

	"gregaria/internal/resource"
)

const stampedRun = `{"version":1,"began":1001,"ended":1004,"run":{"host":"http://api"}}`

// TestCutFiles: a file that is still being written, or whose writer was killed, ends anywhere; what is read of it is what the whole file has there.
func TestCutFiles(t *testing.T) {
	t.Parallel()
	whole := files{
		"run_20260921_140000.json":                stampedRun,
		"stats_20260921_140000_stats_history.csv": history([3]int{0, 0, 0}, [3]int{1, 5, 3}, [3]int{2, 5, 7}, [3]int{3, 5, 9}, [3]int{4, 5, 12}),
		"metrics_20260921_140000.csv":             resource.Timestamp + "," + resource.CPUPercent + "," + resource.ProcessRSSMB + "\n1000,5.25,100\n1001,17,101\n1002,18.5,102\n1003,,103\n1004,20,104\n",
		"service_20260921_140000.csv":             said("0,http://a/m,x,,gauge,15", `1,http://a/m,n,"m=""G,E,T""",rate,22.5`, "2,http://a/m,x,,gauge,35", `3,http://a/m,n,"m=""G,E,T""",rate,1e2`),
		"timings_20260921_140000.csv":             timings([]string{"1001", "GET", "/", "2", "1", "3", "200:1", "5:1 7:1"}, []string{"1003", "GET", "/", "15", "0", "15", "200:15", "4:15"}),
	}
	values := func(f files) map[string][]float64 {
		run := open(t, f.in(t))
		all := map[string][]float64{"users": around(run, run.Users.Values)}
		for _, h := range run.Hosts {
			for name, s := range h.Columns {
				all[name] = around(run, s.Values)
			}
		}
		for _, s := range run.Services {
			for _, series := range s.Series {
				all[series.Column] = around(run, series.Values)
			}
		}
		if len(run.Endpoints) > 0 && f["timings_20260921_140000.csv"] == whole["timings_20260921_140000.csv"] {
			all["requests"] = around(run, run.Endpoints[0].Requests.Values)
		}
		return all
	}
	want := values(whole)
	if len(want) != 6 || shown(want["requests"]) != "- 2 0 15 0" {
		t.Fatalf("the whole files have %v", want)
	}
	for name, text := range whole {
		if strings.HasSuffix(name, ".json") {
			continue
		}
		for end := 0; end < len(text); end += 1 + len(text)/60 {
			f := files{}
			for other, content := range whole {
				f[other] = content
			}
			f[name] = text[:end]
			for column, got := range values(f) {
				for i, v := range got {
					if !math.IsNaN(v) && (i >= len(want[column]) || v != want[column][i]) && !(v == 0 && column == "requests") {
						t.Errorf("%s cut at %d: second %d of %s is %v, want %s", name, end, i, column, v, shown(want[column]))
					}
				}
			}
		}
	}
}

// TestStrangeFiles: what is not as our programs write it is left out and said, or read as it is meant, and never read as something else.
func TestStrangeFiles(t *testing.T) {
	t.Parallel()
	load := history([3]int{0, 0, 0}, [3]int{1, 5, 3}, [3]int{2, 5, 7}, [3]int{3, 0, 9})
	for _, c := range []struct {
		why, name, text string
		cpu, users      string // "" where there is none
		notes           string
	}{
		{"as it should be", "metrics", "Timestamp,CPU_Percent\n1001,5\n1002,6\n", "- 5 6 -", "0 5 5 0", ""},
		{"a column twice", "metrics", "Timestamp,CPU_Percent,CPU_Percent\n1001,5,7\n1002,,8\n", "- 5 - -", "0 5 5 0", "metrics_20260921_140000.csv has the column CPU_Percent twice: the first counts"},
		{"with a mark of its encoding, as Excel writes it", "metrics", "\ufeffTimestamp,CPU_Percent\r\n1001,5\r\n1002,6\r\n", "- 5 6 -", "0 5 5 0", ""},
		{"in quotes", "metrics", "\"Timestamp\",\"CPU_Percent\"\n\"1001\",\"5\"\n", "- 5 - -", "0 5 5 0", ""},
		{"of another country: semicolons and decimal commas", "metrics", "Timestamp;CPU_Percent\n1001;5,5\n", "", "0 5 5 0", "metrics_20260921_140000.csv is left out: its first line is not that of a metrics CSV"},
		{"decimal commas in quotes are no numbers", "metrics", "Timestamp,CPU_Percent\n1001,\"5,5\"\n1002,6\n", "- - 6 -", "0 5 5 0", ""},
		{"times in milliseconds", "metrics", "Timestamp,CPU_Percent\n1790000001000,5\n1002,6\n", "- - 6 -", "0 5 5 0", "1 damaged lines"},
		{"times as text", "metrics", "Timestamp,CPU_Percent\n2026-09-21 14:00:01,5\n1002,6\n", "- - 6 -", "0 5 5 0", "1 damaged lines"},
		{"a clock that was set back", "metrics", "Timestamp,CPU_Percent\n1002,5\n1001,6\n1003,7\n", "- 6 5 7", "0 5 5 0", ""},
		{"a line with too many cells", "metrics", "Timestamp,CPU_Percent\n1001,5,6\n1002,6\n", "- - 6 -", "0 5 5 0", "1 damaged lines"},
		{"zeros where a disk was full", "metrics", "Timestamp,CPU_Percent\n1001,5\n\x00\x00\x00\x00\n1003,6\n", "- 5 - 6", "0 5 5 0", "1 damaged lines"},
		{"nothing", "metrics", "", "", "0 5 5 0", "metrics_20260921_140000.csv is empty"},
		{"a header alone", "metrics", "Timestamp,CPU_Percent\n", "", "0 5 5 0", "metrics_20260921_140000.csv has no row of the time of the load"},
		{"a history with a mark of its encoding", "history", "\ufeff" + load, "", "0 5 5 0", ""},
		{"a history with a column twice", "history", strings.ReplaceAll(strings.ReplaceAll(load, ",0\r\n", ",0,99\r\n"), "Total Failure Count\r\n", "Total Failure Count,User Count\r\n"), "", "0 5 5 0", ""},
		{"numbers of another country in the history", "history", strings.ReplaceAll(load, ",5,", ",\"5,0\","), "", "0 - - 0", "no second with users"},
	} {
		f := files{"stats_20260921_140000_stats_history.csv": load, "metrics_20260921_140000.csv": c.text}
		if c.name == "history" {
			f = files{"stats_20260921_140000_stats_history.csv": c.text}
		}
		run := open(t, f.in(t))
		got := ""
		if len(run.Hosts) > 0 {
			if s, known := run.Hosts[0].Column(resource.CPUPercent); known {
				got = shown(around(run, s.Values))
			}
		}
		if got != c.cpu {
			t.Errorf("%s: CPU %s, want %s", c.why, got, c.cpu)
		}
		if got := shown(around(run, run.Users.Values)); got != c.users {
			t.Errorf("%s: users %s, want %s", c.why, got, c.users)
		}
		if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, c.notes) {
			t.Errorf("%s: notes %s, want %s", c.why, notes, c.notes)
		}
	}
}

// TestHistoryOfTotalsAlone: without --csv-full-history Locust's percentiles are those since the beginning: none of a second.
func TestHistoryOfTotalsAlone(t *testing.T) {
	t.Parallel()
	load := history([3]int{0, 0, 0}, [3]int{1, 5, 3}, [3]int{2, 5, 7}, [3]int{3, 0, 9})
	run := open(t, files{"a_stats_history.csv": load}.in(t))
	if run.Total.P95.Known() || !strings.Contains(strings.Join(run.Info.Notes, "\n"), "percentiles in a_stats_history.csv are those since the beginning of the test, and left out") {
		t.Errorf("p95 %s, notes %q", shown(run.Total.P95.Values), run.Info.Notes)
	}
	full := open(t, files{"a_stats_history.csv": load + "1003,0,GET,/,1.0,0.0,7,8,9,9,0\r\n"}.in(t))
	if got := shown(around(full, full.Total.P95.Values)); got != "8 8 8 8" || len(full.Endpoints) != 1 || full.Endpoints[0].Type != "GET" {
		t.Errorf("with each name: p95 %s, endpoints %+v", got, full.Endpoints)
	}
}
