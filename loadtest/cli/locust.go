package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/locustconf"
	"gregaria/loadtest/internal/plan"
)

// settle takes what Locust's own files, variables and arguments say into the settings: what no flag says is theirs to say.
// What cannot be obeyed is said, or refused, before anything starts.
func settle(ctx context.Context, s plan.Settings, binDir string, stdout io.Writer) (plan.Settings, error) {
	if !locustconf.Present(s.LocustArgs, os.Environ()) {
		return s, nil
	}
	locust, err := check.Locust(s.Locust, binDir)
	if err != nil {
		return s, nil //nolint:nilerr // the checks say it in their turn
	}
	python, found := check.Python(locust)
	if !found {
		fmt.Fprintf(stdout, "the Python of %s was not found, so what locust.conf and LOCUST_ variables say was not checked\n", locust)
		return s, nil
	}
	set, err := locustconf.Read(ctx, python, s.LocustArgs)
	if err != nil {
		return s, err
	}
	var allowed []string
	if s.UI { // a person chooses the classes there
		allowed = []string{"class_picker"}
	}
	decision, err := set.Decide(allowed...)
	if err != nil {
		return s, err
	}
	for _, notice := range append(decision.Notices, take(&s, set)...) {
		fmt.Fprintln(stdout, notice)
	}
	s.LocustUndo = decision.Undo
	s.DropVariables = decision.Drop
	takeConfigUsers(&s, set)
	return s, nil
}

// take makes Locust's settings the defaults of flags that were not given, and says so.
func take(s *plan.Settings, set locustconf.Found) (notices []string) {
	taken := func(dest, flag string) {
		if setting, found := set.Of(dest); found {
			notices = append(notices, fmt.Sprintf("%s is taken for %s: %s", setting, flag, setting.Shown()))
		}
	}
	if s.Host == "" && !s.Demo && set.Get("host", &s.Host) {
		taken("host", "--host")
	}
	if fill(set, "locustfile", &s.Locustfile) {
		taken("locustfile", "--locustfile")
	}
	set.Get("web_base_path", &s.WebBasePath)
	if s.Master != "" {
		return append(notices, leftToMaster(set)...)
	}
	for _, option := range []struct {
		dest, flag string
		to         **float64
	}{
		{"spawn_rate", "--spawn-rate", &s.SpawnRate},
		{"run_time", "--duration", &s.Duration},
		{"stop_timeout", "--stop-timeout", &s.StopTimeout},
	} {
		if notice := outdone(s, set, option.dest); notice != "" {
			notices = append(notices, notice)
		} else if fill(set, option.dest, option.to) {
			taken(option.dest, option.flag)
		}
	}
	for _, option := range []struct {
		dest, flag string
		to         **int
	}{
		{"num_users", "--users", &s.Users},
		{"web_port", "--web-port", &s.WebPort},
		{"master_bind_port", "--master-port", &s.MasterPort},
	} {
		if notice := outdone(s, set, option.dest); notice != "" {
			notices = append(notices, notice)
		} else if fill(set, option.dest, option.to) {
			taken(option.dest, option.flag)
		}
	}
	for _, option := range []struct {
		dest, flag string
		to         *string
	}{{"html_file", "--html", &s.HTML}, {"csv_prefix", "--csv", &s.CSV}} {
		if *option.to == "" && set.Get(option.dest, option.to) {
			taken(option.dest, option.flag)
		}
	}
	set.Get("reset_stats", &s.ResetStats)
	return notices
}

// leftToMaster says which settings do not count beside --master.
func leftToMaster(set locustconf.Found) (notices []string) {
	for _, dest := range []string{"num_users", "spawn_rate", "run_time", "stop_timeout", "tags", "exclude_tags", "html_file", "csv_prefix", "web_port", "master_bind_port", "reset_stats"} {
		if setting, found := set.Of(dest); found {
			notices = append(notices, fmt.Sprintf("%s is not obeyed: with --master that is for the master to say", setting))
		}
	}
	return notices
}

// outdone says that --steps decide in place of a setting; "" where they do not. An argument was given beside them: it is taken, so that what does not agree is refused.
func outdone(s *plan.Settings, set locustconf.Found, dest string) string {
	setting, found := set.Of(dest)
	if !found || len(s.Steps) == 0 || setting.IsArgument() || dest != "num_users" && dest != "run_time" {
		return ""
	}
	return fmt.Sprintf("%s is not obeyed: --steps say how many users run, and --step-duration for how long", setting)
}

// fill gives a setting that no flag gave its value. It reports whether it did.
func fill[T any](set locustconf.Found, dest string, to **T) bool {
	value := new(T)
	if *to != nil || !set.Get(dest, value) {
		return false
	}
	*to = value
	return true
}

// takeConfigUsers keeps --config-users one by one: Locust tells the workers only what comes through its web API.
func takeConfigUsers(s *plan.Settings, set locustconf.Found) {
	var lists [][]json.RawMessage
	set.Get("config_users", &lists)
	for _, list := range lists {
		for _, one := range list {
			s.ConfigUsers = append(s.ConfigUsers, string(one))
		}
	}
}

// programDir is where our own programs are: beside this one.
func programDir() (string, error) {
	executable, err := os.Executable()
	if err != nil {
		return "", fault.New(fault.NotReady, "find the programs beside loadtest: %w", err)
	}
	return filepath.Dir(executable), nil
}
