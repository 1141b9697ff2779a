//go:build e2e

package e2e

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/boomertest"
)

// TestBoomerExamples runs boomer's own examples, moved over by their import, against a stock master: what a server has
// answered is in its statistics. (metrics/main.go compiles with neither: it asks boomer for an output that boomer does not have;
// grpc, etcd and gopher-lua need modules of others; custom_message records nothing.)
func TestBoomerExamples(t *testing.T) {
	t.Parallel()
	flags := func(more func(b *backend) []string) func(*master, *backend) []string {
		return func(m *master, b *backend) []string {
			return append([]string{"--master-host=127.0.0.1", "--master-port=" + m.port}, more(b)...)
		}
	}
	none := func(*master, *backend) []string { return nil }
	for _, tt := range []struct {
		example string
		flags   func(m *master, b *backend) []string
		served  bool // by the backend
	}{
		{"http/client.go", flags(func(b *backend) []string { return []string{"--url=" + b.url} }), true},
		{"fasthttp/client.go", flags(func(b *backend) []string { return []string{"--url=" + b.url} }), true},
		{"tcp/client.go", flags(func(b *backend) []string {
			host, port, _ := net.SplitHostPort(b.tcp)
			return []string{"--host=" + host, "--port=" + port}
		}), true},
		{"udp/udp_perf_proxy.go", flags(func(b *backend) []string {
			return []string{"--backend-addr=" + b.udp, "--proxy-host=127.0.0.1", "--proxy-port=" + copied(t, freePort(t))}
		}), true},
		{"events/subscriber.go", flags(func(*backend) []string { return nil }), false},
		{"default/main.go", flags(func(*backend) []string { return nil }), false},
		{"main.go", none, false},
		{"taskset/weighing.go", none, false},
		{"ratelimit/maxrps/main.go", none, false},
		{"ratelimit/rampup/main.go", none, false},
	} {
		t.Run(tt.example, func(t *testing.T) {
			t.Parallel()
			b := startBackend(t, 20*time.Millisecond)
			m := gopherMaster(b, "--headless", "--expect-workers=1", "--users=10", "--spawn-rate=10", "--run-time=5").start(t)
			path, err := boomertest.BuildExample(root, os.Getenv(binVariable), tt.example, m.port, boomertest.Ours)
			if err != nil {
				t.Fatal(err)
			}
			w := start(t, command{name: tt.example, path: path, args: tt.flags(m, b)})
			<-m.done
			if strings.HasPrefix(tt.example, "ratelimit") { // these two wait for nothing else
				w.signal(syscall.SIGTERM)
			}
			w.awaitEnd(t, 10*time.Second)
			known, served := parseSummary(t, m.output.String())[aggregated].Requests, b.counted().Total
			t.Logf("| %s | %d | %d |", tt.example, served, known)
			if known < 50 || tt.served && known != served {
				t.Errorf("requests in the statistics = %d, want at least 50, and the %d that were served", known, served)
			}
			if code := w.cmd.ProcessState.ExitCode(); code != 0 || strings.Contains(w.output.String(), "WARN: ") != strings.HasPrefix(tt.example, "udp") {
				t.Errorf("exit code %d, want 0; the log warns only of tasks that never return", code)
			}
		})
	}
}

// copied sends datagrams to a port of this host, as udpcopy does, until the test ends. It returns the port.
func copied(t *testing.T, port string) string {
	t.Helper()
	conn, err := net.Dial("udp", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		for err == nil || !strings.Contains(err.Error(), "closed") {
			_, err = conn.Write([]byte("copy")) // refused until the program listens
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return port
}
