package process

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A folder is a /proc that a test changes from Look to Look, as the kernel does.
type folder struct {
	t   *testing.T
	dir string
}

const tcpHeader = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"

func newFolder(t *testing.T) folder { return folder{t, t.TempDir()} }

func (f folder) write(name, text string) {
	f.t.Helper()
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f folder) link(name, to string) {
	f.t.Helper()
	path := filepath.Join(f.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		f.t.Fatal(err)
	}
	if err := os.Symlink(to, path); err != nil {
		f.t.Fatal(err)
	}
}

// start shows a process; a second call shows it anew.
func (f folder) start(pid, parent int, state byte, begun int, command string) {
	f.t.Helper()
	dir := strconv.Itoa(pid)
	f.write(dir+"/stat", fmt.Sprintf("%d (x) %c %d 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 %d 0 0\n", pid, state, parent, begun))
	f.write(dir+"/cmdline", strings.ReplaceAll(command, " ", "\x00")+"\x00")
}

func (f folder) end(pid int) {
	f.t.Helper()
	if err := os.RemoveAll(filepath.Join(f.dir, strconv.Itoa(pid))); err != nil {
		f.t.Fatal(err)
	}
}

// watch returns a Watch of the folder, and the lines that it says. No file stays open: one that is removed would go on
// showing what it had.
func (f folder) watch(c Choice) (*Watch, *[]string) {
	lines := new([]string)
	w := New(c, f.dir)
	w.left = 0
	w.Note = func(line string) { *lines = append(*lines, line) }
	return w, lines
}

// want compares the tree after a Look.
func want(t *testing.T, w *Watch, why string, roots, pids []int, restarts int) {
	t.Helper()
	w.Look()
	tree := w.Tree()
	if !slices.Equal(tree.Roots, roots) || !slices.Equal(tree.PIDs, pids) || tree.Restarts != restarts || len(tree.Starts) != len(pids) {
		t.Errorf("%s: Tree = %+v, want roots %v, pids %v, %d restarts", why, *tree, roots, pids, restarts)
	}
}

func TestWatchFollowsALife(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	f.start(1, 0, 'S', 1, "init")
	w, said := f.watch(Choice{Pattern: regexp.MustCompile("uvicorn app")})
	want(t, w, "not there yet", nil, nil, 0)
	f.start(10, 1, 'S', 100, "python -m uvicorn app:app")
	f.start(12, 11, 'S', 102, "ffmpeg -i x")
	f.start(11, 10, 'S', 101, "python worker")
	f.start(13, 1, 'S', 103, "another")
	want(t, w, "found with what is below it", []int{10}, []int{10, 11, 12}, 0)
	if p := w.Members()[2]; p.Born || p.Parent == nil || p.Parent.PID != 11 {
		t.Errorf("member = %+v, want a child of 11 that was there before", *p)
	}
	f.start(20, 12, 'S', 200, "child of a grandchild")
	f.start(21, 13, 'S', 200, "child of another")
	want(t, w, "a new child", []int{10}, []int{10, 11, 12, 20}, 0)
	if p := w.Members()[3]; !p.Born || p.Parent.PID != 12 {
		t.Errorf("member = %+v, want one that was born in the tree", *p)
	}
	f.end(11)
	f.start(12, 1, 'S', 102, "ffmpeg -i x")
	want(t, w, "an orphan stays", []int{10}, []int{10, 12, 20}, 0)
	f.start(20, 12, 'Z', 200, "")
	want(t, w, "a zombie is no process", []int{10}, []int{10, 12}, 0)
	if len(w.Members()) != 3 || !w.Members()[2].Ended() {
		t.Errorf("members = %v, want the zombie among them", w.Members())
	}
	f.start(12, 1, 'S', 999, "a stranger")
	want(t, w, "another process has the number", []int{10}, []int{10}, 0)
	f.end(10)
	want(t, w, "the root has ended", nil, nil, 0)
	want(t, w, "and stays away", nil, nil, 0)
	f.start(30, 1, 'S', 300, "python -m uvicorn app:app")
	want(t, w, "it comes back", []int{30}, []int{30}, 1)
	f.end(30)
	f.start(31, 1, 'S', 310, "python -m uvicorn app:app")
	want(t, w, "it comes back within a tick", []int{31}, []int{31}, 2)
	for i, line := range []string{
		`waiting for a process whose command line matches "uvicorn app": its cells are empty until it is there`,
		`watching uvicorn (pid 10 and 2 children): python -m uvicorn app:app`,
		`uvicorn (pid 10) ended: waiting for a process whose command line matches "uvicorn app"`,
		`watching uvicorn (pid 30): python -m uvicorn app:app (restart 1)`,
		`uvicorn (pid 30) ended`,
		`watching uvicorn (pid 31): python -m uvicorn app:app (restart 2)`,
	} {
		if i >= len(*said) || (*said)[i] != line {
			t.Fatalf("it says %q, want %q in place %d", *said, line, i)
		}
	}
	if len(*said) != 6 {
		t.Errorf("it says %q, want 6 lines", *said)
	}
}

