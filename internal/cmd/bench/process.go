package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// machine says what the numbers were measured on.
func machine() string {
	model := "unknown processor"
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
				model = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%d cores of %s, %s, %s/%s", runtime.NumCPU(), model, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// A server is the target of all runs.
type server struct {
	cmd *exec.Cmd
	url string
}

func startTarget(s settings) (*server, error) {
	cmd := exec.Command(s.bin+"/target", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("the target says nothing: %w", err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	return &server{cmd, strings.TrimSpace(strings.TrimPrefix(line, "listening on "))}, nil
}

func (t *server) stop() { end(t.cmd) }

// served is how many requests the target has served.
func (t *server) served() (int, error) {
	var answer struct{ Total int }
	return answer.Total, get(t.url+"/served", &answer)
}

// end asks a process to end and waits for it.
func end(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait()
}

// A master is a stock Locust master.
type master struct {
	cmd  *exec.Cmd
	port int
	web  string
}

// startMaster starts one with its web UI, for the given user classes.
func startMaster(s settings, host string, classes ...string) (*master, error) {
	port, webPort := freePort(), freePort()
	args := []string{
		"-f", "internal/cmd/bench/locustfile.py", "--master", "--master-bind-host", "127.0.0.1",
		"--master-bind-port", strconv.Itoa(port), "-H", host,
		"--web-host", "127.0.0.1", "--web-port", strconv.Itoa(webPort),
	}
	cmd := exec.Command(s.locust, append(args, classes...)...)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &master{cmd: cmd, port: port, web: fmt.Sprintf("http://127.0.0.1:%d", webPort)}, nil
}

func (m *master) stop() { end(m.cmd) }

// ready waits until n workers are connected.
func (m *master) ready(ctx context.Context, n int) error {
	return until(ctx, time.Minute, func() bool {
		var answer struct {
			Count int `json:"worker_count"`
		}
		return get(m.web+"/worker-count", &answer) == nil && answer.Count == n
	})
}

func (m *master) swarm(users, rate int) error {
	form := url.Values{"user_count": {strconv.Itoa(users)}, "spawn_rate": {strconv.Itoa(rate)}}
	return post(m.web+"/swarm", form)
}

func (m *master) halt() error { return post(m.web+"/stop", nil) }

// A total is the Aggregated row of the master's statistics.
type total struct {
	Requests int     `json:"num_requests"`
	Failures int     `json:"num_failures"`
	Median   float64 `json:"median_response_time"`
	P95      float64 `json:"response_time_percentile_0.95"`
	Max      float64 `json:"max_response_time"`
}

func (m *master) total() (total, error) {
	time.Sleep(2100 * time.Millisecond) // the master's answer is cached for 2 s
	var answer struct{ Stats []total }
	if err := get(m.web+"/stats/requests", &answer); err != nil {
		return total{}, err
	}
	if len(answer.Stats) == 0 {
		return total{}, fmt.Errorf("the master has no statistics")
	}
	return answer.Stats[len(answer.Stats)-1], nil
}

func freePort() int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func get(url string, into any) error {
	resp, err := http.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

func post(url string, form url.Values) error {
	resp, err := http.PostForm(url, form)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var answer struct {
		Success bool
		Message string
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return err
	}
	if !answer.Success {
		return fmt.Errorf("%s: %s", url, answer.Message)
	}
	return nil
}

// until waits for something to become true.
func until(ctx context.Context, limit time.Duration, ok func() bool) error {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return fmt.Errorf("not within %v", limit)
}
