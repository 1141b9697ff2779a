package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gregaria/loadtest/internal/fault"
)

// compile reads Python files and compiles them without running them. A syntax error is written as "file:line: message".
const compile = `
import sys, tokenize
for path in sys.argv[1:]:
    try:
        with tokenize.open(path) as file:
            compile(file.read(), path, "exec")
    except SyntaxError as error:
        print(f"{path}:{error.lineno or 1}: {error.msg}")
        sys.exit(1)
    except (UnicodeDecodeError, ValueError) as error:
        print(f"{path}:1: {error}")
        sys.exit(1)
`

// Locustfiles are the files that Locust would load for what --locustfile names: several paths, separated by commas.
func Locustfiles(list string) (files []string, err error) {
	parts := strings.Split(list, ",")
	if _, err := os.Stat(list); err == nil {
		parts = []string{list} // a comma in a name: Locust splits there all the same, and says what it does not find
	}
	for _, path := range parts {
		found, err := expand(strings.TrimSpace(path))
		if err != nil {
			return nil, err
		}
		files = append(files, found...)
	}
	return files, nil
}

// Locustfile sees that what --locustfile names is there and that the Python of that Locust can compile it. What a file does
// when it is imported shows when the master starts.
func Locustfile(ctx context.Context, list, locust string) error {
	files, err := Locustfiles(list)
	if err != nil {
		return err
	}
	python, found := Python(locust)
	if !found {
		return nil // the master will say it, a second later
	}
	output, err := exec.CommandContext(ctx, python, append([]string{"-c", compile}, files...)...).Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) && len(output) > 0 {
		return fault.New(fault.Usage, "%s; correct the locustfile", bytes.TrimSpace(output))
	}
	return nil
}

// expand returns the files that Locust would load for one part of --locustfile (parse_locustfile_paths in
// locust/argument_parser.py): of a folder all below it, but those whose names begin with _.
func expand(path string) ([]string, error) {
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		return nil, fault.New(fault.Usage, "--locustfile %s: no code is loaded from the network; download the file and name it", path)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, fault.New(fault.Usage, "--locustfile: %w; write one, or name yours", err)
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, fault.New(fault.Usage, "--locustfile %s is neither a file nor a folder; name a Python file", path)
	case !info.IsDir() && filepath.Ext(path) != ".py":
		return nil, fault.New(fault.Usage, "--locustfile %s: a locustfile ends with .py; rename it", path)
	case !info.IsDir():
		return []string{path}, nil
	}
	var found []string
	below := strings.TrimRight(path, "/") + "/" // subtle: so that a link to a folder is the folder
	err = filepath.WalkDir(below, func(file string, d fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(file) == ".py" && !strings.HasPrefix(d.Name(), "_") && isFile(file) {
			found = append(found, file)
		}
		return err
	})
	if err != nil {
		return nil, fault.New(fault.Usage, "--locustfile %s: %w", path, err)
	}
	if len(found) == 0 {
		return nil, fault.New(fault.Usage, "--locustfile %s: the folder has no .py file whose name does not begin with _", path)
	}
	slices.Sort(found)
	return found, nil
}

// isFile reports whether a path is a file, or a link to one, as the files of a Kubernetes ConfigMap are.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// checkTime is how long a check of a locustfile may take; it takes a tenth of a second.
const checkTime = 30 * time.Second

// Options sees that our worker takes options, where it runs no locustfile with which it could say so.
func Options(ctx context.Context, worker string, options ...string) error {
	if len(options) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	_, err := exec.CommandContext(ctx, worker, append([]string{"--compiled", "--list"}, options...)...).Output()
	if exit := new(exec.ExitError); errors.As(err, &exit) && ctx.Err() == nil {
		return fault.New(fault.Usage, "%s", lastLine(exit.Stderr))
	}
	if err != nil {
		return fault.New(fault.NotReady, "%s --list: %w; run make build", worker, err)
	}
	return nil
}

// workerAdvice begins what the worker advises where it cannot run a line: loadtest knows better.
const workerAdvice = "; run this file on a Python worker"

// An UnableError says what of a locustfile our worker cannot run. It is a usage error, unless somebody else can run it.
type UnableError struct {
	// Reason is the first thing in the way, with its file and line, and how many there are beside it.
	Reason string
}

// Error is the reason.
func (u *UnableError) Error() string { return u.Reason }

// Runs sees that our worker can run the locustfile, as its --check says; an error that is an UnableError says that it cannot. What only hurts is the worker's to tell. The worker
// gets options too: it reads the same settings files as Locust.
func Runs(ctx context.Context, worker, path string, options ...string) error {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	output, err := exec.CommandContext(ctx, worker, append([]string{"--check", path}, options...)...).Output()
	exit := new(exec.ExitError)
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fault.New(fault.NotReady, "%s --check %s: %w", worker, path, ctx.Err())
	}
	if !errors.As(err, &exit) {
		return fault.New(fault.NotReady, "%s --check: %w; run make build", worker, err)
	}
	var wrong []string
	for line := range strings.Lines(string(output)) {
		if line = strings.TrimSpace(line); line != "" && !strings.Contains(line, ": warning: ") {
			wrong = append(wrong, line)
		}
	}
	if len(wrong) == 0 {
		return fault.New(fault.Usage, "%s", lastLine(exit.Stderr))
	}
	reason, _, _ := strings.Cut(wrong[0], workerAdvice)
	more := ""
	if len(wrong) > 1 {
		more = fmt.Sprintf(" (and %d more: worker --check %s)", len(wrong)-1, path)
	}
	return fault.New(fault.Usage, "%w; --workers=auto and --workers=python have it run on workers of Locust itself", &UnableError{reason + more})
}
