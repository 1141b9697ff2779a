package process

import (
	"context"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// python runs a script until the test ends, and returns its process once it has said something.
func python(t *testing.T, script string, arguments ...string) (pid int, said string) {
	t.Helper()
	name, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("this machine has no python3")
	}
	return start(t, append([]string{name, "-c", script}, arguments...)...)
}

func start(t *testing.T, command ...string) (pid int, said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), command[0], command[1:]...)
	input, err := cmd.StdinPipe() // the script ends with the test: it reads until then
	if err != nil {
		t.Fatal(err)
	}
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		input.Close()
		cmd.Process.Kill()
		cmd.Wait()
	})
	line := make([]byte, 200)
	n, err := output.Read(line)
	if err != nil {
		t.Fatalf("%q says nothing: %v", command, err)
	}
	return cmd.Process.Pid, strings.TrimSpace(string(line[:n]))
}

// eventually looks until a condition holds.
func eventually(t *testing.T, w *Watch, why string, holds func(*Tree) bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		w.Look()
		if holds(w.Tree()) {
			return
		}
	}
	t.Errorf("%s: Tree = %+v", why, *w.Tree())
}

// TestLiveTree: a child that a thread starts while it is watched is in the tree, and leaves it.
func TestLiveTree(t *testing.T) {
	t.Parallel()
	pid, _ := python(t, `
import subprocess, sys, threading
children = []
def run():
    children.append(subprocess.Popen(["sh", "-c", "sleep 60 & echo $!; wait"], stdout=subprocess.PIPE))
print("ready", flush=True)
for line in sys.stdin:
    thread = threading.Thread(target=run)
    thread.start(); thread.join()
`)
	w := New(Choice{PID: pid}, "/proc")
	w.Look()
	if tree := w.Tree(); !slices.Equal(tree.PIDs, []int{pid}) || !slices.Equal(tree.Roots, []int{pid}) {
		t.Fatalf("Tree = %+v, want %d alone", *tree, pid)
	}
	input, err := os.OpenFile("/proc/"+strconv.Itoa(pid)+"/fd/0", os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	if _, err := input.WriteString("start\n"); err != nil {
		t.Fatal(err)
	}
	eventually(t, w, "a child and a grandchild", func(tree *Tree) bool { return len(tree.PIDs) == 3 })
	members := w.Members()
	if len(members) != 3 {
		t.Fatal("no members")
	}
	for _, p := range members { // the root need not be the first: the kernel begins anew with the numbers when it has given the highest away
		if p.PID != pid && (!p.Born || p.Parent == nil) {
			t.Errorf("member %d = %+v, want one that was born in the tree", p.PID, *p)
		}
	}
	child := members[slices.IndexFunc(members, func(p *Process) bool { return p.Parent != nil && p.Parent.PID == pid })]
	grandchild := members[slices.IndexFunc(members, func(p *Process) bool { return p.Parent == child })]
	kill(t, child.PID)
	eventually(t, w, "the grandchild stays when its parent ends", func(tree *Tree) bool {
		return len(tree.PIDs) == 2 && slices.Contains(tree.PIDs, grandchild.PID)
	})
	kill(t, grandchild.PID)
	eventually(t, w, "alone again", func(tree *Tree) bool { return slices.Equal(tree.PIDs, []int{pid}) })
}

func kill(t *testing.T, pid int) {
	t.Helper()
	p, err := os.FindProcess(pid)
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// listener accepts on a port and forks a child that has the socket, too.
const listener = `
import os, socket, sys
family, address = (socket.AF_INET6, "::1") if sys.argv[1] == "6" else (socket.AF_INET, "127.0.0.1")
s = socket.socket(family); s.bind((address, int(sys.argv[2]))); s.listen(5)
os.set_inheritable(s.fileno(), True)
if os.fork() == 0:
    sys.stdin.read(); os._exit(0)
print(s.getsockname()[1], flush=True)
sys.stdin.read()
`

func TestLivePort(t *testing.T) {
	t.Parallel()
	for _, family := range []string{"4", "6"} {
		pid, port := python(t, listener, family, "0")
		number, err := strconv.Atoi(port)
		if err != nil {
			t.Fatal(err)
		}
		w := New(Choice{Port: number}, "/proc")
		w.Look()
		if tree := w.Tree(); !slices.Equal(tree.Roots, []int{pid}) || len(tree.PIDs) != 2 {
			t.Errorf("IPv%s: Tree = %+v, want %d and its child", family, *tree, pid)
		}
	}
}

// TestLivePortOfANamespace: the listener is in a network namespace of its own, on a port that nobody has in ours.
func TestLivePortOfANamespace(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := free.Addr().(*net.TCPAddr).Port
	free.Close()
	name := "gregaria-process-" + strconv.Itoa(os.Getpid())
	for _, command := range []string{"netns add " + name, "-n " + name + " link set lo up"} {
		if out, err := exec.CommandContext(t.Context(), "ip", strings.Fields(command)...).CombinedOutput(); err != nil {
			t.Skipf("no network namespace can be had here: ip %s: %v, %s", command, err, out)
		}
	}
	t.Cleanup(func() { _ = exec.CommandContext(context.Background(), "ip", "netns", "del", name).Run() })
	python3, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("this machine has no python3")
	}
	pid, _ := start(t, "ip", "netns", "exec", name, python3, "-c", listener, "4", strconv.Itoa(port)) // ip becomes the program
	w := New(Choice{Port: port}, "/proc")
	w.Look()
	if tree := w.Tree(); !slices.Equal(tree.Roots, []int{pid}) || len(tree.PIDs) != 2 {
		t.Errorf("Tree = %+v, want %d and its child", *tree, pid)
	}
}

// TestLivePattern: this test has the pattern in no command line but the server's; it is in that of a shell that waits for
// a monitor of ours, in cli's tests.
func TestLivePattern(t *testing.T) {
	t.Parallel()
	pid, _ := python(t, "import sys; print('ready', flush=True); sys.stdin.read()", "the-server-under-test-"+strconv.Itoa(os.Getpid()))
	w := New(Choice{Pattern: regexp.MustCompile(`the-server-under-test-` + strconv.Itoa(os.Getpid()) + "$")}, "/proc")
	w.Look()
	if tree := w.Tree(); !slices.Equal(tree.Roots, []int{pid}) {
		t.Errorf("Tree = %+v, want %d", *tree, pid)
	}
}

// BenchmarkLook is a Look at 20 processes on a machine where new ones come all the time.
func BenchmarkLook(b *testing.B) {
	cmd := exec.CommandContext(b.Context(), "sh", "-c", "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do sleep 600 & done; echo ready; wait")
	output, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	output.Read(make([]byte, 10))
	w := New(Choice{PID: cmd.Process.Pid}, "/proc")
	w.Look()
	defer func() {
		for _, pid := range w.Tree().PIDs {
			if p, err := os.FindProcess(pid); err == nil {
				p.Kill()
			}
		}
		cmd.Wait()
	}()
	if n := len(w.Tree().PIDs); n != 20 {
		b.Fatalf("%d processes, want 20", n)
	}
	b.Run("calm", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w.Look()
		}
	})
	b.Run("20-new-numbers", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w.arrivals.before = w.arrivals.last - 20
			w.Look()
		}
	})
	b.Run("list-of-all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w.arrivals.before = 0
			w.Look()
		}
	})
}

