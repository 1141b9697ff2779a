package events_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/events"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A recorder keeps what it is told in words.
type recorder struct{ told []string }

func (r *recorder) Record(q user.Request) {
	text := strings.TrimSpace(q.Type + " " + q.Name + " " + q.Failure)
	if q.Incomplete {
		text += " incomplete"
	}
	if q.Apart {
		text += " apart"
	}
	r.told = append(r.told, text+" "+q.ResponseTime.String())
}

func (r *recorder) RecordEvent(name string, first bool, after time.Duration) {
	if first {
		name += " first"
	}
	r.told = append(r.told, name+" "+after.String())
}

// TestWatch has all that may become of a stream, in a time of its own.
func TestWatch(t *testing.T) {
	t.Parallel()
	const event = "data: x\n\n"
	for _, tt := range []struct {
		reason string
		held   bool
		run    func(w *events.Watch, cancel func())
		want   []string
	}{
		{"the schedule", false, func(w *events.Watch, _ func()) {
			time.Sleep(300 * time.Millisecond)
			w.Saw([]byte(event))
			time.Sleep(20 * time.Millisecond)
			w.Saw([]byte(": keep-alive\n\n"))
			time.Sleep(20 * time.Millisecond)
			w.Saw([]byte(event))
			time.Sleep(2 * time.Second)
			w.Saw([]byte(event + event))
			time.Sleep(time.Second)
			w.Ended(true, nil)
		}, []string{"n first 300ms", "n 40ms", "n 2s", "n 0s", "STREAM n apart 3.34s"}},
		{"no event", false, func(w *events.Watch, _ func()) { time.Sleep(time.Second); w.Ended(true, nil) }, []string{"STREAM n apart 1s"}},
		{"an event ends with its blank line", false, func(w *events.Watch, _ func()) {
			w.Saw([]byte("data: x\n"))
			time.Sleep(time.Second)
			w.Saw([]byte("\n"))
			w.Ended(true, nil)
		}, []string{"n first 1s", "STREAM n apart 1s"}},
		{"it says that it is over, and is left", false, func(w *events.Watch, _ func()) {
			time.Sleep(time.Second)
			w.Saw([]byte(event + "data: [DONE]\n\n"))
			time.Sleep(time.Second)
			w.Ended(false, nil)
		}, []string{"n first 1s", "STREAM n apart 1s"}},
		{"broken off", false, func(w *events.Watch, _ func()) { w.Ended(false, errors.New("reset")) }, []string{"STREAM n stream broken off apart 0s"}},
		{"too slow", false, func(w *events.Watch, _ func()) { w.Ended(false, os.ErrDeadlineExceeded) }, []string{"STREAM n stream timed out apart 0s"}},
		{"left", false, func(w *events.Watch, _ func()) { w.Ended(false, nil); w.Ended(true, nil) }, []string{"STREAM n incomplete apart 0s"}},
		{"the user's time is up", false, func(w *events.Watch, cancel func()) { cancel(); w.Ended(false, errors.New("closed")) }, []string{"STREAM n incomplete apart 0s"}},
		{"renamed", true, func(w *events.Watch, _ func()) {
			w.Rename("m")
			w.Saw([]byte(event))
			time.Sleep(time.Second)
			w.Ended(true, nil)
			time.Sleep(time.Second)
			w.Release("o")
			w.Release("p")
		}, []string{"m first 0s", "STREAM o apart 1s"}},
		{"released before its end", true, func(w *events.Watch, _ func()) { w.Release("o"); w.Ended(true, nil) }, []string{"STREAM o apart 0s"}},
	} {
		synctest.Test(t, func(t *testing.T) {
			r := &recorder{}
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			env := &user.Env{Done: ctx, Recorder: r, Streams: &user.Streams{}}
			tt.run(events.Stream{Name: "n", ContentType: "text/event-stream", Began: time.Now(), Held: tt.held}.Watch(env), cancel)
			if diff := cmp.Diff(tt.want, r.told); diff != "" {
				t.Errorf("%s: want -, got +\n%s", tt.reason, diff)
			}
		})
	}
}

// TestNobodyWantsToKnow: then there is no watch.
func TestNobodyWantsToKnow(t *testing.T) {
	t.Parallel()
	for reason, env := range map[string]*user.Env{
		"no environment": nil, "switched off": {Recorder: &recorder{}}, "nobody takes events": {Recorder: plain{}, Streams: &user.Streams{}},
	} {
		if w := (events.Stream{}).Watch(env); w != nil {
			t.Errorf("%s: there is a watch", reason)
		}
	}
}

type plain struct{}

func (plain) Record(user.Request) {}

// BenchmarkWatch is what an event costs, from its bytes to the histogram.
func BenchmarkWatch(b *testing.B) {
	chunk := []byte(`data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1700000000,"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}` + "\n\n")
	for name, path := range map[string]string{"plain": "", "path": "$.choices[0].delta.content"} {
		b.Run(name, func(b *testing.B) {
			s := stats.New(1)
			s.KeepTimings()
			streams, err := user.NewStreams(path)
			if err != nil {
				b.Fatal(err)
			}
			env := &user.Env{Done: b.Context(), Recorder: s.Shard(), Streams: streams}
			w := events.Stream{Name: "n", ContentType: "text/event-stream", Began: time.Now()}.Watch(env)
			b.ReportAllocs()
			for b.Loop() {
				w.Saw(chunk)
			}
		})
	}
}
