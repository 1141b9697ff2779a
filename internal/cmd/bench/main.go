// Command bench measures the worker beside its peers, and the monitor beside psutil: CPU per request of a simple and of a realistic locustfile, what a
// second core adds, what sixteen workers in one process take, memory per waiting user, the time to spawn many users, and how true response times stay in a burst. It prints Markdown for docs/benchmarks.md; `make bench` builds what
// it needs first.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// A settings is what the flags say.
type settings struct {
	bin, locust, bombardier, wrk string
	before                       string
	seconds, rounds              int
}

func main() {
	var s settings
	flag.StringVar(&s.bin, "bin", "bin", "folder with worker, target, benchworker and benchboomer")
	flag.StringVar(&s.locust, "locust", ".venv/bin/locust", "stock Locust")
	flag.StringVar(&s.bombardier, "bombardier", ".cache/bin/bombardier", "bombardier")
	flag.StringVar(&s.wrk, "wrk", "wrk", "wrk")
	flag.StringVar(&s.before, "before", "", "another bin/monitor, such as the one before a change: monitor runs the two and nothing else, half an interval apart")
	flag.IntVar(&s.seconds, "seconds", 8, "length of one run")
	flag.IntVar(&s.rounds, "rounds", 5, "how often each peer runs; they take turns")
	only := flag.String("only", "", "cpu, real, timings, cores, workers, memory, burst, monitor, accuracy or requestlog; all of them if empty")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, s, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // the deferred stop only resets signals
	}
}

func run(ctx context.Context, s settings, only string) error {
	fmt.Printf("%s, %s\n\n", time.Now().Format("2006-01-02"), machine())
	for _, part := range []struct {
		name    string
		measure func(context.Context, settings) error
	}{
		{"cpu", cpu},
		{"real", realistic},
		{"timings", timings},
		{"cores", cores},
		{"workers", workers},
		{"memory", memory},
		{"burst", burst},
		{"monitor", monitors},
		{"accuracy", accuracy},
		{"requestlog", requestLog},
	} {
		if only != "" && only != part.name {
			continue
		}
		if err := part.measure(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}
