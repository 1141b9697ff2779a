package summary_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/internal/service"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/summary"
)

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
		Users: 5,
		Last:  locustweb.Row{Requests: 156, Failures: 86},
	}
}

// TestReadSaysWhatIsMissing: of a run that did not leave all of it.
func TestReadSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason         string
		change         func(files *results.Files, run *summary.Run)
		notes, missing []string
	}{
		{"a complete run", func(*results.Files, *summary.Run) {}, nil, nil},
		{"a server that was asked", func(files *results.Files, _ *summary.Run) {
			files.Service = strings.TrimSuffix(files.Metrics, ".csv") + "_service.csv"
			os.WriteFile(files.Service, []byte(service.Header+"\n1795513000,http://api,a,,gauge,1\n"), 0o644)
		}, nil, nil},
		{"one that said nothing", func(files *results.Files, _ *summary.Run) {
			files.Service = strings.TrimSuffix(files.Metrics, ".csv") + "_service.csv"
			os.WriteFile(files.Service, []byte(service.Header+"\n"), 0o644)
		}, []string{"no server of --scrape said anything that moved"}, nil},
		{"a master that was killed", func(files *results.Files, _ *summary.Run) {
			os.Remove(files.Report)
			os.WriteFile(files.Stats(), []byte("Type,Name,Request Count\r\n,Aggreg"), 0o644)
		}, []string{"no Aggregated row", "Locust's CSVs end at 0 requests"}, []string{"locust_report_"}},
		{"a monitor that wrote nothing", func(files *results.Files, run *summary.Run) {
			run.Last, run.Notes = locustweb.Row{}, []string{"the test was ended after 1s of 5m0s, by the web UI"}
			os.WriteFile(files.Metrics, nil, 0o644)
			os.WriteFile(files.Stats(), []byte("Type,Name,Request Count,Failure Count,Requests/s,50%\r\n,Aggregated,0,0,0.0,N/A\r\n"), 0o644)
		}, []string{"the test was ended after 1s"}, []string{"metrics_"}},
		{"a request log that is not there", func(files *results.Files, _ *summary.Run) {
			files.Requests = files.RequestsAs("jsonl")
		}, nil, []string{"requests_"}},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			_, files := leave(t)
			run := run()
			test.change(&files, &run)
			s := summary.Read(run, files)
			wantParts(t, "notes", s.Run.Notes, test.notes)
			wantParts(t, "missing files", s.Missing, test.missing)
		})
	}
}

// wantParts wants as many texts as there are parts, each with its part in it.
func wantParts(t *testing.T, what string, texts, parts []string) {
	t.Helper()
	for i, text := range texts {
		if len(texts) != len(parts) || !strings.Contains(text, parts[i]) {
			t.Errorf("%s = %q, want %q", what, texts, parts)
			return
		}
	}
	if len(texts) != len(parts) {
		t.Errorf("%s = %q, want %q", what, texts, parts)
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