// TestLiveThreads: the threads that a child starts while it is watched are no processes of their own.
func TestLiveThreads(t *testing.T) {
	t.Parallel()
	pid, _ := python(t, `
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", """
import sys, threading, time
print("ready", flush=True)
for i in range(1000):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    time.sleep(0.01)
"""], stdout=subprocess.PIPE)
child.stdout.readline()
print("ready", flush=True)
sys.stdin.read()
child.kill()
`)
	w := New(Choice{PID: pid}, "/proc")
	threads := 0
	for range 20 {
		w.Look()
		time.Sleep(20 * time.Millisecond)
	}
	tree := w.Tree()
	for _, member := range tree.PIDs {
		tasks, _ := os.ReadDir("/proc/" + strconv.Itoa(member) + "/task")
		threads += len(tasks)
	}
	if len(tree.PIDs) != 2 || threads < 5 {
		t.Errorf("%d processes with %d threads, want 2 with some", len(tree.PIDs), threads)
	}
}

// TestLiveCgroup: a cgroup of one's own, in a hierarchy of v1 or in that of v2.
func TestLiveCgroup(t *testing.T) {
	t.Parallel()
	name := "gregaria-process-" + strconv.Itoa(os.Getpid())
	var dir string
	for _, hierarchy := range []string{"/sys/fs/cgroup/cpu", "/sys/fs/cgroup"} {
		if _, err := os.Stat(hierarchy + "/cgroup.procs"); err == nil && os.Mkdir(hierarchy+"/"+name, 0o755) == nil {
			dir = hierarchy + "/" + name
			break
		}
	}
	if dir == "" {
		t.Skip("no cgroup can be made here")
	}
	w := New(Choice{Cgroup: name}, "/proc")
	t.Cleanup(func() { _ = os.Remove(dir) }) // after the process: the last that is begun is cleaned up first
	pid, _ := python(t, "import os, sys; print('ready', flush=True); sys.stdin.read()")
	w.Look()
	if tree := w.Tree(); len(tree.Roots) != 0 {
		t.Errorf("Tree = %+v, want nobody in it yet", *tree)
	}
	if err := os.WriteFile(dir+"/cgroup.procs", []byte(strconv.Itoa(pid)), 0o600); err != nil {
		t.Skipf("no process may be put into the cgroup: %v", err)
	}
	w.Look()
	if tree := w.Tree(); !slices.Equal(tree.Roots, []int{pid}) {
		t.Errorf("Tree = %+v, want %d", *tree, pid)
	}
}
