package recording_test

import (
	"math"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/recording/recordingtest"
)

// hour is a run of an hour with 20 endpoints and 300 requests a second.
func hour() recordingtest.Load {
	return recordingtest.Load{Seconds: 3600, Ramp: 60, Users: 200, Endpoints: 20, Rate: 15, Seed: 1}
}

// total adds up what is there.
func total(values []float64) (sum float64) {
	for _, v := range values {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	return sum
}

// TestHour: all that was written is read, to the request.
func TestHour(t *testing.T) {
	t.Parallel()
	load := hour()
	load.Seconds = 400 // the hour is BenchmarkHour's
	written, err := load.Write(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	run, err := recording.Read(written.Files, analysis.Info{})
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Info.Notes) > 0 {
		t.Errorf("notes %q, want none", run.Info.Notes)
	}
	if want := int64(1_790_000_000); run.Began != want || run.Ended != want+int64(load.Seconds)-1 {
		t.Errorf("the load is from %d to %d, want %d and %d s more", run.Began, run.Ended, want, load.Seconds-1)
	}
	if run.Start != run.Began-3 || run.Seconds != load.Seconds+13 {
		t.Errorf("%d s from %d on, want %d from %d", run.Seconds, run.Start, load.Seconds+13, run.Began-3)
	}
	if len(run.Endpoints) != load.Endpoints {
		t.Fatalf("%d endpoints, want %d", len(run.Endpoints), load.Endpoints)
	}
	for _, l := range append(run.Endpoints, run.Total) {
		if got := total(l.Requests.Values); int(got) != written.Requests[l.Name] || l.Stats.Requests != written.Requests[l.Name] {
			t.Errorf("%s: %v requests, %d in Locust's table, want %d", l.Name, got, l.Stats.Requests, written.Requests[l.Name])
		}
		if got := total(l.Failures.Values); int(got) != written.Failures[l.Name] || int(total(l.Statuses5xx.Values)) != written.Failures[l.Name] || l.Statuses[503] != int64(written.Failures[l.Name]) {
			t.Errorf("%s: %v failures, %v with a status from 500 on, %v, want %d", l.Name, got, total(l.Statuses5xx.Values), l.Statuses, written.Failures[l.Name])
		}
		merged := analysis.Merge(l.Phases[timing.Response]...)
		for _, share := range []float64{0, 0.5, 0.95, 0.99, 1} {
			got, _ := merged.Quantile(share)
			if want, _ := written.Times[l.Name].Quantile(share); got != want {
				t.Errorf("%s: the quantile %v is %v, want %v", l.Name, share, got, want)
			}
		}
		if l.Phases[timing.Scheduled] != nil || l.Phases[timing.Connect] != nil {
			t.Errorf("%s has phases without values", l.Name)
		}
	}
}

// TestWithoutTimings: counts of the history, of which no second is lost, with rows of each name and without.
func TestWithoutTimings(t *testing.T) {
	t.Parallel()
	for _, partial := range []bool{false, true} {
		load := hour()
		load.Seconds, load.WithoutTimings, load.Partial = 120, true, partial
		written, err := load.Write(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		run, err := recording.Read(written.Files, analysis.Info{Host: "http://given", Workers: 3})
		if err != nil {
			t.Fatal(err)
		}
		if run.Info.Host != "http://given" || run.Info.Workers != 3 || run.Info.Users != load.Users || len(run.Endpoints) != load.Endpoints {
			t.Errorf("info %+v, %d endpoints", run.Info, len(run.Endpoints))
		}
		for _, l := range append(run.Endpoints, run.Total) {
			want := written.Requests[l.Name]
			if partial && l.Name != timing.Aggregated {
				want = 0
			}
			if got := total(l.Requests.Values); int(math.Round(got)) != want || l.P95.Known() == partial {
				t.Errorf("partial %t, %s: %v requests, want %d; p95 known: %t", partial, l.Name, got, want, l.P95.Known())
			}
		}
	}
}

// used is the CPU time of this process: on a machine that others use, too, the time on the clock says little.
func used(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkHour: the files of an hour are read in well under half a second.
func BenchmarkHour(b *testing.B) {
	dir := b.TempDir()
	written, err := hour().Write(dir)
	if err != nil {
		b.Fatal(err)
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*"))
	size := int64(0)
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil {
			size += info.Size()
			b.Logf("%s %.1f MB", filepath.Base(path), float64(info.Size())/1e6)
		}
	}
	b.SetBytes(size)
	began := used(b)
	for b.Loop() {
		if _, err := recording.Read(written.Files, analysis.Info{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((used(b)-began).Microseconds())/1000/float64(b.N), "cpu-ms/op")
}
