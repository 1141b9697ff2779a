package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// TestArrivals: numbers are looked at twice, and all processes where that says more.
func TestArrivals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.Symlink(strconv.Itoa(os.Getpid()), filepath.Join(dir, "self")); err != nil {
		t.Fatal(err)
	}
	for _, pid := range []string{"1", "7", "90"} {
		if err := os.Mkdir(filepath.Join(dir, pid), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	a := newArrivals(dir)
	for _, c := range []struct {
		why  string
		last int
		want []int
	}{
		{"the first: all", 90, []int{1, 7, 90}},
		{"the second: what the list did not have", 90, nil},
		{"nothing was given away", 90, nil},
		{"two numbers", 92, []int{91, 92}},
		{"the same, which may have had no process yet; but one had", 92, []int{92}},
		{"one more", 93, []int{93}},
		{"too many to look at one by one: the list", 9000, nil},
		{"further on", 9001, nil},
		{"and one by one again", 9002, []int{9001, 9002}},
		{"the numbers began anew", 40, nil},
	} {
		if err := os.WriteFile(filepath.Join(dir, "loadavg"), fmt.Appendf(nil, "0.00 0.01 0.05 1/90 %d\n", c.last), 0o600); err != nil {
			t.Fatal(err)
		}
		got := a.next()
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: next = %v, want %v", c.why, got, c.want)
		}
		if slices.Contains(got, 91) && !a.there(91) {
			t.Error("there(91) = false where only the folder can tell, want true")
		}
	}
	a.forget()
	if got, want := a.next(), []int{1, 7, 90}; !slices.Equal(got, want) {
		t.Errorf("after forget: next = %v, want %v", got, want)
	}
}

// TestThere: a number that nothing has is known without its folder, and a process of another user is there, too.
func TestThere(t *testing.T) {
	t.Parallel()
	ended := exec.CommandContext(t.Context(), "true")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	a := newArrivals("/proc")
	for pid, want := range map[int]bool{1: true, os.Getpid(): true, ended.Process.Pid: false} {
		if got := a.there(pid); got != want {
			t.Errorf("there(%d) = %v, want %v", pid, got, want)
		}
	}
}

// TestIsThread: the kernel shows a folder for the number of any thread.
func TestIsThread(t *testing.T) {
	t.Parallel()
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil || len(tasks) < 2 {
		t.Skipf("%d threads, %v", len(tasks), err)
	}
	for _, task := range tasks {
		tid, _ := strconv.Atoi(task.Name())
		if got, want := isThread("/proc", tid), tid != os.Getpid(); got != want {
			t.Errorf("isThread(%d) = %v, want %v: the process is %d", tid, got, want, os.Getpid())
		}
	}
}
