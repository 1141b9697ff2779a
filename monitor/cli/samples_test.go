package cli

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
	"gregaria/monitor/internal/samples"
)

const secret = "s3cr3t-0123456789"

// get asks with a token, "" for none.
func get(t *testing.T, url, token string) (code int, body []byte, header http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err = io.ReadAll(answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, body, answer.Header
}

// TestSamplesAreTheFile: what a client collects is what the file has, row by row and cell by cell.
func TestSamplesAreTheFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "metrics.csv")
	url, end := listening(t, "--output", path)
	base := strings.TrimSuffix(url, "/metrics")
	var collected []map[string]any
	since := "0"
	for deadline := time.Now().Add(20 * time.Second); len(collected) < 5 && time.Now().Before(deadline); time.Sleep(30 * time.Millisecond) {
		code, body, _ := get(t, base+samples.Path+"?since="+since, "")
		if code != http.StatusOK {
			t.Fatalf("GET %s = %d, %s", samples.Path, code, body)
		}
		for line := range strings.Lines(string(body)) {
			var row map[string]any
			lines := json.NewDecoder(strings.NewReader(line))
			lines.UseNumber()
			if err := lines.Decode(&row); err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			collected = append(collected, row)
			since = row[resource.Timestamp].(json.Number).String()
		}
	}
	var columns samples.Columns
	if _, body, _ := get(t, base+samples.ColumnsPath, ""); json.Unmarshal(body, &columns) != nil || columns.Interval != 0.1 {
		t.Errorf("GET %s = %s", samples.ColumnsPath, body)
	}
	if code := end(); code != exitcode.OK {
		t.Errorf("monitor = %d, want 0", code)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	if got := strings.Join(columns.Columns, ","); got != lines[0] {
		t.Errorf("columns = %s, want the header %s", got, lines[0])
	}
	if len(collected) < 5 {
		t.Fatalf("%d rows collected, want 5", len(collected))
	}
	for i, row := range collected {
		var cells []string
		for _, column := range columns.Columns {
			switch value := row[column].(type) {
			case nil:
				cells = append(cells, "")
			case json.Number:
				cells = append(cells, value.String())
			case string:
				cells = append(cells, value)
			}
		}
		if got := strings.Join(cells, ","); got != lines[1+i] {
			t.Errorf("row %d = %s, want as in the file: %s", i, got, lines[1+i])
		}
	}
}

func TestTokenGuardsSamples(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--token", secret}, {"--token-file", file}} {
		for _, address := range []string{":0", "0.0.0.0:0"} {
			url, said, end := listeningAt(t, address, append(args, "--no-csv")...)
			base := strings.TrimSuffix(strings.Replace(url, "[::]", "127.0.0.1", 1), "/metrics")
			for _, path := range []string{samples.Path, samples.ColumnsPath, samples.ClockPath} {
				if code, body, _ := get(t, base+path, ""); code != http.StatusUnauthorized || strings.Contains(string(body), "Timestamp") {
					t.Errorf("GET %s without the token = %d, %s, want %d", path, code, body, http.StatusUnauthorized)
				}
				if code, body, _ := get(t, base+path, secret); code != http.StatusOK {
					t.Errorf("GET %s with the token = %d, %s, want 200", path, code, body)
				}
			}
			for _, path := range []string{"/metrics", "/healthz"} {
				if code, body, _ := get(t, base+path, ""); code != http.StatusOK || strings.Contains(string(body), secret) {
					t.Errorf("GET %s without the token = %d, %s, want 200", path, code, body)
				}
			}
			if end(); strings.Contains(said(), secret) || strings.Contains(said(), "not served") {
				t.Errorf("the monitor says %q, want nothing of the token", said())
			}
		}
	}
}

func TestNoSamplesForOthersWithoutAToken(t *testing.T) {
	t.Parallel()
	url, said, end := listeningAt(t, "0.0.0.0:0", "--no-csv")
	base := strings.TrimSuffix(strings.Replace(url, "[::]", "127.0.0.1", 1), "/metrics")
	for _, path := range []string{samples.Path, samples.ColumnsPath, samples.ClockPath} {
		if code, body, _ := get(t, base+path, secret); code != http.StatusForbidden || !strings.Contains(string(body), "GREGARIA_MONITOR_TOKEN") {
			t.Errorf("GET %s = %d, %s, want %d and what to do", path, code, body, http.StatusForbidden)
		}
	}
	metrics(t, base+"/metrics")
	if end(); strings.Count(said(), "/samples is not served beyond loopback without a token; set GREGARIA_MONITOR_TOKEN\n") != 1 {
		t.Errorf("the monitor says %q, want that /samples is not served, and why", said())
	}
}

