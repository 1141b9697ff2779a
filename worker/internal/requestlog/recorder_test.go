package requestlog

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gregaria/internal/requestline"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// TestPassesOn has everything that a recorder takes: it gets to the one behind, whatever that is, and requests into the file.
func TestPassesOn(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	var said diary
	l, _ := logged(t, said.config(path))
	var all, plain counter
	w := l.Worker("host_0123", func() int { return -1 })
	r := w.Recorder("", &all)
	before := time.Now()
	r.Record(user.Request{Type: "GET", Name: "/record"})
	sampler := r.(stats.Sampler)
	sampler.RecordSample(stats.Sample{Type: "MQTT", Name: "whole", Timed: true, Milliseconds: stats.Int(12), Length: stats.Int(5), URL: address("mqtt://h/?key=k")})
	sampler.RecordSample(stats.Sample{Type: "MQTT", Name: "broken", Timed: true, Milliseconds: stats.Float(12.345678), Length: stats.Float(0.5), Failure: "no"})
	sampler.RecordSample(stats.Sample{Type: "MQTT", Name: "untimed"})
	r.(user.EventRecorder).RecordEvent("/stream", true, time.Second)
	r.(stats.Witness).Witness(func() stats.Sample { return stats.Sample{Type: "GET", Name: "/elsewhere"} })
	w.Recorder("", onlyRecorder{&plain}).(stats.Sampler).RecordSample(stats.Sample{Type: "GET", Name: "/plain"})
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if len(all.requests) != 1 || len(all.samples) != 3 || all.events != 1 || len(plain.requests) != 1 {
		t.Errorf("passed on %d requests, %d samples, %d events, and %d to a plain recorder, want 1, 3, 1 and 1",
			len(all.requests), len(all.samples), all.events, len(plain.requests))
	}
	if end := all.requests[0].End; end.Before(before) || end.After(time.Now()) {
		t.Errorf("the request that was passed on ended at %v, want now: the second of the line", end)
	}
	want := []map[string]any{
		{"type": "GET", "name": "/record", "response_ms": 0.0, "length_bytes": 0.0},
		{"type": "MQTT", "name": "whole", "url": "mqtt://h/?key=***", "response_ms": 12.0, "length_bytes": 5.0},
		{"type": "MQTT", "name": "broken", "response_ms": 12.345678, "length_bytes": 0.5, "failure": "no"},
		{"type": "MQTT", "name": "untimed", "length_bytes": 0.0},
		{"type": "GET", "name": "/elsewhere", "length_bytes": 0.0},
		{"type": "GET", "name": "/plain", "length_bytes": 0.0},
	}
	var got []map[string]any
	for _, text := range lines(t, path) {
		fields := parsed(t, text)
		for _, name := range []string{requestline.Timestamp, requestline.Time, requestline.Worker} {
			if fields[name] == nil {
				t.Errorf("%s is missing in %s", name, text)
			}
			delete(fields, name)
		}
		got = append(got, fields)
	}
	less := func(a, b map[string]any) bool { return a["name"].(string) < b["name"].(string) }
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(less)); diff != "" {
		t.Errorf("lines (-want +got):\n%s", diff)
	}
	said.said(t)
}

// onlyRecorder is no Sampler.
type onlyRecorder struct{ to user.Recorder }

func (o onlyRecorder) Record(q user.Request) { o.to.Record(q) }

// TestOrigin has a worker whose number changes: another master.
func TestOrigin(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	var said diary
	l, _ := logged(t, said.config(path))
	index := 1
	w := l.Worker("host_0123", func() int { return index })
	w.Recorder("A", &counter{}).Record(user.Request{Name: "1"})
	w.Recorder("B", &counter{}).Record(user.Request{Name: "2"})
	index = 2
	w.Recorder("A", &counter{}).Record(user.Request{Name: "3"})
	_ = l.Close()
	got := map[any]any{}
	for _, text := range lines(t, path) {
		fields := parsed(t, text)
		got[fields["name"]] = []any{fields["index"], fields["user"]}
	}
	if diff := cmp.Diff(map[any]any{"1": []any{1.0, "A"}, "2": []any{1.0, "B"}, "3": []any{2.0, "A"}}, got); diff != "" {
		t.Errorf("origins (-want +got):\n%s", diff)
	}
}
