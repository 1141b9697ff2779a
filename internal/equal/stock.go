package equal

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

//go:embed recorder.py
var recorder []byte

// timeLimit ends a run of which nothing more can be expected.
const timeLimit = 30 * time.Second

// A Stock runs files under a stock Locust worker.
type Stock struct {
	// Python is the interpreter that has Locust.
	Python string
}

// Versions returns those of Locust and of Python.
func (s Stock) Versions(ctx context.Context) (locust, python string, err error) {
	out, err := exec.CommandContext(ctx, s.Python, "-c",
		"import importlib.metadata as m, platform; print(m.version('locust'), platform.python_version())").Output()
	if err != nil {
		return "", "", fmt.Errorf("ask %s for its Locust: %w", s.Python, err)
	}
	locust, python, _ = strings.Cut(strings.TrimSpace(string(out)), " ")
	return locust, python, nil
}

// Record runs a file in one mode, once for each of its user classes.
func (s Stock) Record(ctx context.Context, file string, mode Mode, plan Plan) ([]Trace, error) {
	var traces []Trace
	for class := 0; ; class++ {
		t, classes, err := s.run(ctx, file, mode, plan, class)
		if err != nil {
			return nil, fmt.Errorf("record %s (%s): %w", filepath.Base(file), mode, err)
		}
		traces = append(traces, t)
		if class+1 >= classes {
			return traces, nil
		}
	}
}

// run runs one user of the class of that index.
func (s Stock) run(ctx context.Context, file string, mode Mode, plan Plan, class int) (t Trace, classes int, err error) {
	dir, err := os.MkdirTemp("", "equal")
	if err != nil {
		return t, 0, err
	}
	defer os.RemoveAll(dir)
	work, err := Stage(file, dir)
	if err != nil {
		return t, 0, err
	}
	server, err := Listen(mode)
	if err != nil {
		return t, 0, err
	}
	defer server.Close()
	m, err := newMaster(server.URL(), class, plan.Options)
	if err != nil {
		return t, 0, err
	}
	defer m.close()
	begun := time.Now()
	t, err = s.process(ctx, m, dir, work, plan)
	if err != nil {
		return t, 0, err
	}
	if class < len(m.classes) {
		t.Class = m.classes[class]
	}
	t.Requests = server.Requests()
	t.Normalise(server.Port(), filepath.Dir(work), begun)
	return t, len(m.classes), nil
}

// Normalise replaces what differs from run to run: the server's port, the folder of the file, the time; see [Rules].
func (t *Trace) Normalise(port int, dir string, clock time.Time) {
	n := &normaliser{port: strconv.Itoa(port), dir: dir, clock: clock, ids: map[string]string{}}
	n.trace(t)
}

// Stage copies a file, and the folders beside it, to a folder of its own, where it may write. It returns the copy.
func Stage(file, dir string) (string, error) {
	work := filepath.Join(dir, "work")
	from := filepath.Dir(file)
	entries, err := os.ReadDir(from)
	if err != nil {
		return "", err
	}
	for _, e := range entries {
		if e.IsDir() {
			if err := os.CopyFS(filepath.Join(work, e.Name()), os.DirFS(filepath.Join(from, e.Name()))); err != nil {
				return "", err
			}
		}
	}
	source, err := os.ReadFile(file) //nolint:gosec // the caller's file
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(work, 0o755); err != nil { //nolint:gosec // a temporary folder
		return "", err
	}
	staged := filepath.Join(work, filepath.Base(file))
	return staged, os.WriteFile(staged, source, 0o644) //nolint:gosec // a source file
}

// process runs the worker's process under the master.
func (s Stock) process(ctx context.Context, m *master, dir, work string, plan Plan) (t Trace, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeLimit)
	defer cancel()
	plugin, log := filepath.Join(dir, "recorder.py"), filepath.Join(dir, "log")
	if err := os.WriteFile(plugin, recorder, 0o644); err != nil { //nolint:gosec // a source file
		return t, err
	}
	args := append([]string{
		"-m", "locust", "-f", plugin + "," + work, "--worker", "--master-host=127.0.0.1", "--master-port=" + strconv.Itoa(m.port),
		"--skip-log-setup",
	}, plan.Args...)
	cmd := exec.CommandContext(ctx, s.Python, args...) //nolint:gosec // a Python of the caller's choice
	cmd.Dir = filepath.Dir(work)
	cmd.Env = append(Environ(), "GREGARIA_RECORD="+log, "GREGARIA_SEED="+strconv.Itoa(Seed), "GREGARIA_MAX_WAIT=0",
		"GREGARIA_ITERATIONS="+strconv.Itoa(plan.Iterations))
	if plan.Sleeps {
		cmd.Env = append(cmd.Env, "GREGARIA_RECORD_SLEEPS=1")
	}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		return t, err
	}
	gone := make(chan struct{})
	go func() { defer close(gone); err = cmd.Wait() }()
	mErr := m.serve(gone)
	<-gone
	if ctx.Err() != nil || mErr != nil {
		return t, errors.Join(mErr, fmt.Errorf("the worker did not end in %v: %s", timeLimit, LastLine(stderr.String())))
	}
	if len(m.classes) == 0 {
		t.Load = LastLine(stderr.String())
	}
	t.Output = Lines(stdout.String())
	t.Events, err = readEvents(log)
	return t, err
}

// Environ is the environment that files see.
func Environ() []string {
	return []string{
		"PATH=" + os.Getenv("PATH"), "HOME=/nonexistent", "LANG=C.UTF-8", "TZ=UTC", "PYTHONDONTWRITEBYTECODE=1", "PYTHONHASHSEED=0",
	}
}

// Lines splits output into lines.
func Lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(s, "\n"), "\n")
}

// LastLine is the line of a traceback that names the exception.
func LastLine(s string) string {
	all := Lines(strings.TrimRight(s, "\n"))
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1]
}

// readEvents reads the recorder's log. A failure follows the sample that it is of.
func readEvents(log string) (events []Event, err error) {
	data, err := os.ReadFile(log) //nolint:gosec // our own file
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		var e Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("read the recorder's log: %w", err)
		}
		if e.Failure != "" && len(events) > 0 {
			events[len(events)-1].Failure = e.Failure
			continue
		}
		events = append(events, e)
	}
	return events, err
}
