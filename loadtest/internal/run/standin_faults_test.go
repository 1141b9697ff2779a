package run_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/run"
)

// TestFaultsOfTheStandIns tells the stand-ins, through the environment that they inherit, how to go wrong. It cannot run
// beside other tests, which would go wrong too.
func TestFaultsOfTheStandIns(t *testing.T) {
	tests := []struct {
		variable, value string
		kind            fault.Kind
		says            string
		loaded          bool
	}{
		{"STANDIN_MASTER", "import error", fault.Usage, "cannot be loaded: ModuleNotFoundError: No module named 'numpy'; correct the locustfile", false},
		{"STANDIN_WORKER", "never connects", fault.NotReady, "0 of 2 workers connected", false},
		{"STANDIN_WORKER", "breaks", fault.NotReady, "exited with code 1 before the load began: no libczmq", false},
		{"STANDIN_MONITOR", "disk full", fault.Output, "monitor exited with code 5", false},
	}
	for _, test := range tests {
		t.Run(test.value, func(t *testing.T) {
			t.Setenv(test.variable, test.value)
			b := newBench(t, time.Minute)
			wantKind(t, b.Do(t.Context(), t.Context()), test.kind, test.says)
			if b.Loaded() != test.loaded {
				t.Errorf("Loaded() = %v, want %v", b.Loaded(), test.loaded)
			}
		})
	}
}

// TestMonitorSaysInTheEnd that its file has not all rows: the load is whole, the results are not.
func TestMonitorSaysInTheEnd(t *testing.T) {
	t.Setenv("STANDIN_MONITOR", "file deleted")
	b := newBench(t, time.Second)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Output, "monitor exited with code 5: the file was deleted; see ")
	if !b.Loaded() {
		t.Error("Loaded() = false, want the load")
	}
}

// TestMasterThatCannotTellItsReport: it writes the report when it ends, as it does for Ctrl-C.
func TestMasterThatCannotTellItsReport(t *testing.T) {
	t.Setenv("STANDIN_MASTER", "no report")
	b := newBench(t, time.Second)
	if err := b.Do(t.Context(), t.Context()); err != nil {
		t.Fatal(err)
	}
	b.wantReport(t, "<html>by the master")
}

func TestSomebodyEndsTheTest(t *testing.T) {
	t.Setenv("STANDIN_MASTER", "ends early")
	b := newBench(t, time.Minute)
	b.plan.Settle = time.Hour // of no use in a run that is not complete
	b.Run = run.New(b.plan, b.dir, b.view)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Interrupted, "the test was stopped in the web UI, or by the locustfile, after 1 of 60 s")
	if !b.Loaded() || b.Summary().Totals.Requests != 42 {
		t.Errorf("Summary() = %+v, want what was measured until then", b.Summary())
	}
}

// TestRequestsAreLost: the load is whole, the request log is not.
func TestRequestsAreLost(t *testing.T) {
	t.Setenv("STANDIN_WORKER", "requests lost")
	b := newBench(t, time.Second)
	b.plan.RequestLog = plan.RequestsAsJSON
	b.Run = run.New(b.plan, b.dir, b.view)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Output, "worker could not write all requests: worker: 3 lines of 5 are lost; see ")
	if !b.Loaded() {
		t.Error("Loaded() = false, want the load")
	}
}

// TestRequestsAreLostByQuit: a worker that ends because its master says so has not died, whatever it could not write.
func TestRequestsAreLostByQuit(t *testing.T) {
	t.Setenv("STANDIN_WORKER", "quits, requests lost")
	b := newBench(t, 4*time.Second)
	b.plan.RequestLog = plan.RequestsAsJSON
	b.Run = run.New(b.plan, b.dir, b.view)
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Output, "worker could not write all requests: worker: 3 lines of 5 are lost; see ")
}

// TestLogsRequests: the worker is told where, whatever the variable says that loadtest has itself, and what it wrote is sorted in the end.
func TestLogsRequests(t *testing.T) {
	t.Setenv("GREGARIA_REQUEST_LOG", "csv")
	for _, logs := range []bool{true, false} {
		b := newBench(t, time.Second)
		if logs {
			b.plan.RequestLog, b.plan.RequestLogSample = plan.RequestsAsJSON, "5%"
		}
		b.Run = run.New(b.plan, b.dir, b.view)
		if err := b.Do(t.Context(), t.Context()); err != nil {
			t.Fatal(err)
		}
		arguments := regexp.MustCompile(`worker \| arguments .*`).FindString(b.log(t))
		files, _ := filepath.Glob(filepath.Join(b.plan.OutputDir, "requests_*"))
		s := b.Summary()
		if !logs {
			if len(files) > 0 || strings.Contains(arguments, "--request-log") || s.Files.Requests != "" {
				t.Errorf("without --request-log: %s, files %q, %q", arguments, files, s.Files.Requests)
			}
			continue
		}
		if len(files) != 1 || !strings.Contains(arguments, "--request-log "+files[0]+" --request-log-sample 5%") || strings.HasSuffix(arguments, "csv") {
			t.Fatalf("%s, files %q, want one file, and no variable", arguments, files)
		}
		data, err := os.ReadFile(files[0])
		if want := "{\"timestamp\":1.000000,\"n\":2}\n{\"timestamp\":2.000000,\"n\":1}\n"; err != nil || string(data) != want {
			t.Errorf("the file has %q, %v, want %q", data, err, want)
		}
		if notes := strings.Join(s.Run.Notes, "\n"); s.Files.Requests != files[0] || !strings.Contains(notes, " has 2 requests") || !strings.Contains(notes, "half") || len(s.Missing) > 0 {
			t.Errorf("the summary has %q, missing %q, notes %q, want the file, 2 requests, and that half a line was left out", s.Files.Requests, s.Missing, notes)
		}
	}
}
