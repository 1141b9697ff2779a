package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
)

func TestServesUntilStopped(t *testing.T) {
	t.Setenv("TARGET_LATENCY", "1ms")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	reader, stdout := io.Pipe()
	exit := make(chan int, 1)
	go func() {
		exit <- run(ctx, []string{"--listen", "127.0.0.1:0"}, stdout, t.Output())
		stdout.Close()
	}()

	lines := bufio.NewScanner(reader)
	lines.Scan()
	url, ok := strings.CutPrefix(lines.Text(), "listening on ")
	if !ok || !regexp.MustCompile(`^http://127\.0\.0\.1:[1-9]\d*$`).MatchString(url) {
		t.Fatalf("first line = %q, want the URL", lines.Text())
	}
	if got := get(t, url+"/settings"); !strings.Contains(got, `"latency":"1ms"`) {
		t.Errorf("settings = %s, want the latency of TARGET_LATENCY", got)
	}
	get(t, url+"/health")
	get(t, url+"/health")
	stop()
	lines.Scan()
	if got, want := lines.Text(), "served 2 requests"; got != want {
		t.Errorf("last line = %q, want %q", got, want)
	}
	if lines.Scan() {
		t.Errorf("one more line: %q", lines.Text())
	}
	if got := <-exit; got != exitcode.OK {
		t.Errorf("exit code = %d, want %d", got, exitcode.OK)
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestRefusesInOneLine(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, test := range []struct {
		reason string
		args   []string
		code   int
		want   string
	}{
		{"a flag that is not there", []string{"--fox"}, exitcode.Usage, "unknown flag --fox"},
		{"an argument", []string{"fox"}, exitcode.Usage, "unexpected argument fox"},
		{"a rate above 1", []string{"--error-rate=2"}, exitcode.Usage, "error-rate 2 is not from 0 to 1"},
		{"a size that is not one", []string{"--hold=fox"}, exitcode.Usage, `"fox" is not a size`},
		{"a duration without unit", []string{"--latency=20"}, exitcode.Usage, "--latency"},
		{"an address without port", []string{"--listen=localhost"}, exitcode.Usage, "not HOST:PORT"},
		{"a taken port", []string{"--listen", taken.Addr().String()}, exitcode.NotReady, "address already in use"},
	} {
		var stdout, stderr strings.Builder
		code := run(t.Context(), test.args, &stdout, &stderr)
		if code != test.code || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%s: run(%q) = %d, %q, want %d, %q", test.reason, test.args, code, stderr.String(), test.code, test.want)
		}
		if got := strings.Count(stderr.String(), "\n"); got != 1 || stdout.Len() > 0 {
			t.Errorf("%s: %d lines on stderr and %q on stdout, want 1 and nothing", test.reason, got, stdout.String())
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	var stdout strings.Builder
	if code := run(t.Context(), []string{"--help"}, &stdout, t.Output()); code != exitcode.OK {
		t.Errorf("run(--help) = %d, want 0", code)
	}
	for _, want := range []string{"$TARGET_ERROR_RATE", "127.0.0.1:8000", "Exit codes"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("the help does not say %q:\n%s", want, stdout.String())
		}
	}
}

// A broken is a standard output that nobody reads.
type broken struct{}

// Write refuses everything.
func (broken) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestUnreadOutput(t *testing.T) {
	t.Parallel()
	var stderr strings.Builder
	code := run(t.Context(), []string{"--listen=127.0.0.1:0"}, broken{}, &stderr)
	if code != exitcode.Output || !strings.Contains(stderr.String(), "standard output: broken pipe") {
		t.Errorf("run with a broken stdout = %d, %q, want %d and why", code, stderr.String(), exitcode.Output)
	}
}
