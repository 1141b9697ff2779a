package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// users is how many users, or connections, each peer has.
const users = 50

// A peer is a load generator that can be compared.
type peer struct {
	name string
	// load sends requests to host for the given time and returns the CPU time that it took.
	load func(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error)
}

// simple are the peers for one GET, over and over.
func simple() []peer {
	return []peer{
		{"Gregaria, Go class", compiled},
		{"Gregaria, locustfile", interpreted("BenchUser", 1)},
		{"Gregaria, locustfile, --processes 2", interpreted("BenchUser", 2)},
		{"wrk", tool(func(s settings, host, seconds string) []string {
			return []string{s.wrk, "-c", strconv.Itoa(users), "-t", "2", "-d", seconds, host + "/health"}
		})},
		{"bombardier", tool(func(s settings, host, seconds string) []string {
			return []string{s.bombardier, "-c", strconv.Itoa(users), "-d", seconds + "s", "-l", host + "/health"}
		})},
		{"boomer + fasthttp", boomer},
		{"Locust FastHttpUser", tool(standalone("FastBenchUser"))},
		{"Locust HttpUser", tool(standalone("BenchUser"))},
	}
}

// busy are the peers for users who log in, draw what they do, send JSON and look at the answers.
func busy() []peer {
	return []peer{
		{"Gregaria, HttpUser", interpreted("RealUser", 1)},
		{"Gregaria, FastHttpUser", interpreted("FastRealUser", 1)},
		{"Locust FastHttpUser", tool(standalone("FastRealUser"))},
		{"Locust HttpUser", tool(standalone("RealUser"))},
	}
}

// measured are a worker as it is, and with less and more told of each request.
func measured() []peer {
	return []peer{
		{"Gregaria, locustfile", interpreted("BenchUser", 1)},
		{"the same, --no-timings", interpreted("BenchUser", 1, "--no-timings")},
	}
}

func timings(ctx context.Context, s settings) error {
	return compare(ctx, s, "what timings.csv costs: GET, small JSON", measured())
}

func cpu(ctx context.Context, s settings) error {
	return compare(ctx, s, "GET, small JSON", simple())
}

func realistic(ctx context.Context, s settings) error {
	return compare(ctx, s, "a realistic locustfile: a login, weighted tasks, JSON of random data, answers checked", busy())
}

// compare prints the CPU time of each peer per request that the target served.
func compare(ctx context.Context, s settings, what string, all []peer) error {
	target, err := startTarget(s)
	if err != nil {
		return err
	}
	defer target.stop()
	results := make([][]float64, len(all))
	for round := range s.rounds {
		for i, p := range all {
			us, err := perRequest(ctx, s, target, p)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			fmt.Fprintf(os.Stderr, "round %d: %-22s %8.2f us/request\n", round+1, p.name, us)
			results[i] = append(results[i], us)
		}
	}
	fmt.Printf("CPU time of the generator per request: %s, %d users, keep-alive, median of %d rounds of %d s, "+
		"ratios round by round.\n\n", what, users, s.rounds, s.seconds)
	fmt.Printf("| generator | us per request | %s takes |\n", all[0].name)
	fmt.Println("|---|---|---|")
	for i, p := range all {
		var ratios []float64
		for round := range results[i] {
			ratios = append(ratios, results[0][round]/results[i][round])
		}
		fmt.Printf("| %s | %.1f | %.3f x |\n", p.name, median(results[i]), median(ratios))
	}
	fmt.Println()
	return nil
}

// perRequest runs one peer and returns microseconds of CPU per request served.
func perRequest(ctx context.Context, s settings, target *server, p peer) (float64, error) {
	before, err := target.served()
	if err != nil {
		return 0, err
	}
	spent, err := p.load(ctx, s, target.url, time.Duration(s.seconds)*time.Second)
	if err != nil {
		return 0, err
	}
	after, err := target.served()
	if err != nil {
		return 0, err
	}
	if after == before {
		return 0, fmt.Errorf("no request was served")
	}
	return float64(spent.Microseconds()) / float64(after-before), nil
}

// compiled is a worker with user classes in Go under a stock master.
func compiled(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
	return underMaster(ctx, s, host, d, "BenchUser", 1, func(port int) *exec.Cmd {
		return exec.Command(s.bin+"/benchworker", "--master-port", strconv.Itoa(port))
	})
}

// interpreted is so many workers in one process that run the master's locustfile.
func interpreted(class string, workers int, flags ...string) func(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
	return func(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
		return underMaster(ctx, s, host, d, class, workers, func(port int) *exec.Cmd {
			return exec.Command(s.bin+"/worker", append(flags, "--processes", strconv.Itoa(workers), "--master-port", strconv.Itoa(port))...)
		})
	}
}

// boomer is boomer's runner with fasthttp's client under a stock master.
func boomer(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
	return underMaster(ctx, s, host, d, "BenchUser", 1, func(port int) *exec.Cmd {
		cmd := exec.Command(s.bin+"/benchboomer", "--master-port", strconv.Itoa(port))
		cmd.Env = append(os.Environ(), "BENCH_HOST="+host)
		return cmd
	})
}

// underMaster runs a program of so many workers for the given time and returns its CPU time.
func underMaster(ctx context.Context, s settings, host string, d time.Duration, class string, workers int, worker func(port int) *exec.Cmd) (time.Duration, error) {
	m, err := startMaster(s, host, class)
	if err != nil {
		return 0, err
	}
	defer m.stop()
	w := worker(m.port)
	if err := w.Start(); err != nil {
		return 0, err
	}
	defer end(w)
	if err := m.ready(ctx, workers); err != nil {
		return 0, fmt.Errorf("the worker did not connect: %w", err)
	}
	if err := m.swarm(users, users); err != nil {
		return 0, err
	}
	time.Sleep(d)
	if err := m.halt(); err != nil {
		return 0, err
	}
	end(w)
	return cpuTime(w), nil
}

// standalone is Locust without a master, for one user class.
func standalone(class string) func(s settings, host, seconds string) []string {
	return func(s settings, host, seconds string) []string {
		return []string{
			s.locust, "-f", "internal/cmd/bench/locustfile.py", "--headless", "-u", strconv.Itoa(users), "-r", strconv.Itoa(users),
			"-t", seconds, "-H", host, "--only-summary", class,
		}
	}
}

// tool is a program that ends by itself.
func tool(command func(s settings, host, seconds string) []string) func(context.Context, settings, string, time.Duration) (time.Duration, error) {
	return func(ctx context.Context, s settings, host string, d time.Duration) (time.Duration, error) {
		words := command(s, host, strconv.Itoa(int(d.Seconds())))
		cmd := exec.CommandContext(ctx, words[0], words[1:]...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return 0, fmt.Errorf("%w: %s", err, out)
		}
		return cpuTime(cmd), nil
	}
}

// cpuTime is what an ended process took, its start and end included.
func cpuTime(cmd *exec.Cmd) time.Duration {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return (sorted[n/2-1] + sorted[n/2]) / 2
}
