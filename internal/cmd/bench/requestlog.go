package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// requestLog prints what a line for every request costs.
func requestLog(ctx context.Context, s settings) error {
	return compare(ctx, s, "GET, small JSON", []peer{
		{"worker --request-log", logging("requests.jsonl")},
		{"worker", logging("")},
		{"worker --request-log requests.csv", logging("requests.csv")},
		{"worker --request-log --request-log-sample 1%", logging("requests.jsonl", "--request-log-sample", "1%")},
	})
}

// logging is a worker that runs the master's locustfile and logs its requests; "" is one that does not.
func logging(name string, more ...string) func(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
	return func(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
		dir, err := os.MkdirTemp("", "bench")
		if err != nil {
			return 0, err
		}
		defer os.RemoveAll(dir)
		var words []string
		if name != "" {
			words = append([]string{"--request-log", filepath.Join(dir, name)}, more...)
		}
		return underMaster(ctx, s, host, d, "BenchUser", 1, func(port int) *exec.Cmd {
			return exec.Command(s.bin+"/worker", append([]string{"--master-port", strconv.Itoa(port)}, words...)...)
		})
	}
}
