package recording_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"gregaria/internal/requestline"
	"gregaria/loadtest/internal/recording"
)

// request is a line of JSON.
func request(at float64, name string, response float64, more string) string {
	return fmt.Sprintf(`{"timestamp":%.6f,"time":"x","worker":"w","index":0,"type":"GET","name":%q,"status":200,"response_ms":%.3f,"wait_ms":1.5%s}`+"\n", at, name, response, more)
}

// TestRequests: the slowest of a log, as JSON and as CSV, and when a kind of failure was first seen, where Locust does not say.
func TestRequests(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	for i := range 500 {
		log.WriteString(request(1001+float64(i)/1000, "/", float64(i*7919%500), ""))
	}
	log.WriteString(request(1001.5, "/cut", 9000, `,"incomplete":true`) + request(1001.6, "/stream", 9001, `,"apart":true`) + request(900, "/before", 9002, ""))
	log.WriteString(request(1001.7, `/"response_ms":9,`, 700.5, `,"failure":"a, \"b\""`) + request(1002.7, `/"response_ms":9,`, 3, `,"failure":"a, \"b\""`))
	log.WriteString("{\"timestamp\":1001.8,\"type\":\"GET\",\"name\":\"/cut\",\"incomplete\":true}\n")
	log.WriteString("nonsense\n{\"response_ms\":99999,\n" + request(1001.9, "/half", 9003, "")[:60])
	failures := "Method,Name,Error,Occurrences\r\nGET,\"/\"\"response_ms\"\":9,\",\"a, \"\"b\"\"\",2\r\n"
	in := files{"a_stats_history.csv": history([3]int{1, 2, 2}, [3]int{3, 2, 2}), "a_failures.csv": failures, "requests.jsonl": log.String()}
	run := open(t, in.in(t))
	if len(run.Slowest) != recording.Slowest {
		t.Fatalf("%d slowest", len(run.Slowest))
	}
	if q := run.Slowest[0]; q.Response != 700.5 || q.Name != `/"response_ms":9,` || q.Failure != `a, "b"` || q.Status != 200 || q.Wait != 1.5 || !math.IsNaN(q.TLS) {
		t.Errorf("the slowest is %+v", q)
	}
	for i, q := range run.Slowest[1:] {
		if q.Response != float64(499-i) {
			t.Errorf("the slowest but %d took %v ms, want %d", i+1, q.Response, 499-i)
		}
	}
	if len(run.Failures) != 1 || run.Failures[0].First != 1001 {
		t.Errorf("failures %+v, want the first in second 1001", run.Failures)
	}
	if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, "requests.jsonl: 2 damaged lines") {
		t.Errorf("notes %s", notes)
	}
}

// TestRequestsAsCSV: as TestRequests, of a run of loadtest.
func TestRequestsAsCSV(t *testing.T) {
	t.Parallel()
	row := func(at, name, failure, response, incomplete string) string {
		cells := make([]string, len(requestline.Fields()))
		for i, field := range requestline.Fields() {
			cells[i] = map[string]string{requestline.Timestamp: at, requestline.Type: "GET", requestline.Name: name, requestline.Failure: failure, requestline.Response: response, requestline.Incomplete: incomplete}[field]
		}
		return strings.Join(cells, ",") + "\n"
	}
	run := open(t, files{
		"stats_20260921_140000_stats_history.csv": history([3]int{1, 2, 2}, [3]int{3, 2, 2}), "stats_20260921_140000_failures.csv": "Method,Name,Error,Occurrences\r\nGET,/b,no,1\r\n",
		"requests_20260921_140000.csv": requestline.Header() + row("1001.1", "/a", "", "5.5", "") + row("1002.2", "/b", "no", "7", "") + row("1002.3", "/c", "", "99", "true") + "x,y\n" + row("1003", "/d", "", "9", "")[:20],
	}.in(t))
	if len(run.Slowest) != 2 || run.Slowest[0].Response != 7 || run.Slowest[1].Name != "/a" || run.Failures[0].First != 1002 {
		t.Errorf("slowest %+v, failures %+v", run.Slowest, run.Failures)
	}
	if notes := strings.Join(run.Info.Notes, "\n"); !strings.Contains(notes, "1 damaged line") {
		t.Errorf("notes %s", notes)
	}
}
