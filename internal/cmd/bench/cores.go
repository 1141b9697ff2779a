package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// cores prints what a second worker on a second core adds: users who only compute, so that neither the target nor the
// master takes part.
func cores(ctx context.Context, s settings) error {
	fmt.Println("Tasks a second of users who only compute (some 100 lines of Python a task), one worker on one core against two in one process on two:")
	var ratios, ones, twos []float64
	for range s.rounds {
		one, err := tasksPerSecond(ctx, s, 1)
		if err != nil {
			return err
		}
		two, err := tasksPerSecond(ctx, s, 2)
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "one core %.0f, two cores %.0f tasks/s\n", one, two)
		ones, twos, ratios = append(ones, one), append(twos, two), append(ratios, two/one)
	}
	fmt.Printf("%.0f and %.0f, %.2f x (medians of %d rounds of %d s).\n\n", median(ones), median(twos), median(ratios), s.rounds, s.seconds)
	return nil
}

// tasksPerSecond runs so many workers in one process on as many cores.
func tasksPerSecond(ctx context.Context, s settings, n int) (float64, error) {
	m, err := startMaster(s, "http://127.0.0.1:1", "ComputeUser")
	if err != nil {
		return 0, err
	}
	defer m.stop()
	w := exec.Command(s.bin+"/worker", "--processes", strconv.Itoa(n), "--master-port", strconv.Itoa(m.port))
	w.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(n))
	if err := w.Start(); err != nil {
		return 0, err
	}
	defer end(w)
	if err := m.ready(ctx, n); err != nil {
		return 0, err
	}
	began := time.Now()
	if err := m.swarm(10, 10); err != nil {
		return 0, err
	}
	time.Sleep(time.Duration(s.seconds) * time.Second)
	if err := m.halt(); err != nil {
		return 0, err
	}
	took := time.Since(began)
	got, err := m.total()
	if err != nil {
		return 0, err
	}
	return float64(got.Requests) / took.Seconds(), nil
}
