package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// many is how many users the memory and spawn figures are for.
const many = 10000

// memory prints what a waiting, connected user takes, and how long it takes to have many of them.
func memory(ctx context.Context, s settings) error {
	for _, c := range []struct{ name, program string }{{"Go class", "benchworker"}, {"locustfile", "worker"}} {
		if err := memoryOf(ctx, s, c.name, c.program); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

func memoryOf(ctx context.Context, s settings, name, program string) error {
	target, err := startTarget(s)
	if err != nil {
		return err
	}
	defer target.stop()
	m, err := startMaster(s, target.url, "WaitUser")
	if err != nil {
		return err
	}
	defer m.stop()
	w := exec.Command(s.bin+"/"+program, "--master-port", strconv.Itoa(m.port))
	if err := w.Start(); err != nil {
		return err
	}
	defer end(w)
	if err := m.ready(ctx, 1); err != nil {
		return err
	}
	empty := rss(w.Process.Pid)
	began := time.Now()
	if err := m.swarm(many, many); err != nil {
		return err
	}
	if err := until(ctx, time.Minute, func() bool { n, err := target.served(); return err == nil && n >= many }); err != nil {
		return err
	}
	spawned := time.Since(began)
	time.Sleep(20 * time.Second) // the garbage of the start is collected meanwhile
	full := rss(w.Process.Pid)
	got, err := m.total()
	if err != nil {
		return err
	}
	fmt.Printf("%s, %d users, each connected and waiting: %.1f KB of resident memory a user (%.1f MB, empty %.1f MB). "+
		"From the master's command until the last of them had its first answer: %.2f s, %d failed requests.\n\n",
		name, many, (full-empty)/many, full/1024, empty/1024, spawned.Seconds(), got.Failures)
	return nil
}

// rss is the resident memory of a process in KB.
func rss(pid int) float64 { return status(pid, "VmRSS") }

// status is a number of KB in /proc/PID/status; 0 where it is not there.
func status(pid int, key string) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	found := regexp.MustCompile(key + `:\s+(\d+) kB`).FindSubmatch(data)
	if found == nil {
		return 0
	}
	kb, _ := strconv.ParseFloat(string(found[1]), 64)
	return kb
}

// burst prints the response times that are reported while users arrive much faster than usual: the target answers in
// less than a millisecond, so what is above that is the generator's own.
func burst(ctx context.Context, s settings) error {
	fmt.Println("Reported response times in a burst: 2,000 users, 500 spawned a second, constant(5), 20 s, an endpoint below 1 ms.")
	fmt.Println("\n| worker | median | 95 % | max |\n|---|---|---|---|")
	for _, c := range []struct{ name, class string }{{"Gregaria", "BurstUser"}, {"Locust FastHttpUser", "FastBurstUser"}} {
		got, err := burstOf(ctx, s, c.class, strings.HasPrefix(c.name, "Locust"))
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.1f ms | %.1f ms | %.0f ms |\n", c.name, got.Median, got.P95, got.Max)
	}
	fmt.Println()
	return nil
}

func burstOf(ctx context.Context, s settings, class string, python bool) (total, error) {
	target, err := startTarget(s)
	if err != nil {
		return total{}, err
	}
	defer target.stop()
	m, err := startMaster(s, target.url, class)
	if err != nil {
		return total{}, err
	}
	defer m.stop()
	w := exec.Command(s.bin+"/benchworker", "--master-port", strconv.Itoa(m.port))
	if python {
		w = exec.Command(s.locust, "-f", "internal/cmd/bench/locustfile.py", "--worker", "--master-port", strconv.Itoa(m.port))
	}
	if err := w.Start(); err != nil {
		return total{}, err
	}
	defer end(w)
	if err := m.ready(ctx, 1); err != nil {
		return total{}, err
	}
	if err := m.swarm(2000, 500); err != nil {
		return total{}, err
	}
	time.Sleep(20 * time.Second)
	if err := m.halt(); err != nil {
		return total{}, err
	}
	return m.total()
}
