package events

import (
	"slices"
	"strings"
	"testing"

	"gregaria/worker/internal/jsonpath"
)

// TestListen has what events say, however the content is cut, and whatever a path says of what counts.
func TestListen(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxHeld+10)
	for _, tt := range []struct {
		reason, kind, content string
		want                  []string
	}{
		{"an event stream", "text/event-stream", ": hi\n\nevent: a\ndata: {\"a\":1}\n\ndata:{\"b\":\ndata:2}\r\n\r\ndata:\n\ndata: [DONE]\n\n", []string{` {"a":1}`, "{\"b\":\n2}", " [DONE]"}},
		{"lines", "application/x-ndjson", "{\"a\":1}\r\n\n{\"b\":2}", []string{"{\"a\":1}\r", `{"b":2}`}},
		{"an event that is too long, and the next", "text/event-stream", "data:" + long + "\n\ndata:1\n\n", []string{long[:maxHeld], "1"}},
		{"no events", "application/json", `{"a":1}`, nil},
	} {
		path, err := jsonpath.Parse("$.a")
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{1, 3, len(tt.content)} {
			s := NewScanner(tt.kind, []jsonpath.Path{path})
			var got []string
			s.Listen(func(data []byte) { got = append(got, string(data)) })
			for piece := range slices.Chunk([]byte(tt.content), size) {
				s.Feed(piece)
			}
			s.End()
			if !slices.Equal(got, tt.want) {
				t.Errorf("%s, in pieces of %d: %.200q, want %.200q", tt.reason, size, got, tt.want)
			}
		}
	}
	s := NewMessages(nil)
	var got []string
	s.Listen(func(data []byte) { got = append(got, string(data)) })
	s.Message([]byte(`{"a"`), false)
	s.Message([]byte(`:1}`), true)
	s.Message([]byte(" "), true)
	if want := []string{`{"a":1}`}; !slices.Equal(got, want) {
		t.Errorf("messages: %q, want %q", got, want)
	}
}
