package main

import (
	"bufio"
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gregaria/internal/resource"
)

// accuracy prints, for each column that is made of a counter, what its rows of a minute add up to beside what the kernel's counter grew by. A server
// works meanwhile that moves the counters. It fails where one is off by more than allowed.
func accuracy(ctx context.Context, s settings) error {
	dir, err := os.MkdirTemp(".", "accuracy") // on a disk: /tmp may be none
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	load := exec.Command(filepath.Join(filepath.Dir(s.locust), "python"), "internal/cmd/bench/load.py", dir)
	words, err := firstLine(load)
	if err != nil {
		return fmt.Errorf("load.py: %w", err)
	}
	defer endAll(load)
	file := filepath.Join(dir, "metrics.csv")
	monitor := exec.Command(s.bin+"/monitor", "--output", file, "--port", words[0], "--collect", "default,cores")
	if err := monitor.Start(); err != nil {
		return err
	}
	defer end(monitor)
	time.Sleep(4 * time.Second) // the first row of a process has no rates
	before, err := countAtTick(words[1:])
	if err != nil {
		return err
	}
	seconds := max(s.seconds, 2)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Until(before.at.Add(time.Duration(seconds)*time.Second - time.Second/2))):
	}
	after, err := countAtTick(words[1:])
	if err != nil {
		return err
	}
	time.Sleep(time.Second)
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	rows, err := resource.Parse(data)
	if err != nil {
		return err
	}
	return compareCounts(before, after, rows)
}

// firstLine starts a program in a group of its own and returns the words of the line that it says.
func firstLine(cmd *exec.Cmd) ([]string, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.SysProcAttr = ownGroup()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(line)
	if err == nil && len(words) == 0 {
		err = fmt.Errorf("it says nothing")
	}
	if err != nil {
		endAll(cmd)
	}
	return words, err
}

// allowed is how far a sum may be from the counter: a hundredth.
const allowed = 0.01

// compareCounts prints a line for each column.
func compareCounts(before, after counts, rows []resource.Row) error {
	first, last := float64(before.at.Unix()), float64(after.at.Unix())
	rows = slices.DeleteFunc(rows, func(r resource.Row) bool { return r.Timestamp < first || r.Timestamp > last })
	if len(rows) < 2 || rows[0].Timestamp != first || rows[len(rows)-1].Timestamp != last {
		return fmt.Errorf("there are no rows of %v and %v", first, last)
	}
	fmt.Printf("Rows of %.0f s added up, beside the kernel's counters before and after; %s.\n\n", last-first, load())
	fmt.Println("| column | rows | counter | off by |\n|---|---|---|---|")
	off := 0
	var idle []string
	for _, c := range after.list {
		grown, unit := c.grown(before.of(c.column), last-first)
		if grown <= 0 {
			idle = append(idle, c.column)
			continue
		}
		sum, missing := added(rows, c.column)
		wrong := sum - grown
		verdict := ""
		// A counter of whole units is a unit off at each edge, however exactly it is read.
		if missing || math.Abs(wrong) > max(allowed*grown, 2*unit) {
			off++
			verdict = " **too much**"
		}
		fmt.Printf("| `%s` | %.6g | %.6g | %+.2f %%%s |\n", c.column, sum, grown, 100*wrong/grown, verdict)
	}
	fmt.Printf("\nDid not move: %s.\n\n", strings.Join(idle, ", "))
	if off > 0 {
		return fmt.Errorf("%d columns are off by more than %v %%", off, 100*allowed)
	}
	return nil
}

// added is the sum of a rate over the rows behind the first: each times the time from the reading before. missing says that a cell was empty.
func added(rows []resource.Row, column string) (sum float64, missing bool) {
	at := func(r resource.Row) float64 {
		late, _ := r.Value(resource.MonitorLatenessMS)
		return r.Timestamp + late/1000
	}
	for i, r := range rows[1:] {
		value, ok := r.Value(column)
		missing = missing || !ok
		sum += value * (at(r) - at(rows[i]))
	}
	return sum, missing
}