func TestWatchOfANumber(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	w, said := f.watch(Choice{PID: 10})
	want(t, w, "not there yet", nil, nil, 0)
	f.start(10, 1, 'S', 100, "serve")
	want(t, w, "there", []int{10}, []int{10}, 0)
	f.start(10, 1, 'S', 200, "a stranger")
	want(t, w, "the number is another's", nil, nil, 0)
	if last := (*said)[len(*said)-1]; !strings.Contains(last, "serve (pid 10) ended: its cells stay empty") {
		t.Errorf("it says %q", last)
	}
}

// TestWatchOfSeveral: a prefork server whose master ends leaves its workers behind, and they go on.
func TestWatchOfSeveral(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	f.start(10, 1, 'S', 100, "gunicorn")
	f.start(11, 10, 'S', 101, "gunicorn")
	f.start(12, 10, 'S', 102, "gunicorn")
	w, said := f.watch(Choice{Pattern: regexp.MustCompile("gunicorn")})
	want(t, w, "the topmost is the root", []int{10}, []int{10, 11, 12}, 0)
	f.end(10)
	f.start(11, 1, 'S', 101, "gunicorn")
	f.start(12, 1, 'S', 102, "gunicorn")
	want(t, w, "the workers are the roots now", []int{11, 12}, []int{11, 12}, 0)
	f.end(11)
	f.end(12)
	f.start(20, 1, 'S', 200, "gunicorn")
	want(t, w, "one came in place of one", []int{20}, []int{20}, 1)
	if last := (*said)[len(*said)-1]; last != "watching gunicorn (pid 20): gunicorn (restart 1)" {
		t.Errorf("it says %q", *said)
	}
}

// TestWatchOfManyRoots: a line stays a line.
func TestWatchOfManyRoots(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	for pid := 10; pid < 18; pid++ {
		f.start(pid, 1, 'S', pid, "serve")
	}
	w, said := f.watch(Choice{Pattern: regexp.MustCompile("serve")})
	w.Look()
	f.end(10)
	f.start(20, 1, 'S', 20, "serve")
	w.Look()
	for pid := 11; pid <= 20; pid++ {
		f.end(pid)
	}
	w.Look()
	for i, line := range []string{
		"watching 8 processes: serve (pid 10), serve (pid 11), serve (pid 12), serve (pid 13), serve (pid 14) and 3 more",
		"watching 8 processes: serve (pid 11), serve (pid 12), serve (pid 13), serve (pid 14), serve (pid 15) and 3 more (restart 1)",
		"serve (pid 11), serve (pid 12), serve (pid 13), serve (pid 14), serve (pid 15) and 3 more ended: waiting for a process whose command line matches \"serve\"",
	} {
		if i >= len(*said) || (*said)[i] != line {
			t.Errorf("line %d of %q, want %q", i, *said, line)
		}
	}
}

func TestWatchSaysLittleOfACrashLoop(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	w, said := f.watch(Choice{Pattern: regexp.MustCompile("serve")})
	for i := range 100 {
		f.start(100+i, 1, 'S', 100+i, "serve")
		w.Look()
		f.end(100 + i)
	}
	if w.Tree().Restarts != 99 || len(*said) > 2*maxChanges+1 || !strings.Contains((*said)[len(*said)-1], "not said") {
		t.Errorf("%d restarts, %d lines, the last %q", w.Tree().Restarts, len(*said), (*said)[len(*said)-1])
	}
}

// TestPatternIsNotOurs: the monitor, another one, and the shells that started them have the pattern in their command lines.
func TestPatternIsNotOurs(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	f.start(1, 0, 'S', 1, "init")
	f.start(5, 1, 'S', 5, "sh -c bin/monitor --process uvicorn")
	f.start(6, 5, 'S', 6, "bin/monitor --process uvicorn")
	f.start(7, 1, 'S', 7, "timeout 5 bin/monitor --process uvicorn")
	f.start(8, 7, 'S', 8, "bin/monitor --process uvicorn")
	f.start(9, 1, 'S', 9, "python -m uvicorn")
	f.link("self", "6")
	for pid, exe := range map[int]string{1: "/init", 5: "/bin/sh", 6: "/bin/monitor", 7: "/bin/timeout", 8: "/bin/monitor", 9: "/bin/python"} {
		f.link(strconv.Itoa(pid)+"/exe", exe)
	}
	w, _ := f.watch(Choice{Pattern: regexp.MustCompile("uvicorn")})
	want(t, w, "the server alone", []int{9}, []int{9}, 0)
}

