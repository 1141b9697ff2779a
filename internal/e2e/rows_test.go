//go:build e2e

package e2e

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/target"
)

// aggregated is the name of Locust's row for all requests.
const aggregated = "Aggregated"

// A row is what Locust's statistics say of one name: how many requests there were, and how many of them failed.
type row struct{ Requests, Failures uint64 }

// rows are Locust's statistics by method and name, as target.Served counts: "GET /health". The Aggregated row is one too.
type rows map[string]row

// add adds one line of the statistics.
func (r rows) add(method, name string, requests, failures uint64) {
	if name != aggregated {
		name = method + " " + name
	}
	r[name] = row{requests, failures}
}

// wantServed wants Locust's rows, as source tells them, to be what the target served: in all, and by name.
func (r rows) wantServed(t *testing.T, source string, served target.Served) {
	t.Helper()
	got, failures := map[string]uint64{}, uint64(0)
	for name, row := range r {
		if name != aggregated {
			got[name] = row.Requests
			failures += row.Failures
		}
	}
	if diff := cmp.Diff(served.By, got); diff != "" {
		t.Errorf("requests in Locust's %s differ from what the target served (-served +Locust):\n%s", source, diff)
	}
	if want := (row{served.Total, served.Failed}); r[aggregated] != want {
		t.Errorf("the Aggregated row of Locust's %s = %+v, want %+v as served", source, r[aggregated], want)
	}
	if failures != served.Failed {
		t.Errorf("failures in Locust's %s, row by row = %d, want %d as served", source, failures, served.Failed)
	}
	t.Logf("%s: %d served, %d of them failed; Locust: %d, %d; by name %v",
		source, served.Total, served.Failed, r[aggregated].Requests, r[aggregated].Failures, got)
}

// wantServedBut is wantServed where Locust's own worker has killed requests: so many may be served and not counted.
func (r rows) wantServedBut(t *testing.T, source string, served target.Served, killed uint64) {
	t.Helper()
	if killed == 0 {
		r.wantServed(t, source, served)
		return
	}
	for name, want := range served.By {
		if got := r[name].Requests; got > want || got+killed < want {
			t.Errorf("%s in Locust's %s = %d of %d served, want all but %d that were killed", name, source, got, want, killed)
		}
	}
	if got := r[aggregated].Requests; got > served.Total || got+killed < served.Total {
		t.Errorf("requests in Locust's %s = %d of %d served, want all but %d that were killed", source, got, served.Total, killed)
	}
	t.Logf("%s: %d served, at most %d of them killed; Locust: %d", source, served.Total, killed, r[aggregated].Requests)
}

// awaitReports waits until the master knows all that was served, or for long enough: Locust's own worker reports every 3 s, on
// a busy machine later, and a stop makes no difference to it.
func (m *master) awaitReports(t *testing.T, server *target.Server) {
	t.Helper()
	for end := time.Now().Add(startLimit); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if m.web.stats(t)[aggregated].Requests == server.Served().Total {
			return
		}
	}
}

// wantUsers wants that many users to have begun, each with a connection and a session of its own.
func wantUsers(t *testing.T, served target.Served, users uint64) {
	t.Helper()
	if checks := served.By[target.Health]; checks != users {
		t.Errorf("users that checked /health when they began = %d, want %d", checks, users)
	}
	if served.Connections != users || served.Sessions != users {
		t.Errorf("connections = %d, sessions = %d, want %d of each: one for each user",
			served.Connections, served.Sessions, users)
	}
}

// wantEveryName wants each request of StoryUser to have been made: otherwise a count that is equal says little.
func wantEveryName(t *testing.T, served target.Served) {
	t.Helper()
	for _, name := range []string{target.Health, target.CreateStory, target.ReadStory} {
		if served.By[name] == 0 {
			t.Errorf("the target served no %s, so the run was too short to compare anything", name)
		}
	}
}

// wantFailures wants the lines of a _failures.csv to hold all failures: one line for each name, whoever reported them.
func wantFailures(t *testing.T, lines []map[string]string, served target.Served) {
	t.Helper()
	seen, sum := map[string]bool{}, uint64(0)
	for _, line := range lines {
		name := line["Method"] + " " + line["Name"]
		if seen[name] {
			t.Errorf("failures of %s are in two rows: %v", name, lines)
		}
		if !strings.Contains(line["Error"], "500") {
			t.Errorf("error of %s = %q, want one with the status 500", name, line["Error"])
		}
		seen[name] = true
		sum += number(t, line["Occurrences"])
	}
	if sum != served.Failed || sum == 0 {
		t.Errorf("failures in Locust's failures = %d, want some and the %d that were served", sum, served.Failed)
	}
}

// parseStats reads a _stats.csv.
func parseStats(t *testing.T, data []byte) rows {
	t.Helper()
	all := rows{}
	for _, line := range parseCSV(t, data) {
		all.add(line["Type"], line["Name"], number(t, line["Request Count"]), number(t, line["Failure Count"]))
	}
	return all
}

// parseSummary reads the table that a master prints at its end: method, name, requests, failures with their share, a bar.
func parseSummary(t *testing.T, printed string) rows {
	t.Helper()
	line := regexp.MustCompile(`(?m)^(\S*) +(\S+) +(\d+) +(\d+)\(\d+\.\d+%\) \|`)
	all := rows{}
	for _, match := range line.FindAllStringSubmatch(printed, -1) {
		all.add(match[1], match[2], number(t, match[3]), number(t, match[4]))
	}
	return all
}

// parseCSV reads a CSV: its lines by the names of the columns.
func parseCSV(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("parse a CSV of %d bytes: %d records, %v", len(data), len(records), err)
	}
	lines := make([]map[string]string, len(records)-1)
	for i, record := range records[1:] {
		lines[i] = make(map[string]string, len(record))
		for column, name := range records[0] {
			lines[i][name] = record[column]
		}
	}
	return lines
}

func number(t *testing.T, text string) uint64 {
	t.Helper()
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%q is not a count: %v", text, err)
	}
	return n
}