func TestWrongTokens(t *testing.T) {
	dir := t.TempDir()
	short := filepath.Join(dir, "short")
	if err := os.WriteFile(short, []byte("hunter2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		env  string
		want string
	}{
		{args: []string{"--token", "hunter2"}, want: "the token has fewer than 16 characters"},
		{env: "hunter2", want: "the token has fewer than 16 characters"},
		{args: []string{"--token", "hunter2 hunter2 hunter2"}, want: "no space"},
		{args: []string{"--token-file", short}, want: "the token has fewer than 16 characters"},
		{args: []string{"--token-file", filepath.Join(dir, "none")}, want: "--token-file: open "},
		{args: []string{"--token-file", short, "--token", secret}, want: "there is a token already"},
	} {
		if c.env != "" {
			t.Setenv("GREGARIA_MONITOR_TOKEN", c.env)
		}
		code, stdout, stderr := monitor(t.Context(), append(c.args, "--no-csv", "--listen", ":0")...)
		if code != exitcode.Usage || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 {
			t.Errorf("monitor %q = %d, %q, want %d, a line with %q", c.args, code, stderr, exitcode.Usage, c.want)
		}
		if strings.Contains(stdout+stderr, "hunter2") || strings.Contains(stdout+stderr, secret) {
			t.Errorf("monitor %q says the token: %q", c.args, stdout+stderr)
		}
		os.Unsetenv("GREGARIA_MONITOR_TOKEN")
	}
	t.Setenv("GREGARIA_MONITOR_TOKEN", secret)
	if _, stdout, stderr := monitor(t.Context(), "--help"); strings.Contains(stdout+stderr, secret) {
		t.Errorf("--help shows the token of the environment: %q", stdout)
	}
}

func TestSamplesBeforeTheBeginning(t *testing.T) {
	t.Parallel()
	w, err := serve(":0", "")
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	answer := httptest.NewRecorder()
	w.answer(answer, httptest.NewRequest(http.MethodGet, samples.Path, nil))
	if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" {
		t.Errorf("GET %s = %d, %v, want %d", samples.Path, answer.Code, answer.Header(), http.StatusServiceUnavailable)
	}
}

// TestFalseClock: ticks and /clock go by the clock that a test sets.
func TestFalseClock(t *testing.T) {
	t.Setenv(clockVariable, "-90s")
	path := filepath.Join(t.TempDir(), "metrics.csv")
	url, said, end := listeningAt(t, ":0", "--output", path)
	before := time.Now()
	_, body, _ := get(t, strings.TrimSuffix(url, "/metrics")+samples.ClockPath, "")
	after := time.Now()
	metrics(t, url)
	end()
	var clock samples.Clock
	if err := json.Unmarshal(body, &clock); err != nil {
		t.Fatal(err)
	}
	const off = 90 * time.Second
	times := []int64{before.Add(-off).UnixNano(), clock.ReceiveNS, clock.TransmitNS, after.Add(-off).UnixNano()}
	if !slices.IsSorted(times) {
		t.Errorf("times = %d, want question, receive, transmit, answer in this order", times)
	}
	rows := read(t, path)
	if len(rows) == 0 || rows[0].Timestamp < float64(before.Add(-off-time.Minute/2).Unix()) || rows[len(rows)-1].Timestamp > float64(time.Now().Add(-off+time.Second).Unix()) {
		t.Errorf("%d rows, want them 90 s behind", len(rows))
	}
	if !strings.Contains(said(), "every Timestamp is wrong by -1m30s, for a test: GREGARIA_MONITOR_TEST_CLOCK_OFFSET is set") {
		t.Errorf("the monitor says %q, want that its clock is false", said())
	}
	t.Setenv(clockVariable, "3")
	if code, _, stderr := monitor(t.Context(), "--output", path+".2"); code != exitcode.Usage || !strings.Contains(stderr, clockVariable) {
		t.Errorf("monitor = %d, %q, want %d and the variable", code, stderr, exitcode.Usage)
	}
}
