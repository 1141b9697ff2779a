package cli

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zeromq/goczmq"

	"gregaria/internal/exitcode"
	"gregaria/internal/locusttest"
)

func TestBadArguments(t *testing.T) {
	tests := []struct {
		args   []string
		env    map[string]string
		code   int
		says   string
		reason string
	}{
		{[]string{"--master-port=0"}, nil, exitcode.Usage, "--master-port=0", "no such port"},
		{[]string{"--master-port=x"}, nil, exitcode.Usage, "--master-port", "not a number"},
		{[]string{"--master-host="}, nil, exitcode.Usage, "--master-host", "empty"},
		{[]string{"--compiled", "--bogus"}, nil, exitcode.Usage, "--bogus", "unknown flag"},
		{[]string{"-f", "locustfile.py"}, nil, exitcode.Usage, "locustfile.py", "Python, which it does not run"},
		{[]string{"--processes=-2"}, nil, exitcode.Usage, "--processes=-2", "fewer than no process"},
		{[]string{"--isolates=4"}, nil, exitcode.Usage, "--processes=4", "a flag of former times"},
		{nil, map[string]string{"GREGARIA_ISOLATES": "2"}, exitcode.Usage, "--processes=2", "the same in the environment"},
		{[]string{"--request-log-sample=1%"}, nil, exitcode.Usage, "--request-log-sample says how much of --request-log", "a sample of nothing"},
		{[]string{"--request-log=x", "--request-log-sample=0.01"}, nil, exitcode.Usage, "--request-log-sample=0.01: it must be percents", "a share without its unit"},
		{[]string{"--request-log="}, nil, exitcode.Usage, "--request-log is empty", "no name"},
		{[]string{"--request-log=-"}, nil, exitcode.Usage, "--request-log=-: standard output has what users print", "no file"},
		{[]string{"--request-log=cli_test.go"}, nil, exitcode.Usage, "--request-log cli_test.go: the file is not empty", "something else"},
		{[]string{"--request-log=/nowhere/x.jsonl"}, nil, exitcode.Output, "--request-log /nowhere/x.jsonl: open", "cannot be written"},
		{[]string{"--compiled", "extra"}, nil, exitcode.Usage, "extra", "an argument that means nothing"},
		{[]string{"-L", "LOUD"}, nil, exitcode.Usage, "LOUD", "unknown level"},
		{[]string{"--logfile=/nowhere/x.log"}, nil, exitcode.Output, "/nowhere/x.log", "cannot be written"},
		{nil, map[string]string{"LOCUST_MASTER_NODE_PORT": "99999"}, exitcode.Usage, "99999", "from the environment"},
		{[]string{"--stream-data=choices"}, nil, exitcode.Usage, "does not begin with $", "no path"},
		{nil, map[string]string{"GREGARIA_STREAM_DATA": "$.a,"}, exitcode.Usage, "--stream-data", "no second path, in the environment"},
		{[]string{"--stream-data=$.a", "--no-timings"}, nil, exitcode.Usage, "--no-timings", "what of nothing is measured"},
		{nil, map[string]string{"GREGARIA_REPORT_INTERVAL": "-1"}, exitcode.Usage, "seconds above 0", "a negative interval"},
		{nil, map[string]string{"GREGARIA_REPORT_INTERVAL": "NaN"}, exitcode.Usage, "seconds above 0", "not a number"},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			for k, v := range tt.env {
				t.Setenv(k, v)
			}
			var out, errs bytes.Buffer
			if got := (Program{}).run(t.Context(), tt.args, &out, &errs); got != tt.code {
				t.Errorf("exit code = %d, want %d", got, tt.code)
			}
			if lines := strings.Count(errs.String(), "\n"); lines != 1 || !strings.Contains(errs.String(), tt.says) {
				t.Errorf("standard error = %q, want one line with %q", errs.String(), tt.says)
			}
		})
	}
}

