//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/target"
	"gregaria/internal/timing"
)

// timingRows are the rows of a timings.csv, each of them whole.
func timingRows(t *testing.T, data []byte) []map[string]string {
	t.Helper()
	if !bytes.HasSuffix(data, []byte("\n")) {
		t.Errorf("timings end with half a row: %q", data[max(0, len(data)-100):])
	}
	lines := parseCSV(t, data)
	order := []int64{0}
	seen := map[string]bool{}
	for _, line := range lines {
		second := int64(number(t, line[timing.Timestamp]))
		key := fmt.Sprint(second, line[timing.Type], line[timing.Name])
		if seen[key] {
			t.Errorf("two rows of %s", key)
		}
		seen[key] = true
		if second != order[len(order)-1] {
			order = append(order, second)
		}
	}
	if !slices.IsSorted(order) {
		t.Errorf("the seconds of timings are not in order: %v", order)
	}
	return lines
}

// sums are the rows of timings summed by name, as Locust's statistics. Rows that Locust does not know are left out.
func sums(t *testing.T, lines []map[string]string) (all rows, seen float64) {
	t.Helper()
	all = rows{}
	for _, line := range lines {
		name := line[timing.Type] + " " + line[timing.Name]
		if line[timing.Name] == timing.Aggregated {
			name = aggregated
		} else if line[timing.SeenPercent] == "" {
			continue
		}
		r := all[name]
		all[name] = row{r.Requests + number(t, line[timing.Requests]), r.Failures + number(t, line[timing.Failures])}
		if name != aggregated {
			percent, err := strconv.ParseFloat(line[timing.SeenPercent], 64)
			if err != nil {
				t.Fatal(err)
			}
			seen += percent / 100 * float64(number(t, line[timing.Requests]))
		}
	}
	return all, seen
}

// cells sums a column over the rows of a name.
func cells(t *testing.T, lines []map[string]string, name, column string) (sum uint64) {
	t.Helper()
	for _, line := range lines {
		if line[timing.Name] == name && line[column] != "" {
			sum += number(t, line[column])
		}
	}
	return sum
}

// TestTimingsOfAMixedFleet: workers of both kinds, one stopped for so long that what it knows comes late. The counts in the file are those
// of Locust, and what the target served; of the workers in Go each request is seen, and of that in Python none. The master ends by a signal.
func TestTimingsOfAMixedFleet(t *testing.T) {
	t.Parallel()
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			const users = 30
			server := startTarget(t, flaky())
			m := startWebMaster(t, server.URL(), "-f", repository(t, "locustfile.py")+","+writePlugin(t))
			ours := m.startGoWorkers(t, 1)
			ours = append(ours, m.startGoWorkers(t, 1, "--compiled")...)
			theirs := m.startPythonWorker(t)
			m.awaitWorkers(t, 3)
			m.web.swarm(t, users, 30)
			m.web.awaitUsers(t, users)
			time.Sleep(6 * time.Second)
			ours[1].signal(syscall.SIGSTOP)
			time.Sleep(9 * time.Second)
			ours[1].signal(syscall.SIGCONT)
			time.Sleep(4 * time.Second)
			m.web.stop(t)
			m.awaitReports(t, server)
			totals := m.web.stats(t)
			m.signal(signal)
			select {
			case <-m.done:
			case <-time.After(20 * time.Second):
				t.Fatalf("the master does not end after %v", signal)
			}

			lines := timingRows(t, m.file(t, "_timings.csv"))
			got, seen := sums(t, lines)
			for name, want := range totals {
				if got[name] != want {
					t.Errorf("%s in timings = %+v, in Locust's statistics %+v", name, got[name], want)
				}
			}
			served := server.Served()
			got.wantServedBut(t, "timings", served, theirs.killed())
			known := cells(t, lines, timing.Aggregated, timing.Response.Count())
			if share := seen / float64(totals[aggregated].Requests); share < 0.4 || share > 0.9 || known < uint64(seen)-2 || known > uint64(seen)+2 {
				t.Errorf("%.0f of %d requests are seen, and %d have a response time, want those of two of three workers", seen, totals[aggregated].Requests, known)
			}
			exchanges, made := cells(t, lines, timing.Aggregated, timing.Exchanges), cells(t, lines, timing.Aggregated, timing.NewConnections)
			if exchanges != known || made < 2*users/3 {
				t.Errorf("%d exchanges and %d connections, want %d and one of each user", exchanges, made, known)
			}
			for _, complaint := range []string{"Traceback", "gregaria: "} {
				if strings.Contains(m.output.String(), complaint) {
					t.Errorf("the master's log has %s in it", complaint)
				}
			}
		})
	}
}

// TestTimingsOfAKilledMaster: after kill -9 there are whole rows, and at most 10 s are missing.
func TestTimingsOfAKilledMaster(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{Latency: 20 * time.Millisecond})
	m := startWebMaster(t, server.URL(), "-f", repository(t, "locustfile.py")+","+writePlugin(t))
	m.startGoWorkers(t, 2)
	m.awaitWorkers(t, 2)
	m.web.swarm(t, 20, 20)
	m.web.awaitUsers(t, 20)
	time.Sleep(15 * time.Second)
	killed := time.Now()
	m.signal(syscall.SIGKILL)
	<-m.done
	lines := timingRows(t, m.file(t, "_timings.csv"))
	if len(lines) == 0 {
		t.Fatal("there is no row")
	}
	last := int64(number(t, lines[len(lines)-1][timing.Timestamp]))
	if missing := killed.Unix() - last; missing > 10 || lines[len(lines)-1][timing.Name] != timing.Aggregated {
		t.Errorf("the last row is of %s, %d s before the end, want the sum of a second at most 10 s before it", lines[len(lines)-1][timing.Name], missing)
	}
	if seen := lines[len(lines)-1][timing.SeenPercent]; seen != "100" {
		t.Errorf("%s %% of the last second are seen, want all: it has been waited for", seen)
	}
}

// TestTimingsOnAFullDisk: the file of a master is on a disk that has no room. The run goes on, and says so once.
func TestTimingsOnAFullDisk(t *testing.T) {
	t.Parallel()
	server := startTarget(t, target.Settings{})
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("a small disk cannot be had here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	m := startMasterWith(t, []string{"GREGARIA_TIMINGS=" + dir + "/timings.csv"}, server.URL(), "-f", repository(t, "locustfile.py")+","+writePlugin(t), "--stop-timeout=5")
	m.awaitWorkers(t, 0)
	m.startGoWorkers(t, 1)
	m.awaitWorkers(t, 1)
	m.web.swarm(t, 50, 50)
	await(t, 2*startLimit, func() error { return m.wantOutput("timings.csv: No space left on device; it is tried again") })
	timingRows(t, readFile(t, dir+"/timings.csv"))
	if err := syscall.Mount("", dir, "", syscall.MS_REMOUNT, "size=64m"); err != nil {
		t.Fatal(err)
	}
	await(t, startLimit, func() error { return m.wantOutput("timings are written to") })
	m.web.stop(t)
	m.awaitReports(t, server)
	m.signal(syscall.SIGTERM)
	<-m.done
	got, _ := sums(t, timingRows(t, readFile(t, dir+"/timings.csv")))
	got.wantServed(t, "timings", server.Served())
	if n := strings.Count(m.output.String(), "No space left on device"); n != 1 {
		t.Errorf("that there is no room is said %d times, want once", n)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("%v are left (%v), want the file alone", left, err)
	}
}
