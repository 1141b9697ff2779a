package main

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"time"
)

// crowd is how many workers the figures of many workers are for.
const crowd = 16

// workers prints what many workers take before they have anything to do: in one process, and in a process each.
func workers(ctx context.Context, s settings) error {
	fmt.Printf("%d workers of a realistic locustfile that wait for a test, median of %d rounds: until the master has them all, CPU time of that, "+
		"resident memory of all processes.\n\n", crowd, s.rounds)
	fmt.Println("| workers | ready after | CPU | memory |\n|---|---|---|---|")
	for _, c := range []struct {
		name               string
		processes, workers int
		program            func(port int, workers int) *exec.Cmd
	}{
		{"one", 1, 1, goWorkers(s)},
		{fmt.Sprintf("%d in one process", crowd), 1, crowd, goWorkers(s)},
		{fmt.Sprintf("%d processes", crowd), crowd, 1, goWorkers(s)},
	} {
		var ready, spent, memory []float64
		for range s.rounds {
			r, err := assemble(ctx, s, c.processes, c.workers, c.program)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			ready, spent, memory = append(ready, r.ready.Seconds()), append(spent, r.cpu.Seconds()), append(memory, r.memory/1024)
		}
		fmt.Printf("| %s | %.2f s | %.2f s | %.1f MB |\n", c.name, median(ready), median(spent), median(memory))
	}
	fmt.Println()
	return nil
}

func goWorkers(s settings) func(port int, workers int) *exec.Cmd {
	return func(port, workers int) *exec.Cmd {
		return exec.Command(s.bin+"/worker", "--processes", strconv.Itoa(workers), "--master-port", strconv.Itoa(port))
	}
}

// An assembly is what workers took until all of them were there.
type assembly struct {
	ready, cpu time.Duration
	memory     float64 // KB
}

// assemble starts processes of so many workers each, waits until the master has all, and ends them.
func assemble(ctx context.Context, s settings, processes, workers int, program func(port int, workers int) *exec.Cmd) (assembly, error) {
	m, err := startMaster(s, "http://127.0.0.1:1", "RealUser")
	if err != nil {
		return assembly{}, err
	}
	defer m.stop()
	if err := m.ready(ctx, 0); err != nil { // it listens
		return assembly{}, err
	}
	began := time.Now()
	var all []*exec.Cmd
	defer func() {
		for _, w := range all {
			end(w)
		}
	}()
	for range processes {
		w := program(m.port, workers)
		if err := w.Start(); err != nil {
			return assembly{}, err
		}
		all = append(all, w)
	}
	if err := m.ready(ctx, processes*workers); err != nil {
		return assembly{}, err
	}
	a := assembly{ready: time.Since(began)}
	for _, w := range all {
		a.memory += rss(w.Process.Pid)
	}
	for _, w := range all {
		end(w)
		a.cpu += cpuTime(w)
	}
	all = nil
	return a, nil
}
