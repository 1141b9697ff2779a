// Package cli is loadtest's command line: flags, environment, signals, exit codes, and what is wired to what.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
)

// Main runs loadtest with the arguments that follow the program's name and returns the exit code. Progress and summary
// go to stdout, what went wrong before there was any load to stderr.
func Main(args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == pluginCommand {
		return printPlugin(args[1:], stdout, stderr)
	}
	forgetEmpty(os.Environ())
	if len(args) > 0 && args[0] == reportCommand {
		return makeReport(args[1:], stdout, stderr)
	}
	if len(args) > 0 && args[0] == compareCommand {
		return compareRuns(args[1:], stdout, stderr)
	}
	parent, cancel := context.WithCancel(context.Background())
	defer cancel()
	soft, hard, release := interrupts(parent)
	defer release()

	screen := screenOn(stdout)
	p, binDir, err := prepare(soft, args, stdout, stderr)
	if errors.Is(err, errShown) {
		return exitcode.OK
	}
	if err != nil {
		return refuse(stderr, err)
	}
	bases, err := conclusion.Baseline(p.Baseline, p.WarmUp) // before this run is among them
	if err != nil {
		return refuse(stderr, err)
	}
	hidden := p.Secret()
	s := series{plan: p, binDir: binDir, bases: bases, screen: screen, stdout: hidden.Writer(stdout), stderr: hidden.Writer(stderr), hidden: hidden}
	return s.run(soft, hard)
}

// prepare turns arguments, variables and Locust's settings into a plan. It also returns where our own programs are.
func prepare(ctx context.Context, args []string, stdout, stderr io.Writer) (plan.Plan, string, error) {
	settings, err := parseFlags(args, stdout, stderr)
	if err != nil {
		return plan.Plan{}, "", err
	}
	if err := warnOfVariables(stderr, os.Environ()); err != nil {
		return plan.Plan{}, "", err
	}
	binDir, err := programDir()
	if err != nil {
		return plan.Plan{}, "", err
	}
	if settings, err = settle(ctx, settings, binDir, stdout); err != nil {
		return plan.Plan{}, "", err
	}
	p, err := plan.New(settings)
	if err == nil && p.Joins() && len(p.LocustArgs) > 0 {
		fmt.Fprintln(stdout, "options of the locustfile are those of the master: of what stands after -- only Locust's own for workers counts")
	}
	return p, binDir, err
}

// refuse says in one line why there are no results.
func refuse(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "loadtest:", err)
	return codeOf(fault.KindOf(err, fault.Died))
}
