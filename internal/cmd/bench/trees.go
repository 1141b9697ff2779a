package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// trees prints what a row of the default set costs that follows a server of 20 processes and a GPU, beside a script with psutil that
// reads what psutil can of it.
func trees(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	driver, err := stubDriver(ctx, dir)
	if err != nil {
		fmt.Printf("Without a GPU: %v.\n\n", err)
	}
	server := exec.Command(filepath.Join(filepath.Dir(s.locust), "python"), "internal/cmd/bench/server_tree.py", "0")
	words, err := firstLine(server)
	if err != nil {
		return fmt.Errorf("server_tree.py: %w", err)
	}
	defer endAll(server)
	port := words[0]
	for _, interval := range []string{shortest, "1"} {
		entrants := []entrant{
			{"monitor --port: default set, 20 processes, a GPU", func(file string) *exec.Cmd {
				cmd := exec.Command(s.bin+"/monitor", "--output", file, "--interval", interval, "--port", port)
				cmd.Env = append(os.Environ(), driver...)
				return cmd
			}},
			{"psutil, what it has of the same, no GPU", script(s, interval, "process", port)},
		}
		if s.before != "" {
			entrants = s.pair(interval, entrants[0])
		}
		if err := race(ctx, s, interval, entrants); err != nil {
			return err
		}
	}
	return nil
}

// gpu is what the driver says of its one device: a value for each call that the monitor makes, so that none is left out.
const gpu = `count 1
load 50
memory_load 20
used 2.5
total 80
temperature 41
power 70
limit 350
state 2
fan 33
energy 1000
sm_clock 1410
memory_clock 1215
reasons 1
encoder 11
decoder 12
corrected 0
uncorrected 0
memory_temperature 55
pcie_rx_bytes 0
pcie_tx_bytes 0
`

// stubDriver builds the driver of the monitor's tests, whose calls cost next to nothing, and returns the environment in which it is found.
func stubDriver(ctx context.Context, dir string) (environment []string, err error) {
	numbers := filepath.Join(dir, "numbers")
	if err := os.WriteFile(numbers, []byte(gpu), 0o600); err != nil {
		return nil, err
	}
	library := filepath.Join(dir, "libnvidia-ml.so.1")
	out, err := exec.CommandContext(ctx, "cc", "-O2", "-w", "-shared", "-fPIC", "-o", library, "monitor/testdata/nvml/stub.c").CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("the stub driver cannot be built: %w %s", err, out)
	}
	return []string{"LD_LIBRARY_PATH=" + dir, "NVML_STUB=" + numbers, "NVML_STUB_ONCE=1"}, nil
}
