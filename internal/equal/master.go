package equal

import (
	"fmt"
	"sync"
	"time"

	"github.com/zeromq/goczmq"

	"gregaria/internal/locusttest"
)

// A master is just enough of a Locust master for one worker: it registers it, has one user spawned, and ends it when the
// worker's recorder says that nothing more will happen. It belongs to one goroutine.
type master struct {
	sock    *goczmq.Sock
	port    int
	host    string // under test
	class   int    // which of the worker's classes gets the user
	options map[string]any

	classes []string // the worker's, once it has said so
	ready   bool     // the worker has registered
	spawned bool
}

func newMaster(host string, class int, options map[string]any) (*master, error) {
	sock := newRouter()
	port, err := sock.Bind("tcp://127.0.0.1:*")
	if err != nil {
		return nil, fmt.Errorf("bind the master's port: %w", err)
	}
	sock.SetOption(goczmq.SockSetRcvtimeo(1000))
	return &master{sock: sock, port: port, host: host, class: class, options: options}, nil
}

// making is held by whoever makes a socket: czmq ends the process if the first two are made at the same moment.
var making sync.Mutex

func newRouter() *goczmq.Sock {
	making.Lock()
	defer making.Unlock()
	return goczmq.NewSock(goczmq.Router)
}

func (m *master) close() { m.sock.Destroy() }

// serve answers the worker until it has gone. A message is two frames; signals may interrupt the reading of either.
func (m *master) serve(gone <-chan struct{}) error {
	var frames [][]byte
	for {
		select {
		case <-gone:
			return nil
		default:
		}
		if goczmq.Events(m.sock)&goczmq.Pollin == 0 {
			time.Sleep(time.Millisecond)
			continue
		}
		if frame, _, err := m.sock.RecvFrame(); err == nil {
			frames = append(frames, frame)
		}
		if len(frames) < 2 {
			continue
		}
		msg, err := locusttest.Decode(frames[1])
		if err != nil {
			return fmt.Errorf("a message of the worker: %w", err)
		}
		m.handle(string(frames[0]), msg)
		frames = nil
	}
}

func (m *master) handle(id string, msg locusttest.Message) {
	switch msg.Type {
	case "client_ready":
		m.say(id, "ack", map[string]any{"index": 0})
		m.ready = true
	case "heartbeat":
		m.say(id, "heartbeat", nil)
	case "user_classes":
		names, _ := msg.Data.([]any)
		for _, name := range names {
			m.classes = append(m.classes, fmt.Sprint(name))
		}
	case "recorded":
		m.say(id, "quit", nil)
	}
	if m.ready && !m.spawned && m.class < len(m.classes) {
		m.spawned = true
		m.spawn(id)
	}
}

// spawn asks for one user of the class.
func (m *master) spawn(id string) {
	counts := map[string]any{}
	for i, name := range m.classes {
		counts[name] = 0
		if i == m.class {
			counts[name] = 1
		}
	}
	m.say(id, "spawn", map[string]any{
		"timestamp": float64(time.Now().UnixNano()) / 1e9, "user_classes_count": counts, "host": m.host, "stop_timeout": 0.0,
		"parsed_options": ParsedOptions(m.options),
	})
}

// ParsedOptions are the options that the spawn message carries, as far as workers look at them.
func ParsedOptions(more map[string]any) map[string]any {
	options := map[string]any{"tags": nil, "exclude_tags": nil, "expect_workers": int64(1), "users": int64(1), "num_users": int64(1)}
	for name, value := range more {
		options[name] = value
	}
	return options
}

func (m *master) say(id, kind string, data any) {
	for m.sock.SendFrame([]byte(id), goczmq.FlagMore) != nil {
	}
	for m.sock.SendFrame(locusttest.Encode(kind, data, id), goczmq.FlagNone) != nil {
	}
}
