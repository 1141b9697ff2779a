package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/worker/internal/check"
	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/locustfile"
	"gregaria/worker/internal/logging"
	"gregaria/worker/internal/metrics"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/usage"
	"gregaria/worker/user"
)

// loadTime is how long a locustfile may take to load.
const loadTime = 5 * time.Minute

// A script is a locustfile that this worker runs.
type script struct {
	*locustfile.File
	crew *locustfile.Crew
	quit context.CancelFunc
}

// A refusedError is a locustfile that cannot run here.
type refusedError struct{ text string }

func (e *refusedError) Error() string { return e.text }

// names are those of the user classes in Go.
func (p Program) names() string {
	var names []string
	for _, c := range p.Classes {
		names = append(names, c.Name)
	}
	if names == nil {
		return "there are none"
	}
	return strings.Join(names, ", ")
}

// script loads the locustfile that the flags ask for; nil means that the classes in Go are to run.
func (p Program) script(ctx context.Context, o options, host string, handler *logging.Handler) (*script, error) {
	if o.Compiled || o.Locustfile == "" && len(p.Classes) > 0 && !p.Interpret {
		return nil, nil
	}
	sources, err := o.sources(ctx, host, slog.New(handler))
	if err != nil {
		return nil, err
	}
	findings, err := refuse(sources, slog.New(handler))
	if err != nil {
		return nil, err
	}
	if o.Isolates == 0 {
		o.Isolates = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithTimeout(ctx, loadTime)
	defer cancel()
	file, err := locustfile.Load(ctx, locustfile.Config{
		Sources: sources, Isolates: o.Isolates, Seed: o.Seed, General: o.GeneralPath, Level: o.python(), Placeholders: check.Placeholders(findings),
		MaxMemory: maxMemory(),
		Log: func(level slog.Level, logger, text string) {
			slog.New(handler.Named(logger)).Log(context.Background(), level, text)
		},
	})
	var load *locustfile.LoadError
	if errors.As(err, &load) || errors.Is(err, locustfile.ErrNoUsers) {
		return nil, &refusedError{"the locustfile does not load: " + strings.TrimRight(err.Error(), "\n")}
	}
	if err != nil {
		return nil, err
	}
	return &script{File: file}, nil
}

// maxMemory leaves a fifth of the container's memory for what is not Python.
func maxMemory() int64 {
	limit := int64(usage.MemoryLimit() / 5 * 4)
	if limit == 0 || limit > python.DefaultMaxMemory {
		return python.DefaultMaxMemory
	}
	return limit
}

// sources reads the locustfiles, or asks the master for its own.
func (o options) sources(ctx context.Context, host string, log *slog.Logger) ([]locustfile.Source, error) {
	if o.Locustfile != "" && o.Locustfile != "-" {
		return readFiles(o.Locustfile)
	}
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

// refuse checks the files before anything of them runs. It returns the warnings.
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
	config := check.Config{Modules: locustfile.Modules(), Source: locustfile.LocalModules(sources)}
	var all []check.Finding
	for _, s := range sources {
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

// checkFiles is --check: findings on stdout, a summary on stderr.
func checkFiles(list string, stdout, stderr io.Writer) int {
	sources, err := readFiles(list)
	if err != nil {
		return fail(stderr, exitcode.Usage, err)
	}
	findings, err := inspect(sources)
	if err != nil {
		return fail(stderr, exitcode.NotReady, err)
	}
	wrong, elsewhere := 0, 0
	for _, f := range findings {
		fmt.Fprintln(stdout, f)
		if !f.Warning {
			wrong++
		}
		if f.Elsewhere() {
			elsewhere++
		}
	}
	switch {
	case wrong > elsewhere:
		fmt.Fprintf(stderr, "worker: %s cannot run, %d of them under no Locust worker at all\n", count(wrong, "place"), wrong-elsewhere)
		return exitcode.Failed
	case wrong > 0:
		fmt.Fprintf(stderr, "worker: %s cannot run on this worker; a stock Python worker (locust -f FILE --worker) can serve the same master\n", count(wrong, "place"))
		return exitcode.Failed
	}
	fmt.Fprintf(stderr, "worker: %s runs on this worker (%s)\n", list, count(len(findings), "warning"))
	return exitcode.OK
}

// count is n things.
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// shown is a path as people would write it here.
func shown(path string) string {
	here, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

// configure lets the locustfile hear what the session hears.
func (s *script) configure(c *locust.Config, quit context.CancelFunc) {
	s.quit = quit
	s.Constants(c)
	c.Acknowledged = func(index int) { s.crew.Connected(index) }
	c.Spawned = func(users int) { s.crew.Spawned(users) }
	c.Other = s.heard
	c.Attach = s.Attach(func() *locustfile.Crew { return s.crew })
}

// connect gives the locustfile its worker.
func (s *script) connect(o options, line program.Line, shard user.Recorder, counted metrics.Stats, users *engine.Engine) locust.Users {
	s.crew = locustfile.NewCrew(s.File, users)
	s.Connect(locustfile.Link{
		NodeID: line.NodeID, MasterHost: o.MasterHost, MasterPort: o.MasterPort,
		Recorder: shard, Exception: line.Exception, Send: line.Send, Stats: counted,
		CPU: line.CPU, Memory: line.Memory,
		Stop: func() { s.crew.Stop(0, func() {}) }, Quit: s.quit,
	})
	return s.crew
}

func (s *script) farewell() {
	if s != nil {
		s.crew.Farewell(s.exitCode())
	}
}

// exitCode is what the locustfile wants, or 0.
func (s *script) exitCode() int {
	if s == nil {
		return exitcode.OK
	}
	code, _ := s.ExitCode()
	return code
}

func (s *script) heard(m user.Message) { s.crew.Heard(m) }
