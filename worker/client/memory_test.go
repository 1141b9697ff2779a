package client

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"sync"
	"testing"
	"time"

	"gregaria/worker/user"
)

// serveEnv makes the test binary a server in a process of its own, so that only the users are measured.
const serveEnv = "GREGARIA_TEST_SERVER"

func TestMain(m *testing.M) {
	if os.Getenv(serveEnv) != "" {
		serveUntilEnd()
		return
	}
	os.Exit(m.Run())
}

// resident is the process's resident memory in bytes.
func resident(b *testing.B) int64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		b.Skip(err)
	}
	n, err := strconv.ParseInt(string(bytes.Fields(data)[1]), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return n * int64(os.Getpagesize())
}

type waiter struct{ http *Session }

// BenchmarkWaitingUser measures what a user costs who has made a request, keeps its connection and waits: 10,000 of them.
func BenchmarkWaitingUser(b *testing.B) {
	const users = 10_000
	url := otherProcess(b)
	before := resident(b)
	ctx, cancel := context.WithCancel(context.Background())
	stopping := make(chan struct{})
	var asked, ended sync.WaitGroup
	class := user.Scenario[waiter]{
		Name: "Waiter", Wait: user.Constant(time.Hour),
		New: func(env *user.Env) *waiter { return &waiter{New(env)} },
		Tasks: []user.Task[waiter]{{Name: "ask", Run: func(w *waiter, ctx context.Context) error {
			defer asked.Done()
			if resp := w.http.Get(ctx, "/"); !resp.OK() {
				return resp.Err
			}
			return nil
		}}},
	}.Class()
	report := func(e user.Exception) { b.Error(e.Message) }
	for range users {
		asked.Add(1)
		ended.Go(func() {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			env := &user.Env{Class: class.Name, Host: url, Stopping: stopping, Done: ctx, Recorder: &discard{}, Report: report}
			defer env.Exit()
			class.Run(ctx, env)
		})
	}
	asked.Wait()
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(resident(b)-before)/float64(users), "B/user-at-once")
	for range 3 { // what a minute of load does: buffers leave their pools, stacks shrink
		time.Sleep(100 * time.Millisecond)
		runtime.GC()
	}
	debug.FreeOSMemory()
	b.ReportMetric(float64(resident(b)-before)/float64(users), "B/user")
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.StackInuse)/float64(users), "B/user-stack")
	b.ReportMetric(float64(m.HeapAlloc)/float64(users), "B/user-heap")
	close(stopping)
	cancel()
	ended.Wait()
}

func otherProcess(b *testing.B) string {
	b.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), serveEnv+"=1")
	cmd.Stderr = os.Stderr
	in, _ := cmd.StdinPipe()
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.Fatal(err)
	}
	return line[:len(line)-1]
}

// serveUntilEnd serves until standard input ends.
func serveUntilEnd() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	go func() {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"status":"ok"}`) }))
	}()
	fmt.Println("http://" + l.Addr().String())
	_, _ = os.Stdin.Read(make([]byte, 1))
}
