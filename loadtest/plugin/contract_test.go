package plugin

import (
	"bytes"
	"compress/zlib"
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/ugorji/go/codec"

	"gregaria/internal/timing"
)

// readReport has the plug-in take a report, in MessagePack as it comes over the network, and write the file.
const readReport = `
import sys, math
import locust
from unittest import mock
import gregaria, msgpack
timings = gregaria.Timings(mock.Mock(), sys.argv[2])
timings.following = mock.Mock()
with open(sys.argv[1], "rb") as file:
    timings.report(client_id="w", data=msgpack.unpackb(file.read(), raw=False, strict_map_key=False))
timings.finish()
`

// TestContract: the plug-in reads what internal/timing says that a report has, as Go encodes it, and writes its columns.
func TestContract(t *testing.T) {
	t.Parallel()
	python, source := pythonOfLocust(t), writeSource(t)
	var rows, deflated, report bytes.Buffer
	handle := &codec.MsgpackHandle{WriteExt: true}
	encode := func(into *bytes.Buffer, value any) {
		t.Helper()
		if err := codec.NewEncoder(into, handle).Encode(value); err != nil {
			t.Fatal(err)
		}
	}
	histograms := map[int]timing.Histogram{}
	for phase := range timing.Phases {
		us := 100 + int64(phase)
		histograms[int(phase)] = timing.Histogram{Max: us, First: int(us), Width: 1, Buckets: []byte{byte(1 + phase)}}
	}
	encode(&rows, []timing.Row{
		{
			Second: 1_800_000_000, Type: "GET", Name: "/", Statuses: map[int]int64{200: 7, 404: 2}, Histograms: histograms,
			Counts: timing.Counts{Requests: 9, Failures: 2, Incomplete: 3, Exchanges: 10, Connections: 4, Sent: 500, Received: 600, Events: 8, Polls: 11},
		},
		{Second: 1_800_000_001, Type: timing.Stream, Name: "/s", Apart: true, Counts: timing.Counts{Requests: 1}},
	})
	writer := zlib.NewWriter(&deflated)
	if _, err := writer.Write(rows.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	encode(&report, map[string]any{
		"stats":    []any{map[string]any{"method": "GET", "name": "/", "num_reqs_per_sec": map[int64]int64{1_800_000_000: 9}, "num_fail_per_sec": map[int64]int64{1_800_000_000: 2}}},
		timing.Key: timing.Message{Version: timing.Version, Timings: deflated.Bytes()},
	})
	dir := t.TempDir()
	in, out := filepath.Join(dir, "report"), filepath.Join(dir, "timings.csv")
	if err := os.WriteFile(in, report.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), python, "-B", "-c", readReport, in, out)
	cmd.Dir = source // where Python looks for modules first
	if output, err := cmd.CombinedOutput(); err != nil || len(output) > 0 {
		t.Fatalf("%v\n%s", err, output)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	cells, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		timing.Columns(),
		{"1800000000", "2027-01-15T08:00:00Z", "GET", "/", "9", "2", "3", "100", "10", "4", "200:7 404:2", "500", "600", "8", "11"},
		{"1800000000", "2027-01-15T08:00:00Z", "", timing.Aggregated, "9", "2", "3", "100", "10", "4", "200:7 404:2", "500", "600", "8", "11"},
		{"1800000001", "2027-01-15T08:00:01Z", timing.Stream, "/s", "1", "0", "0", "", "0", "0", "", "0", "0", "0", "0"},
		{"1800000001", "2027-01-15T08:00:01Z", "", timing.Aggregated, "0", "0", "", "", "", "", "", "", "", "", ""},
	}
	for phase := range timing.Phases {
		ms := []string{"0.1", "0.101", "0.102", "0.103", "0.104", "0.105", "0.106", "0.107", "0.108"}[phase]
		phases := []string{string("123456789"[phase]), ms, ms, ms, ms, ms}
		want[1], want[2] = append(want[1], phases...), append(want[2], phases...)
		want[3], want[4] = append(want[3], make([]string, 6)...), append(want[4], make([]string, 6)...)
	}
	histogramsOf := []string{"0.1:1", "0.101:2", "0.102:3", "0.103:4", "0.104:5", "0.105:6", "0.106:7", "0.107:8"}
	want[1], want[2] = append(want[1], histogramsOf...), append(want[2], histogramsOf...)
	want[3], want[4] = append(want[3], make([]string, len(histogramsOf))...), append(want[4], make([]string, len(histogramsOf))...)
	if diff := cmp.Diff(want, cells); diff != "" {
		t.Errorf("timings.csv: want -, got +\n%s", diff)
	}
}
