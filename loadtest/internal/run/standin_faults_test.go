package run_test

import (
	"testing"
	"time"

	"gregaria/loadtest/internal/fault"
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
	wantKind(t, b.Do(t.Context(), t.Context()), fault.Interrupted, "the test was stopped in the web UI, or by the locustfile, after 1 of 60 s")
	if !b.Loaded() || b.Summary().Totals.Requests != 42 {
		t.Errorf("Summary() = %+v, want what was measured until then", b.Summary())
	}
}
