package summary_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/summary"
)

var update = flag.Bool("update", false, "write the golden files; read their diff")

// began is when the load of these tests did, in a second that metrics rows fall on.
const began = 1795513000

// leave writes what a run leaves behind into a new directory: Locust's CSVs as stock 2.47.0 wrote them, and metrics.
func leave(t *testing.T) (string, results.Files) {
	t.Helper()
	dir := t.TempDir()
	files := results.Named(dir, time.Date(2026, 11, 24, 9, 36, 40, 0, time.UTC))
	files.Service = "" // no server was asked
	stats, err := os.ReadFile(filepath.Join("testdata", "stats.csv"))
	if err != nil {
		t.Fatal(err)
	}
	metrics := fmt.Sprintf("%s,%s,%s,%s\n", resource.Timestamp, resource.CPUPercent, resource.MemoryTotalGB, resource.MemoryUsedGB)
	for i, cells := range []string{"99,16,9", "20,16,4.5", ",16,", "60,16,5.5", "98,16,9"} { // the first and the last are outside
		metrics += fmt.Sprintf("%d,%s\n", began-1+i, cells)
	}
	for path, data := range map[string]string{
		files.Stats(): string(stats), files.Metrics: metrics, files.Report: "<html>", files.Log: "log", files.Timings: "Timestamp",
		files.History(): "Timestamp", files.Failures(): "Method", files.Exceptions(): "Count,Message,Traceback,Nodes\r\n",
	} {
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir, files
}

// run is what loadtest knows of it: 1 s of load, which the rows of two seconds and the one at its end fall in.
func run() summary.Run {
	return summary.Run{
		Host: "http://localhost:8000", Users: 5,
		Began: time.Unix(began, 0), Ended: time.Unix(began+1, 0),
		Last: locustweb.Row{Requests: 156, Failures: 86},
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	tests := []struct {
		golden string
		change func(files results.Files, run *summary.Run)
	}{
		{"complete", func(results.Files, *summary.Run) {}},
		{"watched", func(files results.Files, run *summary.Run) {
			run.Watched = "uvicorn (pid 4242 and 4 children): python -m uvicorn app:app ..."
			rows := fmt.Sprintf("%s,%s,%s,%s,%s\n", resource.Timestamp, resource.ProcessCPUCores, resource.ProcessBusiestThreadPercent, resource.ProcessRSSMB, resource.ProcessRestarts)
			for i, cells := range []string{"9,100,900,0", "0.5,48,250,0", ",,,0", "1.25,98.7,251.4,1", "9,100,900,2"} { // the first and the last are outside
				rows += fmt.Sprintf("%d,%s\n", began-1+i, cells)
			}
			os.WriteFile(files.Metrics, []byte(rows), 0o644)
		}},
		{"scraped", func(files results.Files, _ *summary.Run) {
			os.WriteFile(files.Service, []byte(service.Header+"\n1795513000,http://api,a,,gauge,1\n"), 0o644)
		}},
		{"scraped_nothing", func(files results.Files, _ *summary.Run) {
			os.WriteFile(files.Service, []byte(service.Header+"\n"), 0o644)
		}},
		{"requests_logged", func(files results.Files, run *summary.Run) {
			run.Logged = 42
			os.WriteFile(files.RequestsAs("jsonl"), []byte("{}\n"), 0o644)
		}},
		{"master_killed", func(files results.Files, _ *summary.Run) {
			os.Remove(files.Report)
			os.WriteFile(files.Stats(), []byte("Type,Name,Request Count\r\n,Aggreg"), 0o644)
		}},
		{"nothing_measured", func(files results.Files, run *summary.Run) {
			run.Last, run.Notes = locustweb.Row{}, []string{"the test was ended after 1s of 5m0s, by the web UI"}
			os.WriteFile(files.Metrics, nil, 0o644)
			os.WriteFile(files.Stats(), []byte("Type,Name,Request Count,Failure Count,Requests/s,50%\r\n,Aggregated,0,0,0.0,N/A\r\n"), 0o644)
		}},
	}
	for _, test := range tests {
		t.Run(test.golden, func(t *testing.T) {
			t.Parallel()
			dir, files := leave(t)
			run := run()
			if strings.HasPrefix(test.golden, "scraped") {
				files.Service = results.Named(dir, time.Date(2026, 11, 24, 9, 36, 40, 0, time.UTC)).Service
			}
			if strings.HasPrefix(test.golden, "requests") {
				files.Requests = files.RequestsAs("jsonl")
			}
			test.change(files, &run)
			got := strings.ReplaceAll(summary.Read(run, files).Text(), dir, "DIR")
			path := filepath.Join("testdata", test.golden+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("Text() (-want +got), -update writes it:\n%s", diff)
			}
		})
	}
}

func TestReadCountsAndCompares(t *testing.T) {
	t.Parallel()
	_, files := leave(t)
	os.WriteFile(files.Exceptions(), []byte("Count,Message,Traceback,Nodes\r\n3,boom,\"a\nb\",local\r\n"), 0o644)
	s := summary.Read(run(), files)
	if s.Totals.Requests != 177 || s.Totals.Failures != 91 || s.Exceptions != 1 || len(s.Missing) != 0 {
		t.Errorf("Read() = %d requests, %d failures, %d exceptions, missing %q, want 177, 91, 1, none",
			s.Totals.Requests, s.Totals.Failures, s.Exceptions, s.Missing)
	}
	if want := progress.Known(40, true); s.Resources.CPUAverage != want {
		t.Errorf("CPUAverage = %v, want %v: of the known cells in the load only", s.Resources.CPUAverage, want)
	}
	stats, _ := os.ReadFile(files.Stats())
	same, _ := summary.ParseTotals(stats)
	other, _ := summary.ParseTotals([]byte(strings.ReplaceAll(string(stats), "177", "178")))
	if !s.Totals.Equal(same) || s.Totals.Equal(other) {
		t.Errorf("Equal(same) = %v, Equal(other) = %v, want true, false", s.Totals.Equal(same), s.Totals.Equal(other))
	}
}

func FuzzParseTotals(f *testing.F) {
	stats, err := os.ReadFile(filepath.Join("testdata", "stats.csv"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(stats)
	f.Add([]byte("Name\nAggregated\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		totals, err := summary.ParseTotals(data)
		if err == nil && !strings.Contains(string(data), locustweb.Aggregated) {
			t.Errorf("ParseTotals(%q) = %+v without an Aggregated row", data, totals)
		}
	})
}
