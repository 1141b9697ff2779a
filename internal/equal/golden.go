package equal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// A Golden is the recording of one file in one mode, a trace for each of its classes.
type Golden struct {
	// Locust and Python are the versions that it was recorded with.
	Locust, Python string
	Traces         []Trace
}

// The golden file: headers are kept once for all requests that share them.
type (
	goldenFile struct {
		Locust  string      `json:"locust"`
		Python  string      `json:"python"`
		Headers [][]string  `json:"headers"`
		Runs    []goldenRun `json:"runs"`
	}
	goldenRun struct {
		Class    string          `json:"class,omitempty"`
		Load     string          `json:"load,omitempty"`
		Requests []goldenRequest `json:"requests"`
		Events   []Event         `json:"events"`
		Output   []string        `json:"output"`
	}
	goldenRequest struct {
		Line    string `json:"line"`
		Headers int    `json:"headers"`
		Body    string `json:"body,omitempty"`
	}
)

// Marshal writes a golden file, one request, event or line of output a line, so that a diff can be read.
func (g *Golden) Marshal() []byte {
	f := goldenFile{Locust: g.Locust, Python: g.Python}
	for _, t := range g.Traces {
		run := goldenRun{Class: t.Class, Load: t.Load, Events: t.Events, Output: t.Output}
		for _, q := range t.Requests {
			run.Requests = append(run.Requests, goldenRequest{q.Method + " " + q.Target, f.intern(q.Headers), q.Body})
		}
		f.Runs = append(f.Runs, run)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"locust\":%s,\"python\":%s,\n\"headers\":%s,\n\"runs\":[", text(f.Locust), text(f.Python), list(f.Headers))
	for i, r := range f.Runs {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "{\"class\":%s,\"load\":%s,\n\"requests\":%s,\n\"events\":%s,\n\"output\":%s}",
			text(r.Class), text(r.Load), list(r.Requests), list(r.Events), list(r.Output))
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

func (f *goldenFile) intern(headers []string) int {
	i := slices.IndexFunc(f.Headers, func(h []string) bool { return slices.Equal(h, headers) })
	if i < 0 {
		i = len(f.Headers)
		f.Headers = append(f.Headers, headers)
	}
	return i
}

func text(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // texts and numbers can be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func list[T any](items []T) string {
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = "\n" + text(item)
	}
	return "[" + strings.Join(parts, ",") + "]"
}

// ParseGolden reads what Marshal wrote.
func ParseGolden(data []byte) (*Golden, error) {
	var f goldenFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("read a golden file: %w", err)
	}
	g := &Golden{Locust: f.Locust, Python: f.Python}
	for _, r := range f.Runs {
		t := Trace{Class: r.Class, Load: r.Load, Events: r.Events, Output: r.Output}
		for _, q := range r.Requests {
			if q.Headers < 0 || q.Headers >= len(f.Headers) {
				return nil, fmt.Errorf("read a golden file: %s has headers %d of %d", q.Line, q.Headers, len(f.Headers))
			}
			method, target, _ := strings.Cut(q.Line, " ")
			t.Requests = append(t.Requests, Request{method, target, f.Headers[q.Headers], q.Body})
		}
		g.Traces = append(g.Traces, t)
	}
	return g, nil
}
