//go:build e2e

package e2e

import (
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/terminaltest"
)

// A terminal has a program in it.
type terminal struct {
	cmd    *exec.Cmd
	mu     sync.Mutex // guards screen
	screen *terminaltest.Screen
	done   chan error
	press  func(keys string)
	size   func(columns, rows int)
}

// startIn starts loadtest in a terminal.
func startIn(t *testing.T, columns, rows int, env []string, args ...string) *terminal {
	t.Helper()
	ours, end, err := terminaltest.Open(columns, rows)
	if err != nil {
		t.Skip(err)
	}
	w := &terminal{cmd: exec.Command(program("loadtest"), args...), screen: terminaltest.New(columns, rows, false), done: make(chan error, 1)}
	w.cmd.Env = append(plainEnvironment(), env...)
	w.cmd.Stdin, w.cmd.Stdout, w.cmd.Stderr = ours, ours, ours
	w.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true, Pdeathsig: syscall.SIGKILL}
	w.press = func(keys string) { _, _ = end.WriteString(keys) }
	w.size = func(columns, rows int) {
		w.mu.Lock()
		defer w.mu.Unlock()
		if err := terminaltest.SetSize(end, columns, rows); err != nil {
			t.Error(err)
		}
		w.screen.Resize(columns, rows)
	}
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ours.Close()
	read := make(chan struct{})
	go func() {
		defer close(read)
		data := make([]byte, 64<<10)
		for {
			n, err := end.Read(data) // an error when the program has ended
			w.mu.Lock()
			_, _ = w.screen.Write(data[:n])
			w.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	go func() {
		err := w.cmd.Wait()
		<-read
		w.done <- err
	}()
	t.Cleanup(func() {
		_ = w.cmd.Process.Kill()
		<-read
		end.Close()
		if t.Failed() {
			t.Logf("the screen:\n%s", w.text())
		}
	})
	return w
}

func (w *terminal) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.screen.Text()
}

// await waits until the screen shows what a pattern means.
func (w *terminal) await(t *testing.T, pattern string, limit time.Duration) {
	t.Helper()
	for deadline := time.Now().Add(limit); !regexp.MustCompile(pattern).MatchString(w.text()); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the screen has no %q after %s", pattern, limit)
		}
	}
}

// TestSessionScreen: a session in a terminal shows each test as it goes on, leaves its results on the screen, and then waits for the next.
func TestSessionScreen(t *testing.T) {
	t.Parallel()
	port := freePort(t)
	w := startIn(t, 100, 150, []string{"TERM=xterm", "LANG=C.UTF-8", "NO_COLOR=1"},
		"--demo", "--ui", "--locust", locust(t), "--locustfile", repository(t, "locustfile.py"), "--output-dir", t.TempDir(),
		"--master-port", freePort(t), "--web-port", port, "--settle", "0", "--stop-timeout", "1")
	const waiting = "wait for a test to be started in the web UI"
	w.await(t, `(?m)^web UI at http(?s:.*)^`+waiting+` \.\.\.$`, 2*time.Minute)
	host := regexp.MustCompile(`"host": "(http://127[^"]+)"`)
	web := webUI{base: "http://127.0.0.1:" + port}
	at := host.FindSubmatch(web.get(t, "/"))
	if at == nil {
		t.Fatal("the form has no host")
	}
	web.post(t, "/swarm", url.Values{"user_count": {"5"}, "spawn_rate": {"5"}, "host": {string(at[1])}})
	w.await(t, `(?m)^run test 1, (ramp|steady)  0:(?s:.*)^users +5 +`, time.Minute)
	web.stop(t)
	w.await(t, `(?m)^PASSED: all \d+ requests succeeded; stopped after \d+ s \(exit code 0\)$(?s:.*)^`+waiting+` \.\.\.$`, time.Minute)
	text := w.text()
	for pattern, want := range map[string]int{`(?m)^run test 1 +\d+\.\d s$`: 1, `(?m)^users  `: 0, `requests/s  `: 0, `(?m)^test 1: 5 users, 5 a second, until somebody stops it, against http`: 1} {
		if n := len(regexp.MustCompile(pattern).FindAllString(text, -1)); n != want {
			t.Errorf("after the test there is %d times %q, want %d:\n%s", n, pattern, want, text)
		}
	}
	w.press("\x03")
	if err := <-w.done; err != nil {
		t.Errorf("loadtest ended with %v, want exit code 0", err)
	}
	if text := strings.TrimSpace(w.text()); !strings.HasSuffix(text, "\n\n1 test: 1 passed") {
		t.Errorf("the screen ends with %q", text[max(0, len(text)-200):])
	}
}

// TestScreen: loadtest in a terminal shows the moment, in a window that is dragged about, and Ctrl-C leaves a clean screen: steps, notes, results.
func TestScreen(t *testing.T) {
	t.Parallel()
	w := startIn(t, 100, 40, []string{"TERM=xterm", "LANG=C.UTF-8", "NO_COLOR=1"},
		"--demo", "--locust", locust(t), "--locustfile", repository(t, "locustfile.py"), "--output-dir", t.TempDir(),
		"--master-port", freePort(t), "--web-port", freePort(t), "--duration", "120", "--settle", "0")
	w.await(t, `start the master +\d+\.\d s\n(?s:.*)web UI at http`, time.Minute)
	w.await(t, `requests/s +[1-9][0-9.]* +[▁-█]+ +memory +\d+\.\d GB`, 30*time.Second)
	if text := w.text(); regexp.MustCompile(`(?m)^[1-9]\d* requests, `).MatchString(text) && regexp.MustCompile(`requests/s +0\.0`).MatchString(text) {
		t.Errorf("there are requests, and none a second")
	}
	w.await(t, `p95 +[\d.]+ m?s +[▁-█]+ +RSS +\d+ MB`, 10*time.Second)
	for _, size := range [][2]int{{70, 40}, {45, 30}, {110, 50}} {
		w.size(size[0], size[1])
		time.Sleep(2500 * time.Millisecond)
		text := w.text()
		for _, once := range []string{"run the load", "users ", "requests/s"} {
			if n := strings.Count(text, once); n != 1 {
				t.Errorf("%d times %q in a window of %v:\n%s", n, once, size, text)
			}
		}
	}
	w.press("\x03")
	select {
	case <-w.done:
	case <-time.After(time.Minute):
		t.Fatal("loadtest does not end")
	}
	if code := w.cmd.ProcessState.ExitCode(); code != exitcode.Interrupted {
		t.Errorf("exit code %d, want %d", code, exitcode.Interrupted)
	}
	text := w.text()
	for pattern, want := range map[string]int{
		`(?m)^run the load +\d+\.\d s$`: 1, `(?m)^stop the load +\d+\.\d s$`: 1, `requests/s  `: 0, `\^C`: 0, `(?m)^INCOMPLETE: interrupted by SIGINT \(exit code 130\)$`: 1,
	} {
		if n := len(regexp.MustCompile(pattern).FindAllString(text, -1)); n != want {
			t.Errorf("at the end there is %d times %q, want %d", n, pattern, want)
		}
	}
	if strings.ContainsAny(text, "\x1b\a") || !w.screen.CursorShown() {
		t.Errorf("the cursor is hidden, or there is a control character")
	}
}
