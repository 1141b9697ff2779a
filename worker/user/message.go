package user

// A Message is one of the messages that the master's locustfile sends to its workers (runner.send_message).
type Message struct {
	// Type is the message's own name.
	Type string
	// Data is what it carries: nil, bool, int64, float64, string, []byte, []any, or a map with any of them as values; its keys
	// are text (map[string]any) unless one of them is not (map[any]any).
	Data any
}

// A Listener is called for each message of the type it is registered for, one at a time and in order. Send answers.
type Listener func(m Message, send func(kind string, data any) error)
