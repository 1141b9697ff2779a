package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// monitorInterval is the shortest that the monitor takes: many rows in little time.
const monitorInterval = "0.1"

// monitors prints what a row of the monitor costs beside that of a script with psutil. All run at the same time, so that what else the
// machine does touches all of them.
func monitors(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	python := filepath.Join(filepath.Dir(s.locust), "python")
	script := func(file, what string) []string {
		return []string{python, "internal/cmd/bench/psutil_monitor.py", file, monitorInterval, what}
	}
	monitor := func(file, groups string) []string {
		return []string{s.bin + "/monitor", "--output", file, "--interval", monitorInterval, "--collect", groups}
	}
	var all []*watched
	defer func() {
		for _, w := range all {
			end(w.cmd)
		}
	}()
	for i, c := range []struct {
		name    string
		command func(file string) []string
	}{
		{"monitor --collect cpu,memory,self", func(file string) []string { return monitor(file, "cpu,memory,self") }},
		{"psutil, the same", func(file string) []string { return script(file, "all") }},
		{"psutil, the columns of the first version", func(file string) []string { return script(file, "first") }},
		{"monitor, the host's groups and the container", func(file string) []string { return monitor(file, "cpu,memory,pressure,disk,files,container,self") }},
	} {
		file := filepath.Join(dir, strconv.Itoa(i)+".csv")
		words := c.command(file)
		w := &watched{name: c.name, file: file, cmd: exec.Command(words[0], words[1:]...)}
		if err := w.cmd.Start(); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		all = append(all, w)
	}
	for _, length := range []time.Duration{2 * time.Second, time.Duration(s.seconds) * time.Second} { // they begin, and are measured
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(length):
		}
		for _, w := range all {
			if err := w.measure(); err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
		}
	}
	fmt.Printf("CPU time of a row, %d s at an interval of %s s, all at the same time.\n\n", s.seconds, monitorInterval)
	fmt.Println("| program | rows | ms per row | resident memory |\n|---|---|---|---|")
	for _, w := range all {
		fmt.Printf("| %s | %d | %.3f | %.1f MB |\n", w.name, w.rows, w.spent.Seconds()*1000/float64(w.rows), rss(w.cmd.Process.Pid)/1024)
	}
	fmt.Println()
	return nil
}

// A watched is a program that writes rows, and what it did and took between the last two measurements.
type watched struct {
	name, file string
	cmd        *exec.Cmd

	rows            int
	spent           time.Duration
	rowsAt, spentAt int // since it began
}

func (w *watched) measure() error {
	data, err := os.ReadFile(w.file)
	if err != nil {
		return err
	}
	spent, err := scheduled(w.cmd.Process.Pid)
	if err != nil {
		return err
	}
	rows := bytes.Count(data, []byte("\n"))
	w.rows, w.spent = rows-w.rowsAt, time.Duration(spent-w.spentAt)
	w.rowsAt, w.spentAt = rows, spent
	return nil
}

// scheduled is the CPU time of all threads of a process in nanoseconds: /proc/PID/stat has it in steps of 10 ms, too coarse for this.
func scheduled(pid int) (int, error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err == nil && files == nil {
		err = fmt.Errorf("process %d has ended", pid)
	}
	sum := 0
	for _, file := range files {
		data, readErr := os.ReadFile(file)
		if readErr != nil {
			return 0, readErr
		}
		word, _, _ := bytes.Cut(data, []byte(" "))
		ns, numErr := strconv.Atoi(string(word))
		if numErr != nil {
			return 0, numErr
		}
		sum += ns
	}
	return sum, err
}
