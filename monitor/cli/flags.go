package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gregaria/internal/scrape"
	"gregaria/monitor/internal/collector"
)

// flags are what a user can set: each is a flag, an environment variable and a line of --help.
type flags struct {
	Output   string
	Append   bool
	Interval seconds
	Duration *seconds
	Collect  []string
	GPU      string
	Listen   string
	NoCSV    bool

	tokenFlags
	watchFlags
	webFlags
}

// byDefault are the flags of which none was given.
func byDefault() flags {
	return flags{Output: "metrics.csv", Interval: seconds(time.Second), Collect: []string{collector.Default}, GPU: gpuAuto}
}

// define makes the flags, in the order of --help.
func (f *flags) define(s settings) {
	s.text(&f.Output, "output", "o", "FILE", "The CSV file to write, metrics.csv by default; - is standard output. A file that is not empty is never overwritten")
	s.yes(&f.Append, "append", "Continue a file that is there; its columns have to be the same")
	s.add("interval", "i", "SECONDS", take(&f.Interval, parseSeconds), "Seconds from row to row, 0.1 or more, 1 by default. Rows fall on whole multiples of it")
	s.add("duration", "d", "SECONDS", maybe(&f.Duration, parseSeconds), "Stop after so many seconds; without it, at Ctrl-C or SIGTERM")
	s.list(&f.Collect, "collect", "GROUP,...", "The groups of columns to write: "+strings.Join(collector.Names(), ", ")+"; default stands for those that cost nothing noticeable")
	s.add("gpu", "", gpuAuto+"|"+gpuOff+"|"+gpuRequire, take(&f.GPU, oneOf(gpuAuto, gpuOff, gpuRequire)), "GPUs: auto measures those that there are, off none, require ends with exit code 3 where none answers at the start")
	s.text(&f.Listen, "listen", "", "HOST:PORT", "Show the newest row to Prometheus at http://HOST:PORT/metrics, and the newest rows at /samples; :PORT is 127.0.0.1 only, 0.0.0.0:PORT every interface")
	s.yes(&f.NoCSV, "no-csv", "Write no file: with --listen, the rows are for Prometheus alone")
	f.tokenFlags.define(s)
	f.watchFlags.define(s)
	f.webFlags.define(s)
}

// minInterval is the shortest interval: the kernel counts CPU time in steps of 10 ms, so shorter ones show noise.
const minInterval = 100 * time.Millisecond

// check compares flags with each other and with what can be measured.
func (f flags) check() error {
	switch {
	case f.NoCSV && f.Listen == "":
		return errors.New("--no-csv: nobody would see what is measured; give --listen too")
	case f.Output == "":
		return errors.New("--output: the name is empty; give a file, or - for standard output")
	case time.Duration(f.Interval) < minInterval:
		return fmt.Errorf("--interval: %s is too short to measure a share of CPU time; give 0.1 or more", f.Interval)
	case f.Duration != nil && *f.Duration < f.Interval:
		return fmt.Errorf("--duration: %s is shorter than the --interval of %s, no row would be taken", f.Duration, f.Interval)
	}
	groups, err := collector.ParseGroups(f.Collect)
	if err != nil {
		return fmt.Errorf("--collect: %w", err)
	}
	if err := f.checkGPU(groups); err != nil {
		return err
	}
	if err := f.watchFlags.check(f.Collect); err != nil {
		return err
	}
	if err := f.webFlags.check(groups, f.Collect); err != nil {
		return err
	}
	if err := f.checkScrape(); err != nil {
		return err
	}
	if f.Listen != "" {
		if _, err := scrape.Address(f.Listen); err != nil {
			return fmt.Errorf("--listen: %w", err)
		}
	}
	return nil
}

// settings are those of the collectors. HOST_PROC and HOST_SYS are the names that gopsutil gave to the folders of the kernel:
// a container that is to see its host has them mounted elsewhere.
func (f flags) settings(note func(string)) collector.Settings {
	groups, _ := collector.ParseGroups(f.Collect) // checked
	choice, _, _ := f.choice()                    // likewise
	if f.GPU == gpuOff {
		groups = slices.DeleteFunc(groups, func(name string) bool { return name == collector.GPUs })
	}
	groups = f.complete(groups)
	proc := cmp.Or(os.Getenv("HOST_PROC"), "/proc")
	return collector.Settings{
		Proc: proc, Sys: cmp.Or(os.Getenv("HOST_SYS"), "/sys"),
		Groups: groups, Interval: time.Duration(f.Interval), Folder: f.folder(), Watch: f.watch(proc, note), Port: choice.Port, Note: note,
		GPU:    collector.GPU{Needed: f.GPU == gpuRequire},
		Locust: f.Locust, Insecure: f.Insecure,
	}
}

// folder is where the file is, or "" where none is written.
func (f flags) folder() string {
	if f.NoCSV || f.Output == standardOutput {
		return ""
	}
	return filepath.Dir(f.Output)
}

// duration is how long to measure, 0 for until told to stop.
func (f flags) duration() time.Duration {
	if f.Duration == nil {
		return 0
	}
	return time.Duration(*f.Duration)
}

// announce says in a line what begins now; url is where Prometheus finds it, or "".
func (f flags) announce(url string) string {
	var to []string
	switch {
	case f.NoCSV:
	case f.Output == standardOutput:
		to = append(to, "standard output")
	default:
		to = append(to, f.Output)
	}
	if url != "" {
		to = append(to, url)
	}
	end := "until Ctrl-C"
	if f.Duration != nil {
		end = fmt.Sprintf("for %s s", f.Duration)
	}
	return fmt.Sprintf("a row every %s s to %s, %s", f.Interval, strings.Join(to, " and "), end)
}
