// Package locusttest is a Locust master in memory, for tests of the worker's side of the protocol. It answers as
// locust/runners.py does where a worker depends on the answer, and keeps every message it got.
package locusttest

import (
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/ugorji/go/codec"
)

// A Message is one message as the master decoded it: maps are map[string]any or map[any]any.
type Message struct {
	Type   string
	Data   any
	NodeID string
}

// A Master is the peer of one worker's connection: it satisfies the worker's Conn.
type Master struct {
	to chan []byte

	mu     sync.Mutex // guards what follows
	ignore map[string]bool
	got    []Message
	bad    []error
	resets int
	index  int
}

// New returns a master that answers client_ready with ack and heartbeat with heartbeat.
func New() *Master {
	return &Master{to: make(chan []byte, 1024), ignore: map[string]bool{}}
}

// Send takes a frame of the worker.
func (m *Master) Send(frame []byte) {
	msg, err := Decode(frame)
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil {
		m.bad = append(m.bad, err)
		return
	}
	m.got = append(m.got, msg)
	if m.ignore[msg.Type] {
		return
	}
	switch msg.Type {
	case "client_ready":
		m.Say("ack", map[string]any{"index": m.index})
	case "heartbeat":
		m.Say("heartbeat", nil)
	}
}

// Ignore makes the master leave messages of a type unanswered, or answer them again.
func (m *Master) Ignore(kind string, ignored bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ignore[kind] = ignored
}

// Receive is what the worker reads.
func (m *Master) Receive() <-chan []byte { return m.to }

// Reset counts the worker's new connections.
func (m *Master) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.resets++
}

// Say sends a message to the worker.
func (m *Master) Say(kind string, data any) { m.Raw(Encode(kind, data, "node")) }

// Raw sends a frame that need not be a message.
func (m *Master) Raw(frame []byte) { m.to <- frame }

// Spawn sends a spawn message.
func (m *Master) Spawn(timestamp float64, classes map[string]int, stopTimeout float64) {
	m.Say("spawn", map[string]any{
		"timestamp": timestamp, "user_classes_count": classes, "host": "http://localhost:1", "stop_timeout": stopTimeout,
		"parsed_options": map[string]any{"tags": nil, "users": map[any]any{1: "int key"}},
	})
}

// Take returns the messages since the last Take, without the heartbeats unless they are asked for.
func (m *Master) Take(heartbeats bool) []Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Message
	for _, msg := range m.got {
		if heartbeats || msg.Type != "heartbeat" {
			out = append(out, msg)
		}
	}
	m.got = nil
	return out
}

// Resets returns how often the worker made a new connection.
func (m *Master) Resets() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.resets
}

// Bad returns what a stock master could not have decoded.
func (m *Master) Bad() []error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.bad
}

// Types lists the types of messages.
func Types(messages []Message) []string {
	types := []string{}
	for _, m := range messages {
		types = append(types, m.Type)
	}
	return types
}

// Encode writes a message as Python's msgpack does.
func Encode(kind string, data any, nodeID string) []byte {
	var frame []byte
	h := &codec.MsgpackHandle{WriteExt: true}
	codec.NewEncoderBytes(&frame, h).MustEncode([]any{kind, data, nodeID})
	return frame
}

// Decode reads a message as strictly as a stock master: an array of exactly three, valid UTF-8 everywhere
// (locust/rpc/protocol.py, msgpack.loads with raw=False).
func Decode(frame []byte) (m Message, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("msgpack: %v", v)
		}
	}()
	h := &codec.MsgpackHandle{WriteExt: true}
	h.SignedInteger = true
	var parts []any
	if err := codec.NewDecoderBytes(frame, h).Decode(&parts); err != nil {
		return m, err
	}
	if len(parts) != 3 {
		return m, fmt.Errorf("an array of %d, want 3", len(parts))
	}
	if err := validText(parts); err != nil {
		return m, err
	}
	kind, ok := parts[0].(string)
	id, ok2 := parts[2].(string)
	if !ok || !ok2 {
		return m, fmt.Errorf("type or node id is not a text: %v, %v", parts[0], parts[2])
	}
	return Message{kind, parts[1], id}, nil
}

func validText(v any) error {
	switch v := v.(type) {
	case string:
		if !utf8.ValidString(v) {
			return fmt.Errorf("invalid UTF-8: %q", v)
		}
	case []any:
		for _, e := range v {
			if err := validText(e); err != nil {
				return err
			}
		}
	case map[any]any:
		for k, e := range v {
			if err := validText(k); err != nil {
				return err
			}
			if err := validText(e); err != nil {
				return err
			}
		}
	}
	return nil
}
