package cli

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/service"
	"gregaria/monitor/internal/series"
)

func TestWrongScrape(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ args, want string }{
		{"--scrape api:8000", `--scrape: "api:8000" is not the URL of a server`},
		{"--scrape http://ann:secret@:8000", `--scrape: "http://ann:***@:8000" is not the URL`},
		{"--series a", "--series: there is no server whose series they could be; give --scrape URL too"},
		{"--scrape http://api --series a,b(", `--series: "b(" is no regular expression for the name of a series`},
		{"--scrape-output a.csv", "--scrape-output: there is nothing to write to it; give --scrape URL too"},
		{"--scrape http://api --output -", "--scrape: there is no file to name its own after; give --scrape-output FILE too"},
		{"--scrape http://api --no-csv --listen :0", "--scrape: there is no file to name its own after"},
		{"--scrape http://api --output a.csv --scrape-output a.csv", "--scrape-output: that is the file of --output"},
	} {
		code, _, stderr := monitor(t.Context(), strings.Fields(c.args)...)
		if code != exitcode.Usage || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 || strings.Contains(stderr, "secret") {
			t.Errorf("monitor %s = %d, %q, want %d and %q", c.args, code, stderr, exitcode.Usage, c.want)
		}
	}
}

// TestScrape: the rows of two servers stand on the seconds of the metrics, and a third that is not there is said.
func TestScrape(t *testing.T) {
	t.Setenv(scrapeToken, "token")
	count := func(per int64, secured string) string {
		var n atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != secured {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			io.WriteString(w, fmt.Sprintf("# TYPE jobs gauge\njobs{queue=\"a\"} %d\n# TYPE other gauge\nother 1\n", n.Add(per)))
		}))
		t.Cleanup(server.Close)
		return server.URL
	}
	one, two := count(1, "Bearer token"), count(100, "Basic YW5uOnNlY3JldA==")
	gone := httptest.NewServer(nil)
	gone.Close()
	dir := t.TempDir()
	code, _, stderr := monitor(t.Context(), "--scrape", one+","+strings.Replace(two, "://", "://ann:secret@", 1), "--scrape", gone.URL, "--series", "jobs|x",
		"--output", filepath.Join(dir, "metrics_TS.csv"), "--collect", "memory", "--interval", "0.1", "--duration", "0.4")
	if code != exitcode.OK || strings.Contains(stderr, "secret") || strings.Contains(stderr, "token") {
		t.Fatalf("monitor = %d, %q, want 0 and no secrets", code, stderr)
	}
	if want := "no rows of " + gone.URL + ": connect: connection refused\n"; strings.Count(stderr, want) != 1 {
		t.Errorf("monitor says %q, want %q once", stderr, want)
	}
	data, err := os.ReadFile(filepath.Join(dir, "service_TS.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := service.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	ticks := map[float64]int{}
	for _, row := range read(t, filepath.Join(dir, "metrics_TS.csv")) {
		ticks[row.Timestamp] = 0
	}
	of := map[string]int{}
	for _, r := range rows {
		if _, ok := ticks[r.Timestamp]; !ok || r.Series != "jobs" || r.Kind != service.Gauge {
			t.Errorf("%v is of no tick, or of no series that was chosen", r)
		}
		ticks[r.Timestamp]++
		of[r.Target]++
	}
	if of[one] < 2 || of[two] < 2 || len(of) != 2 {
		t.Errorf("the rows of each server are %v in %d ticks, want some of both", of, len(ticks))
	}
}

// TestListSeries: the names of all servers, and which server did not answer.
func TestListSeries(t *testing.T) {
	t.Parallel()
	page := func(text string) string {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, text) }))
		t.Cleanup(server.Close)
		return server.URL
	}
	one, two := page("jobs 1\nidle 2\n"), page("jobs 1\n# TYPE n_total counter\n")
	code, stdout, stderr := monitor(t.Context(), "--scrape", one, "--scrape", two, "--list-series")
	if code != exitcode.OK || stdout != "idle\njobs\nn_total\n" || stderr != "" {
		t.Errorf("monitor --list-series = %d, %q, %q", code, stdout, stderr)
	}
	code, stdout, stderr = monitor(t.Context(), "--scrape", one, "--scrape", "http://ann:secret@127.0.0.1:1", "--list-series")
	if code != exitcode.NotReady || stdout != "idle\njobs\n" || !strings.HasPrefix(stderr, "monitor: --scrape: http://127.0.0.1:1: ") || strings.Count(stderr, "\n") != 1 || strings.Contains(stderr, "secret") {
		t.Errorf("monitor --list-series of a server that is not there = %d, %q, %q", code, stdout, stderr)
	}
	if code, _, stderr := monitor(t.Context(), "--list-series"); code != exitcode.Usage || !strings.Contains(stderr, "give --scrape URL too") {
		t.Errorf("monitor --list-series without a server = %d, %q", code, stderr)
	}
}

