package requestlog

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/internal/requestline"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A counter counts what is passed on to it.
type counter struct {
	mu       sync.Mutex
	requests []user.Request
	samples  []stats.Sample
	events   int
}

func (c *counter) Record(q user.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests = append(c.requests, q)
}

func (c *counter) RecordSample(s stats.Sample) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.samples = append(c.samples, s)
}

func (c *counter) RecordEvent(string, bool, time.Duration) { c.events++ }

// A diary is what a Log says.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

func (d *diary) lines() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return strings.Split(strings.TrimRight(d.text.String(), "\n"), "\n")
}

// said wants the lines to be those, each by a part of it.
func (d *diary) said(t *testing.T, parts ...string) {
	t.Helper()
	got := d.lines()
	if len(got) == 1 && got[0] == "" {
		got = nil
	}
	if len(got) != len(parts) {
		t.Errorf("said %q, want %d lines: %q", got, len(parts), parts)
		return
	}
	for i, part := range parts {
		if !strings.Contains(got[i], part) {
			t.Errorf("line %d = %q, want %q in it", i, got[i], part)
		}
	}
}

func (d *diary) config(path string) Config {
	return Config{Path: path, Log: slog.New(slog.NewTextHandler(d, nil))}
}

// logged opens a log and returns a recorder of a user.
func logged(t *testing.T, c Config) (*Log, user.Recorder) {
	t.Helper()
	l, err := Open(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l, recorderOf(l)
}

func recorderOf(l *Log) user.Recorder {
	return l.Worker("host_0123", func() int { return 3 }).Recorder("Shopper", &counter{})
}

// lines are those of a file.
func lines(t *testing.T, path string) []string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		t.Errorf("%s ends in half a line", path)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

// parsed is a line of JSON.
func parsed(t *testing.T, text string) map[string]any {
	t.Helper()
	fields := map[string]any{}
	if err := json.Unmarshal([]byte(text), &fields); err != nil {
		t.Fatalf("%q is not JSON: %v", text, err)
	}
	return fields
}

// cells is a line of CSV, by field.
func cells(t *testing.T, text string) map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 1 || len(rows[0]) != len(requestline.Fields()) {
		t.Fatalf("%q is no line of CSV with %d cells: %v, %v", text, len(requestline.Fields()), rows, err)
	}
	all := map[string]string{}
	for i, name := range requestline.Fields() {
		all[name] = rows[0][i]
	}
	return all
}

// written is the line of a request.
func written(q user.Request, isCSV bool) string {
	l := newLog(Config{Path: map[bool]string{true: "x.csv"}[isCSV]})
	r := recorderOf(l)
	r.Record(q)
	text := ""
	for i := range l.shards {
		text += string(l.shards[i].take(nil, false))
	}
	return text
}
