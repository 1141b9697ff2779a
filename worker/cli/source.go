package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/program"
)

// A script is the locustfiles that the workers run, each in a copy of its own.
type script struct {
	sources  []locustfile.Source // parsed
	findings []check.Finding     // what does not keep them from running
}

// A refusedError is a locustfile that cannot run here.
type refusedError struct{ text string }

func (e *refusedError) Error() string { return e.text }

// script has the locustfile that the flags ask for, once for all workers, as locust --processes asks the master before it
// forks; nil means that the classes in Go are to run.
func (p Program) script(ctx context.Context, o options, host string, handler *logging.Handler) (*script, error) {
	if o.Compiled || o.Locustfile == "" && len(p.Classes) > 0 && !p.Interpret {
		_, err := o.line.Settle(nil)
		return nil, err
	}
	log := slog.New(handler)
	sources, err := o.sources(ctx, host, log)
	if err != nil {
		return nil, err
	}
	for _, name := range leftOut(sources) {
		log.Info(leavesOut(name))
	}
	if err := noneLeft(sources); err != nil {
		return nil, err
	}
	findings, err := refuse(sources, log)
	if err != nil {
		return nil, err
	}
	if sources, err = locustfile.Parse(sources); err != nil {
		return nil, loadError(err, sources)
	}
	return &script{sources, findings}, nil
}

// sources reads the locustfiles, or asks the master for its own.
func (o options) sources(ctx context.Context, host string, log *slog.Logger) ([]locustfile.Source, error) {
	if o.Locustfile != "" && o.Locustfile != "-" {
		return readFiles(o.Locustfile)
	}
	o.sayUnknown(log)
	files, err := o.fetch(ctx, host, log)
	if errors.Is(err, locust.ErrSilent) && o.Locustfile == "" { // nobody has asked for a locustfile in particular
		return nil, fmt.Errorf("%w at %s. %s", locust.ErrNoMaster, o.master(), program.Diagnose(o.MasterHost, o.MasterPort))
	}
	if err != nil {
		return nil, err
	}
	var sources []locustfile.Source
	for _, f := range files {
		sources = append(sources, locustfile.Source{Path: f.Name, Text: []byte(f.Contents), Remote: true})
	}
	return sources, nil
}

// readFiles reads what -f names, as locust.argument_parser.parse_locustfile_paths finds it.
func readFiles(list string) ([]locustfile.Source, error) {
	var sources []locustfile.Source
	for path := range strings.SplitSeq(list, ",") {
		paths, err := expand(strings.TrimSpace(path))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				return nil, &refusedError{fmt.Sprintf("read the locustfile: %v", err)}
			}
			if path, err = filepath.Abs(path); err != nil {
				return nil, err
			}
			sources = append(sources, locustfile.Source{Path: path, Text: text})
		}
	}
	return sources, nil
}

func expand(path string) ([]string, error) {
	if strings.HasPrefix(path, "http://") || strings.HasPrefix(path, "https://") {
		return nil, &refusedError{"-f " + path + ": this worker loads no code from the network; download the file, or give it to the master"}
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, &refusedError{fmt.Sprintf("-f %s: there is no such file", path)}
	case !info.IsDir() && filepath.Ext(path) != ".py":
		return nil, &refusedError{fmt.Sprintf("-f %s: a locustfile ends with .py", path)}
	case !info.IsDir():
		return []string{path}, nil
	}
	var found []string
	err = filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(file) == ".py" && !strings.HasPrefix(d.Name(), "_") {
			found = append(found, file)
		}
		return err
	})
	if err == nil && len(found) == 0 {
		err = &refusedError{"-f " + path + ": the folder has no .py file"}
	}
	slices.Sort(found)
	return found, err
}

// refuse checks the files that are to run before anything of them does. It returns the warnings.
func refuse(sources []locustfile.Source, log *slog.Logger) ([]check.Finding, error) {
	findings, err := inspect(sources)
	if err != nil {
		return nil, err
	}
	var wrong []string
	for _, f := range findings {
		if f.Warning {
			log.Warn(f.String())
		} else {
			wrong = append(wrong, "  "+f.String())
		}
	}
	if wrong == nil {
		return findings, nil
	}
	return nil, &refusedError{"this worker cannot run the locustfile; a stock Python worker (locust -f FILE --worker) can serve the same master\n" +
		strings.Join(wrong, "\n")}
}

func inspect(sources []locustfile.Source) ([]check.Finding, error) {
	config := check.Config{Modules: locustfile.Modules(), Search: locustfile.Search(sources), Path: locustfile.SearchPath(sources)}
	var all []check.Finding
	for _, s := range locustfile.Ours(sources) {
		config.Leaves = locustfile.Leaves(s)
		found, err := check.Files(config, s.Path, s.Text)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", s.Path, err)
		}
		all = append(all, found...)
	}
	for i := range all {
		all[i].File = shown(all[i].File)
	}
	slices.SortStableFunc(all, func(a, b check.Finding) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return slices.Compact(all), nil // two files may import one module
}
