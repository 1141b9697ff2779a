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

// shortest is the shortest interval that the monitor takes: many rows in little time.
const shortest = "0.1"

// monitors prints what a row of the monitor costs beside that of a script with psutil.
func monitors(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if s.bin, err = install(dir, s.bin, "monitor"); err != nil {
		return err
	}
	alone := func(groups string) command {
		return func(file string) *exec.Cmd {
			return exec.Command(s.bin+"/monitor", "--output", file, "--interval", shortest, "--collect", groups)
		}
	}
	entrants := []entrant{
		{"monitor --collect cpu,memory,self", alone("cpu,memory,self")},
		{"psutil, the same", script(s, shortest, "all")},
		{"psutil, the columns of the first version", script(s, shortest, "first")},
		{"monitor, the host's groups and the container", alone("cpu,memory,pressure,disk,files,container,self")},
	}
	if s.before != "" {
		if s.before, err = copyOf(dir, s.before, "before"); err != nil {
			return err
		}
		entrants = s.pair(shortest, entrants[0])
	}
	if err := race(ctx, s, shortest, entrants); err != nil {
		return err
	}
	return trees(ctx, s)
}

// install copies a program from bin to dir, as whoever installs it does. Resident memory depends on it: what the linker has just written lies
// in the page cache in pages of 2 MB, which the kernel maps whole.
func install(dir, bin, name string) (string, error) {
	_, err := copyOf(dir, filepath.Join(bin, name), name)
	return dir, err
}

// copyOf copies a program to dir, by another name, and returns its path.
func copyOf(dir, program, name string) (string, error) {
	data, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	return path, os.WriteFile(path, data, 0o755) //nolint:gosec // a program
}

// pair is an entrant and what the other monitor does in its place, half an interval later, so that neither takes the other's core.
func (s settings) pair(interval string, e entrant) []entrant {
	return []entrant{e, {"the other " + e.name, func(file string) *exec.Cmd {
		cmd := e.command(file)
		cmd.Path, cmd.Args[0] = s.before, s.before
		if cmd.Env == nil {
			cmd.Env = os.Environ()
		}
		half, _ := time.ParseDuration(interval + "s")
		cmd.Env = append(cmd.Env, "GREGARIA_MONITOR_TEST_CLOCK_OFFSET="+(half/2).String())
		return cmd
	}}}
}

// script is a command that reads with psutil.
func script(s settings, interval string, what ...string) command {
	return func(file string) *exec.Cmd {
		python := filepath.Join(filepath.Dir(s.locust), "python")
		return exec.Command(python, append([]string{"internal/cmd/bench/psutil_monitor.py", file, interval}, what...)...)
	}
}

// A command writes rows to a file.
type command func(file string) *exec.Cmd

// An entrant is a program that is measured.
type entrant struct {
	name    string
	command command
}

// race runs the entrants at the same time, so that what else the machine does touches all of them, and prints what a row costs each.
func race(ctx context.Context, s settings, interval string, entrants []entrant) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var all []*watched
	defer func() {
		for _, w := range all {
			end(w.cmd)
		}
	}()
	for i, e := range entrants {
		file := filepath.Join(dir, strconv.Itoa(i)+".csv")
		w := &watched{name: e.name, file: file, cmd: e.command(file)}
		if err := w.cmd.Start(); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
		all = append(all, w)
	}
	for _, length := range []time.Duration{3 * time.Second, time.Duration(s.seconds) * time.Second} { // they begin, and are measured
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
	fmt.Printf("CPU time of a row, %d s at an interval of %s s, all at the same time; %s.\n\n", s.seconds, interval, load())
	fmt.Println("| program | rows | ms per row | resident memory | of it no file's |\n|---|---|---|---|---|")
	for _, w := range all {
		pid := w.cmd.Process.Pid
		fmt.Printf("| %s | %d | %.3f | %.1f MB | %.1f MB |\n", w.name, w.rows, w.spent.Seconds()*1000/float64(w.rows), rss(pid)/1024, status(pid, "RssAnon")/1024)
	}
	fmt.Println()
	return nil
}

// load says how busy the machine is: what a row costs depends on it.
func load() string {
	data, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "load unknown"
	}
	word, _, _ := bytes.Cut(data, []byte(" "))
	return "load " + string(word)
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
	if rows == 0 {
		return fmt.Errorf("it has written no row")
	}
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
