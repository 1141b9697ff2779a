package locust

import (
	"fmt"
	"sync"

	"gregaria/worker/user"
)

// custom takes a message of the master's locustfile. Its listener runs beside the session, which never waits for it.
func (s *Session) custom(m received) error {
	heard := s.cfg.Listeners[m.Type] != nil
	if !heard && s.cfg.Other == nil {
		s.cfg.Log.Warn("Unknown message type received: " + printable(m.Type))
		return nil
	}
	var data any
	if len(m.Data) > 0 { // nil is nothing
		if err := unmarshal(m.Data, &data); err != nil {
			return err
		}
	}
	message := user.Message{Type: m.Type, Data: plain(data)}
	if heard {
		s.inbox.put(message)
	} else {
		s.cfg.Other(message)
	}
	return nil
}

// listen calls the listeners until the session ends. A panic of one is logged, as Locust logs an exception there.
func (s *Session) listen() {
	for {
		m, ok := s.inbox.take(s.ended)
		if !ok {
			return
		}
		s.call(m)
	}
}

func (s *Session) call(m user.Message) {
	defer func() {
		if v := recover(); v != nil {
			s.cfg.Log.Error(fmt.Sprintf("Uncaught panic in the listener for %s: %v", printable(m.Type), v))
		}
	}()
	s.cfg.Listeners[m.Type](m, s.SendMessage)
}

// SendMessage sends a message of the scenario's own to the master's locustfile. Any goroutine may call it. The error says
// that the data has no msgpack form.
func (s *Session) SendMessage(kind string, data any) error {
	frame, err := encode(kind, data, s.cfg.NodeID)
	if err != nil {
		return err
	}
	var m message
	if err := unmarshal(frame, &m); err != nil {
		return fmt.Errorf("encode %s: %w", kind, err)
	}
	s.send(valid(kind), validData(m.Data)) // the scenario's own types are plain data by now, and can be looked through
	return nil
}

// validData makes all text in decoded data valid UTF-8.
func validData(v any) any {
	switch v := v.(type) {
	case string:
		return valid(v)
	case []any:
		for i := range v {
			v[i] = validData(v[i])
		}
	case map[any]any:
		out := make(map[any]any, len(v))
		for k, e := range v {
			out[validData(k)] = validData(e)
		}
		return out
	}
	return v
}

// plain gives maps whose keys are all text the type that Go code expects.
func plain(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	case map[any]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			text, ok := k.(string)
			if !ok {
				return v
			}
			out[text] = plain(e)
		}
		return out
	}
	return v
}

// A queue holds what arrives until someone takes it, without a limit: whoever puts never waits.
type queue[T any] struct {
	mu    sync.Mutex // guards items
	items []T
	more  chan struct{} // has a token when items is not empty
}

func newQueue[T any]() *queue[T] { return &queue[T]{more: make(chan struct{}, 1)} }

func (q *queue[T]) put(item T) {
	q.mu.Lock()
	q.items = append(q.items, item)
	q.mu.Unlock()
	select {
	case q.more <- struct{}{}:
	default:
	}
}

// take returns the oldest item, or false once ended is closed.
func (q *queue[T]) take(ended <-chan struct{}) (item T, ok bool) {
	for {
		q.mu.Lock()
		if len(q.items) > 0 {
			item, q.items = q.items[0], q.items[1:]
			q.mu.Unlock()
			return item, true
		}
		q.mu.Unlock()
		select {
		case <-q.more:
		case <-ended:
			return item, false
		}
	}
}