// TestScrapeFiles: no file is overwritten.
func TestScrapeFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "mine.csv")
	if err := os.WriteFile(path, []byte("mine\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	args := []string{"--scrape", "http://127.0.0.1:1", "--scrape-output", path, "--collect", "memory", "--interval", "0.1", "--duration", "0.1"}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{nil, exitcode.Usage, "mine.csv: the file is not empty; name another"},
		{[]string{"--append"}, exitcode.Usage, "mine.csv: the file has other columns; name another"},
		{[]string{"--scrape-output", dir}, exitcode.Output, "is a directory"},
		{[]string{"--scrape-output", "/dev/full"}, exitcode.Output, "no space left on device"},
	} {
		code, _, stderr := monitor(t.Context(), append(append(args, "--output", filepath.Join(dir, fmt.Sprint(c.code, len(c.args)))), c.args...)...)
		if code != c.code || !strings.Contains(stderr, c.want) {
			t.Errorf("monitor %q = %d, %q, want %d, %q", c.args, code, stderr, c.code, c.want)
		}
	}
	if data, err := os.ReadFile(path); string(data) != "mine\n" {
		t.Errorf("the file is %q, %v", data, err)
	}
}

// lostFile is on a disk that is full.
type lostFile struct{}

func (lostFile) Write(time.Time, []service.Row) error { return errors.New("disk full") }
func (lostFile) Close() error                         { return nil }

// TestLostRows: rows that could not be written are an exit code of their own, unless there was a worse one.
func TestLostRows(t *testing.T) {
	t.Parallel()
	for before, want := range map[int]int{
		exitcode.OK: exitcode.Output, exitcode.Interrupted: exitcode.Output, exitcode.Usage: exitcode.Usage,
	} {
		wrote := make(chan string, 9)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "a 1\n") }))
		t.Cleanup(server.Close)
		note := func(line string) { wrote <- line }
		choice, err := series.ParseChoice([]string{"a"})
		if err != nil {
			t.Fatal(err)
		}
		servers, err := series.Start([]string{server.URL}, choice, series.Access{}, 5*time.Second, lostFile{}, note)
		if err != nil {
			t.Fatal(err)
		}
		s := scraping{servers, "service.csv", note}
		for said := false; !said; {
			s.tick(time.Unix(1, 0))
			select {
			case <-wrote:
				said = true
			case <-time.After(10 * time.Millisecond):
			}
		}
		if got := s.end(before); got != want {
			t.Errorf("end(%d) = %d, want %d", before, got, want)
		}
		if line := <-wrote; line != "--scrape-output service.csv: rows are lost: disk full" {
			t.Errorf("end says %q", line)
		}
	}
	if got := (scraping{}).end(exitcode.Interrupted); got != exitcode.Interrupted {
		t.Errorf("end of nothing = %d, want the code before", got)
	}
}
