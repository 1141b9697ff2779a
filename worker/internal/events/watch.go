package events

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"gregaria/internal/timing"
	"gregaria/worker/user"
)

// A Watch measures one stream, for timings alone: each event that carries data when it has been read, and how long the stream took until its
// end. Each has one row, whatever becomes of it: its user's environment leaves those that are open when the user's life is over. Its methods
// may be called by any goroutine.
type Watch struct {
	env      *user.Env
	recorder user.Recorder
	events   user.EventRecorder
	done     context.Context //nolint:containedctx // when the user's time is up
	began    time.Time       // of the request

	mu      sync.Mutex // guards what follows
	scanner Scanner
	name    string
	last    time.Time // when the last event came
	begun   bool      // an event has come
	ended   bool
	held    bool // the request may still get another name
	row     *user.Request
}

var _ user.Reading = (*Watch)(nil)

// A Stream is what a Watch is made for.
type Stream struct {
	// Type and Name are those of the request, URL prints its URL; nil if nobody knows it.
	Type, Name string
	URL        fmt.Stringer
	// ContentType is the header of that name.
	ContentType string
	// Began is when the request began.
	Began time.Time
	// Messages says that it is a WebSocket, and has no content but messages.
	Messages bool
	// Held says that the name may still change: the row of the stream waits for Release.
	Held bool
}

// Watch returns the watch of a stream that a user reads; nil if nobody wants to know.
func (s Stream) Watch(env *user.Env) *Watch {
	if env == nil {
		return nil
	}
	hear := s.listener(env)
	if env.Streams == nil && hear == nil {
		return nil
	}
	to, ok := env.Recorder.(user.EventRecorder)
	if !ok {
		return nil
	}
	w := &Watch{env: env, recorder: env.Recorder, events: to, done: env.Done, began: s.Began, name: s.Name, held: s.Held}
	if s.Messages {
		w.scanner = NewMessages(env.Streams.Data())
	} else {
		w.scanner = NewScanner(s.ContentType, env.Streams.Data())
	}
	if hear != nil {
		w.scanner.Listen(func(data []byte) { hear(data, time.Now()) })
	}
	env.Reads(w)
	return w
}

// listener is who wants to know what the events say, nil if nobody.
func (s Stream) listener(env *user.Env) func(data []byte, at time.Time) {
	if f, ok := env.Recorder.(user.StreamFollower); ok {
		return f.Follow(s.Type, s.Name, s.URL)
	}
	return nil
}

// Rename gives what comes another name.
func (w *Watch) Rename(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.name = name
}

// Saw takes the next of the decoded content. Events that are read at once have come at once.
func (w *Watch) Saw(piece []byte) {
	if w.scanner.format == none {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.scanner.Feed(piece); n > 0 || w.scanner.Done() {
		w.tell(n, time.Now())
		if w.scanner.Done() {
			w.finish("", false, w.last)
		}
	}
}

// SawMessage takes a piece of a message, and whether it is the last.
func (w *Watch) SawMessage(piece []byte, last bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.scanner.Message(piece, last) && !w.ended {
		w.tell(1, time.Now())
	}
}

// tell records events that have come now.
func (w *Watch) tell(n int, now time.Time) {
	for range n {
		after := now.Sub(w.last)
		if !w.begun {
			after = now.Sub(w.began)
		}
		w.events.RecordEvent(w.name, !w.begun, after)
		w.begun, w.last = true, now
	}
	w.last = now
}

// Ended says that nothing more is read: whole is that all of the content has been; else err is why not, nil that its reader had enough.
// Calls after the first do nothing.
func (w *Watch) Ended(whole bool, err error) {
	now := time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	if whole && w.scanner.End() {
		w.tell(1, now)
	}
	switch {
	case whole:
		w.finish("", false, now)
	case w.done != nil && w.done.Err() != nil, err == nil:
		w.finish("", true, now)
	case errors.Is(err, os.ErrDeadlineExceeded):
		w.finish(TimedOut, false, now)
	default:
		w.finish(BrokenOff, false, now)
	}
}

// Why a stream did not end properly.
const (
	TimedOut  = "stream timed out"
	BrokenOff = "stream broken off"
)

// finish makes the row of the stream.
func (w *Watch) finish(failure string, incomplete bool, at time.Time) {
	if w.ended {
		return
	}
	w.ended = true
	w.row = &user.Request{
		Type: timing.Stream, ResponseTime: at.Sub(w.began), Failure: failure, Incomplete: incomplete, End: at, Apart: true,
	}
	w.record()
}

// record records the row, once it is there and has its name.
func (w *Watch) record() {
	if w.row == nil || w.held {
		return
	}
	row := *w.row
	w.row, row.Name = nil, w.name
	w.recorder.Record(row)
	w.env.Read(w)
}

// Leave implements user.Reading: what has a name by now keeps it.
func (w *Watch) Leave() {
	w.Ended(false, nil)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = false
	w.record()
}

// Release says that the request has its last name.
func (w *Watch) Release(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.name, w.held = name, false
	w.record()
}