func TestWatchOfACgroup(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	for pid, text := range map[int]string{
		10: "0::/system.slice/web.service\n",
		11: "0::/system.slice/web.service/sub\n",
		12: "0::/system.slice/web.service2\n",
		13: "4:memory:/system.slice/web.service\n3:cpu:/\n",
	} {
		f.start(pid, 1, 'S', pid, "x")
		f.write(strconv.Itoa(pid)+"/cgroup", text)
	}
	for _, path := range []string{"system.slice/web.service", "/system.slice/web.service/", "/sys/fs/cgroup/system.slice/web.service"} {
		w, _ := f.watch(Choice{Cgroup: path})
		want(t, w, path, []int{10, 11, 13}, []int{10, 11, 13}, 0)
	}
}

func TestWatchOfAContainer(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	for pid, text := range map[int]string{
		10: "0::/system.slice/docker-" + idA + ".scope\n",
		20: "4:memory:/docker/" + idB + "\n1:name=systemd:/docker/" + idB + "\n",
		30: "0::/lxc.payload.old\n",
	} {
		f.start(pid, 1, 'S', pid, "x")
		f.write(strconv.Itoa(pid)+"/cgroup", text)
	}
	f.start(11, 10, 'S', 11, "x")
	const engine = "1/root/var/lib/"
	f.write(engine+"docker/containers/"+idA+"/config.v2.json", `{"ID":"`+idA+`","Name":"/shop-api-1","Config":{"Labels":{"com.docker.compose.service":"api"}}}`)
	f.write(engine+"docker/containers/x/config.v2.json", `not JSON`)
	f.write(engine+"containers/storage/overlay-containers/containers.json", `[{"id":"`+idB+`","names":["db","both"]}]`)
	f.write(engine+"nerdctl/1935db59/names/default/cache", idB)
	f.write("1/root/var/log/containers/web-7c5_prod_nginx-"+idA+".log", "")
	f.write("1/root/var/log/containers/both_prod_x-"+idA+".log", "")
	for _, c := range []struct {
		name string
		want []int
		why  string
	}{
		{idA, []int{10}, "the whole id"},
		{"3f4e1", []int{10}, "the beginning of one id"},
		{"3f4e9", []int{20}, "the beginning of the other"},
		{"shop-api-1", []int{10}, "docker's name"},
		{"api", []int{10}, "compose's service"},
		{"db", []int{20}, "podman's name"},
		{"cache", []int{20}, "nerdctl's name"},
		{"web-7c5", []int{10}, "the pod"},
		{"web-7c5/nginx", []int{10}, "the pod's container"},
		{"nginx", []int{10}, "Kubernetes's container"},
		{"old", []int{30}, "LXC's name"},
		{"3f4e", nil, "two begin so"},
		{"both", nil, "two are called so"},
		{"none", nil, "nobody is called so"},
	} {
		w, said := f.watch(Choice{Container: c.name})
		w.Look()
		if got := w.Tree().Roots; !slices.Equal(got, c.want) {
			t.Errorf("--container %s: roots = %v, want %v: %s", c.name, got, c.want, c.why)
		}
		if strings.HasPrefix(c.why, "two") && !strings.Contains((*said)[0], "2 containers are called so; give the id of one: "+idA+", "+idB) {
			t.Errorf("--container %s says %q", c.name, *said)
		}
	}
}

// TestPortOfAnotherNamespace: nobody listens in ours, somebody in a container.
func TestPortOfAnotherNamespace(t *testing.T) {
	t.Parallel()
	f := newFolder(t)
	listen := func(dir, port, inode string) {
		f.write(dir+"/net/tcp", tcpHeader+"   0: 00000000:"+port+" 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 "+inode+" 1\n")
	}
	f.link("self", "50")
	for pid, namespace := range map[int]string{50: "net:[1]", 60: "net:[2]", 61: "net:[2]", 70: "net:[1]"} {
		f.start(pid, 1, 'S', pid, "serve")
		f.link(strconv.Itoa(pid)+"/ns/net", namespace)
		f.link(strconv.Itoa(pid)+"/fd/0", "/dev/null")
	}
	listen("50", "0050", "111")
	listen("60", "1F40", "222")
	f.link("61/fd/9", "socket:[222]")
	f.link("70/fd/3", "socket:[111]")
	w, _ := f.watch(Choice{Port: 8000})
	want(t, w, "in the other namespace", []int{61}, []int{61}, 0)
	w, _ = f.watch(Choice{Port: 80})
	want(t, w, "in ours", []int{70}, []int{70}, 0)
	// docker's proxy has the published port on the host, and forwards to the container
	f.start(70, 1, 'S', 70, "/usr/bin/docker-proxy -container-ip 172.17.0.2 -container-port 8000")
	f.write("60/net/fib_trie", "Local:\n  |-- 172.17.0.2\n     /32 host LOCAL\n")
	w, _ = f.watch(Choice{Port: 80})
	want(t, w, "behind docker's proxy", []int{61}, []int{61}, 0)
}