func TestHelpAndVersion(t *testing.T) {
	for _, arg := range []string{"--help", "--version"} {
		var out, errs bytes.Buffer
		if got := (Program{}).run(t.Context(), []string{arg}, &out, &errs); got != exitcode.OK || errs.Len() > 0 || out.Len() == 0 {
			t.Errorf("%s: exit code %d, %d bytes out, %q", arg, got, out.Len(), errs.String())
		}
		if strings.Contains(out.String(), "GREGARIA_SEED") || strings.Contains(out.String(), "INTERVAL") {
			t.Errorf("%s shows the settings of tests", arg)
		}
		if arg == "--help" && !strings.Contains(out.String(), "255") {
			t.Errorf("--help does not list the exit codes")
		}
	}
}

func TestNoLocustfile(t *testing.T) {
	t.Setenv("GREGARIA_CONNECT_TIMEOUT", "0.02")
	t.Setenv("GREGARIA_CONNECT_RETRY_COUNT", "3")
	var out, errs bytes.Buffer
	if got := (Program{}).run(t.Context(), []string{"-f", "-", "--master-port", "1"}, &out, &errs); got != exitcode.Failed {
		t.Errorf("exit code = %d, want 1 as Locust's worker", got)
	}
	if !strings.Contains(errs.String(), "no locustfile from the master: gave up after 60ms") {
		t.Errorf("standard error = %q", errs.String())
	}
}

func TestNoMaster(t *testing.T) {
	t.Setenv("GREGARIA_CONNECT_TIMEOUT", "0.02")
	t.Setenv("GREGARIA_CONNECT_RETRY_COUNT", "3")
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	var out, errs bytes.Buffer
	if got := (Program{}).run(t.Context(), []string{"--master-port", port}, &out, &errs); got != exitcode.NoMaster {
		t.Errorf("exit code = %d, want 255 as Locust's worker", got)
	}
	if !strings.Contains(errs.String(), "no answer from the master at 127.0.0.1:"+port) {
		t.Errorf("standard error = %q, want the master's address", errs.String())
	}
}

// TestSignalEndsCleanly runs a worker with a ROUTER as its master and ends it as SIGTERM does.
func TestSignalEndsCleanly(t *testing.T) {
	sock := goczmq.NewSock(goczmq.Router)
	defer sock.Destroy()
	port, err := sock.Bind("tcp://127.0.0.1:*")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	code := make(chan int, 1)
	logfile := filepath.Join(t.TempDir(), "worker.log")
	go func() {
		var out, errs bytes.Buffer
		args := []string{"--compiled", "--logfile", logfile, "--master-port", strconv.Itoa(port)}
		code <- (Program{}).run(ctx, args, &out, &errs)
	}()
	id, ready := receive(t, sock)
	if ready.Type != "client_ready" || !regexp.MustCompile(`^\S+_[0-9a-f]{32}$`).MatchString(ready.NodeID) || id != ready.NodeID {
		t.Errorf("first message %s of %s from %s, want client_ready of <host>_<32 hex>", ready.Type, ready.NodeID, id)
	}
	for sock.SendFrame([]byte(id), goczmq.FlagMore) != nil {
	}
	for sock.SendFrame(locusttest.Encode("ack", map[string]any{"index": 0}, id), goczmq.FlagNone) != nil {
	}
	for _, m := receive(t, sock); m.Type != "stats"; _, m = receive(t, sock) {
	}
	cancel()
	last := ""
	for last != "quit" {
		_, m := receive(t, sock)
		last = m.Type
	}
	if got := <-code; got != exitcode.OK {
		t.Errorf("exit code = %d, want 0", got)
	}
	log, err := os.ReadFile(logfile)
	if err != nil || !regexp.MustCompile(`(?m)^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] \S+/INFO/gregaria.worker: Worker stopped$`).Match(log) {
		t.Errorf("log (%v):\n%s", err, log)
	}
}

func receive(t *testing.T, sock *goczmq.Sock) (id string, m locusttest.Message) {
	t.Helper()
	var parts [][]byte
	for deadline := time.Now().Add(30 * time.Second); len(parts) < 2; {
		if time.Now().After(deadline) {
			t.Fatal("no message within 30 s")
		}
		if goczmq.Events(sock)&goczmq.Pollin == 0 {
			time.Sleep(time.Millisecond)
		} else if part, _, err := sock.RecvFrame(); err == nil {
			parts = append(parts, part)
		}
	}
	m, err := locusttest.Decode(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	return string(parts[0]), m
}
