package sampler

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestUrgentSleeps(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	sleep, stop := Urgent(ctx)
	defer stop()
	began := time.Now()
	for time.Since(began) < 50*time.Millisecond { // a signal may wake it early
		sleep(ctx, 50*time.Millisecond-time.Since(began))
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("a sleep of 50 ms took %s", took)
	}
	time.AfterFunc(20*time.Millisecond, cancel)
	for began = time.Now(); ctx.Err() == nil && time.Since(began) < time.Minute; {
		sleep(ctx, time.Minute)
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("the end of the context was noticed after %s, want at once", took)
	}
}

// TestUrgentIsOneThread: the thread of the ticks is before all others, where that is permitted, and no other is.
func TestUrgentIsOneThread(t *testing.T) {
	before, files := policies(t), openFiles(t)
	sleep, stop := Urgent(t.Context())
	if sleep == nil {
		t.Fatal("Urgent has no sleep on Linux")
	}
	attr, err := unix.SchedGetAttr(0, 0)
	if err != nil {
		t.Fatal(err)
	}
	switch permitted := mayHurry(t); {
	case permitted && attr.Policy != unix.SCHED_RR:
		t.Errorf("policy = %d, want SCHED_RR, which this process may have", attr.Policy)
	case !permitted && attr.Policy != unix.SCHED_NORMAL:
		t.Errorf("policy = %d, want SCHED_NORMAL", attr.Policy)
	}
	started := make(chan struct{})
	for range 20 {
		go func() { <-started }() // threads that come later
	}
	own := unix.Gettid()
	for tid, policy := range policies(t) {
		if was, ok := before[tid]; tid != own && policy == unix.SCHED_RR && (!ok || was != unix.SCHED_RR) {
			t.Errorf("thread %d has SCHED_RR too", tid)
		}
	}
	close(started)
	stop()
	if attr, err := unix.SchedGetAttr(0, 0); err != nil || attr.Policy != unix.SCHED_NORMAL || attr.Flags&unix.SCHED_FLAG_RESET_ON_FORK != 0 {
		t.Errorf("after stop policy = %+v, %v, want what it was", attr, err)
	}
	if now := openFiles(t); now != files {
		t.Errorf("after stop %d files are open, want %d", now, files)
	}
}

// openFiles is how many this process has, without those that Go's runtime polls with.
func openFiles(t *testing.T) (count int) {
	t.Helper()
	files, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if link, err := os.Readlink("/proc/self/fd/" + file.Name()); err == nil && (strings.HasPrefix(link, "pipe:") || link == "anon_inode:[eventfd]") {
			count++
		}
	}
	return count
}

// mayHurry says whether the kernel permits SCHED_RR to this process.
func mayHurry(t *testing.T) bool {
	t.Helper()
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_RTPRIO, &limit); err == nil && limit.Cur > 0 {
		return true
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		t.Fatal(err)
	}
	return data[0].Effective&(1<<unix.CAP_SYS_NICE) != 0
}

// policies are those of the process's threads.
func policies(t *testing.T) map[int]uint32 {
	t.Helper()
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	found := map[int]uint32{}
	for _, thread := range threads {
		tid, err := strconv.Atoi(thread.Name())
		if err != nil {
			t.Fatal(err)
		}
		if attr, err := unix.SchedGetAttr(tid, 0); err == nil {
			found[tid] = attr.Policy
		}
	}
	return found
}
