package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// listening runs the monitor with a --listen of any free port and returns where it says its metrics are; end ends it.
func listening(t *testing.T, args ...string) (url string, end func() (code int)) {
	t.Helper()
	url, _, end = listeningAt(t, ":0", args...)
	return url, end
}

// listeningAt is listening at an address, and returns what the monitor says in the end too.
func listeningAt(t *testing.T, address string, args ...string) (url string, said func() string, end func() (code int)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	notes, w := io.Pipe()
	var all strings.Builder
	done := make(chan struct{})
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, append(args, "--listen", address, "--interval", "0.1"), io.Discard, w)
		w.Close()
	}()
	lines := bufio.NewScanner(notes)
	for url == "" && lines.Scan() {
		fmt.Fprintln(&all, lines.Text())
		url = regexp.MustCompile(`http://[0-9.:\[\]]+/metrics`).FindString(lines.Text())
	}
	go func() {
		defer close(done)
		for lines.Scan() {
			fmt.Fprintln(&all, lines.Text())
		}
	}()
	if url == "" {
		t.Fatal("the monitor ended without saying where its metrics are")
	}
	said = func() string { <-done; return all.String() } // after the end
	return url, said, func() int { cancel(); return <-exit }
}

// metrics waits for a row to be shown.
func metrics(t *testing.T, url string) string {
	t.Helper()
	for range 100 {
		r, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(body), "\ngregaria_machine_cpu_ratio ") {
			return string(body)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no row is shown after 5 s")
	return ""
}

func TestListenBesideTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	url, end := listening(t, "--output", path)
	shown := metrics(t, url)
	if code := end(); code != exitcode.OK {
		t.Errorf("monitor = %d, want 0", code)
	}
	for _, want := range []string{`gregaria_build_info{command="monitor"`, "\ngregaria_machine_memory_total_bytes ", "\ngregaria_monitor_rss_bytes "} {
		if !strings.Contains(shown, want) {
			t.Errorf("the metrics have no %q", want)
		}
	}
	rows := read(t, path)
	if len(rows) == 0 {
		t.Fatal("the file has no row")
	}
	if _, ok := rows[0].Value(resource.CPUPercent); !ok {
		t.Error("the first row has no CPU_Percent: somebody else read the counters in between")
	}
	if _, err := http.Get(url); err == nil {
		t.Error("the metrics are there after the end")
	}
}

func TestListenWithoutFile(t *testing.T) {
	t.Chdir(t.TempDir())
	url, end := listening(t, "--no-csv")
	metrics(t, url)
	if code := end(); code != exitcode.OK {
		t.Errorf("monitor = %d, want 0", code)
	}
	if files, err := os.ReadDir("."); len(files) != 0 || err != nil {
		t.Errorf("--no-csv left %v, %v", files, err)
	}
}

func TestListenAddressTaken(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	code, _, stderr := monitor(t.Context(), "--output", path, "--listen", taken.Addr().String())
	if code != exitcode.NotReady || !strings.Contains(stderr, "--listen: serve metrics at "+taken.Addr().String()) {
		t.Errorf("monitor = %d, %q, want %d and which address", code, stderr, exitcode.NotReady)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is there (%v), want nothing begun", err)
	}
}
