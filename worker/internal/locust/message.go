// Package locust speaks the master-worker protocol of Locust 2.x: what the messages are, how they are written, and the
// session of one worker with its master. docs/protocol.md describes the protocol.
package locust

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ugorji/go/codec"

	"gregaria/internal/timing"
	"gregaria/worker/internal/stats"
)

// The types of the messages (locust/runners.py, MasterRunner.handle_message and WorkerRunner.handle_message).
const (
	clientReady      = "client_ready"
	clientStopped    = "client_stopped"
	heartbeat        = "heartbeat"
	statsMessage     = "stats"
	spawning         = "spawning"
	spawningComplete = "spawning_complete"
	exception        = "exception"
	logs             = "logs"
	quit             = "quit"
	ack              = "ack"
	spawn            = "spawn"
	stop             = "stop"
	reconnect        = "reconnect"
	updateUserClass  = "update_user_class"
)

// A message is an array of three on the wire: type, data, node id (locust/rpc/protocol.py).
type message struct {
	_struct struct{} `codec:",toarray"` //nolint:unused // an option of the codec: an array, not a map
	Type    string
	Data    any
	NodeID  string
}

// received is a message whose data is still encoded: what it holds depends on its type.
type received struct {
	_struct struct{} `codec:",toarray"` //nolint:unused // an option of the codec: an array, not a map
	Type    string
	Data    codec.Raw
	NodeID  any // the sender's id, or nil; nothing depends on it
}

// beat is the data of a heartbeat: exactly these three keys, all of them (MasterRunner.handle_message).
type beat struct {
	State string `codec:"state"`
	// CPU is in percent, Memory (resident) in bytes.
	CPU    float64 `codec:"current_cpu_usage"`
	Memory uint64  `codec:"current_memory_usage"`
}

// userCounts is the data of spawning_complete, and part of stats: the users that run, all known classes, zeros included.
type userCounts struct {
	Classes map[string]int `codec:"user_classes_count"`
	Users   int            `codec:"user_count"`
}

// statsData is the data of stats. Its last key is ours: the master leaves it to those who listen to events.worker_report.
type statsData struct {
	stats.Report
	userCounts
	Timings *timing.Message `codec:"gregaria,omitempty"` // timing.Key
}

// raised is the data of exception. The master groups by traceback alone.
type raised struct {
	Message   string `codec:"msg"`
	Traceback string `codec:"traceback"`
}

// acknowledgement is the data of ack.
type acknowledgement struct {
	Index int `codec:"index"`
}

// A Job is the data of a spawn message: how many users of each class are to run from now on, and with what.
type Job struct {
	// Timestamp is when the master sent it, in seconds since the epoch of the master's clock. Older ones are stale.
	Timestamp float64 `codec:"timestamp"`
	// Classes holds the users wanted of each class: totals for this worker, not differences.
	Classes map[string]int `codec:"user_classes_count"`
	// Host is the base URL from the web UI or --host, nil if there is none.
	Host *string `codec:"host"`
	// StopTimeout is how many seconds a running task may take to finish once its user is to stop.
	StopTimeout float64 `codec:"stop_timeout"`
	// Options are the master's parsed command line options.
	Options map[string]any `codec:"parsed_options"`
}

// maxDepth bounds how deeply the data of a message may be nested.
const maxDepth = 64

// handle is how Locust's msgpack is configured: text and bytes are told apart (raw=False).
func handle() *codec.MsgpackHandle {
	h := &codec.MsgpackHandle{WriteExt: true}
	h.SignedInteger = true
	h.Raw = true
	h.MaxDepth = maxDepth
	return h
}

// ErrMessage means that a frame is not a message of the protocol.
var ErrMessage = errors.New("not a Locust message")

// encode writes a message. All text in it becomes valid UTF-8: one bad byte would make the master drop the message.
func encode(kind string, data any, nodeID string) ([]byte, error) {
	var frame []byte
	err := codec.NewEncoderBytes(&frame, handle()).Encode(&message{Type: kind, Data: data, NodeID: nodeID})
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", kind, err)
	}
	return frame, nil
}

// decode reads the envelope of a message.
func decode(frame []byte) (received, error) {
	var m received
	if err := unmarshal(frame, &m); err != nil {
		return received{}, fmt.Errorf("%w: %w", ErrMessage, err)
	}
	if m.Type == "" {
		return received{}, fmt.Errorf("%w: no type", ErrMessage)
	}
	return m, nil
}

// unmarshal decodes msgpack. The codec panics on some malformed input; that is an error like any other.
func unmarshal(data []byte, into any) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("msgpack: %v", v)
		}
	}()
	return codec.NewDecoderBytes(data, handle()).Decode(into)
}

// printable escapes what of a text from elsewhere is no text, or would change how a terminal shows the rest.
func printable(s string) string {
	quoted := strconv.Quote(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// valid makes s valid UTF-8.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
