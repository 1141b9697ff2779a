package events

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"gregaria/worker/internal/jsonpath"
)

const (
	sse    = "text/event-stream; charset=utf-8"
	ndjson = "application/x-ndjson"
	openAI = "$.choices[0].delta.content"
)

func paths(t testing.TB, text string) []jsonpath.Path {
	if text == "" {
		return nil
	}
	all, err := jsonpath.ParseList(text)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// contents are streams, and how many events that carry data they have.
var contents = []struct {
	kind, path, content string
	want                int
	done                bool
	reason              string
}{
	{sse, "", "data: one\n\ndata: two\n\n", 2, false, "two events"},
	{sse, "", "data: one\r\n\r\ndata: two\r\n\r\n", 2, false, "lines that end with CR LF"},
	{sse, "", "data: a\r\ndata: b\r\n\r\n", 1, false, "one event of two lines"},
	{sse, "", "data: one\r\rdata: two\r\r", 2, false, "lines that end with CR"},
	{sse, "", "data: one\n\r\ndata: two\r\n\n", 2, false, "lines that end with this and that"},
	{sse, "", "\xef\xbb\xbfdata: one\n\n", 1, false, "a byte order mark"},
	{sse, "", "\xef\xbbdata: one\n\n", 0, false, "half of one is part of a name"},
	{sse, "", "data: a\ndata: b\nid: 1\nevent: x\nretry: 5\n\n", 1, false, "an event of many lines"},
	{sse, "", ": comment\n\n:\n\n:data: x\n\n", 0, false, "comments"},
	{sse, "", "event: ping\n\nid: 7\n\n", 0, false, "no data"},
	{sse, "", "data\n\ndata:\n\ndata:   \n\ndata\ndata\n\n", 0, false, "blank data"},
	{sse, "", "data\ndata:x\n\n", 1, false, "data behind a line of none"},
	{sse, "", "data:x\n\n", 1, false, "no space behind the colon"},
	{sse, "", "Data: x\n\n data: x\n\ndatas: x\n\ndat: x\n\n", 0, false, "other names"},
	{sse, "", "data: one\n\ndata: two\n", 1, false, "an event that is not ended is none"},
	{sse, "", "\n\n\n\r\n\r\n", 0, false, "blank lines"},
	{sse, "", "data: x\n\ndata: [DONE]\n\n", 1, true, "the end is no event"},
	{sse, "", "data:[DONE]\r\n\r\n", 0, true, "the end without a space"},
	{sse, "", "data: [DONE] \n\ndata: [DONE]x\n\n", 1, true, "more than the end"},
	{sse, "", "data: [DO\ndata: NE]\n\n", 1, false, "not in one line"},
	{sse, "", "event: [DONE]\n\n", 0, false, "not data"},
	{sse, openAI, `data: {"choices":[{"delta":{"role":"assistant","content":""}}]}` + "\n\n" +
		`data: {"choices":[{"delta":{"content":"Once"}}]}` + "\n\n: keep-alive\n\n" +
		`data: {"choices":[{"delta":{"content":" "}}]}` + "\n\n" +
		`data: {"choices":[{"delta":{},"finish_reason":"stop"}]}` + "\n\ndata: [DONE]\n\n", 2, true, "a chat"},
	{sse, openAI, "data: {\"choices\":\ndata: [{\"delta\":\ndata: {\"content\":\"x\"}}]}\n\n", 1, false, "JSON over lines of data"},
	{sse, "$.a,$.b", "data: {\"a\":1}\n\ndata: {\"b\":1}\n\ndata: {\"c\":1}\n\n", 2, false, "one path or the other"},
	{sse, "$.a", "data: {\"a\":1}\ndata: x\n\ndata: {\"b\":1}\n\n", 1, false, "what was found stays so, for this event"},
	{ndjson, "", "{\"a\":1}\n{\"a\":2}\n", 2, false, "two lines"},
	{ndjson, "", "{\"a\":1}\r\n\r\n \t\n\n{\"a\":2}", 2, false, "blank lines, and a last one without an end"},
	{ndjson, "", "\xef\xbb\xbf\n{}\n", 1, false, "a byte order mark is no line"},
	{ndjson, "$.message.content", `{"message":{"content":""}}` + "\n" + `{"message":{"content":"x"}}` + "\n" + `{"done":true}` + "\n", 1, false, "a chat of ollama"},
	{ndjson, "", "data: x\n[DONE]\n", 2, false, "no event stream"},
	{"text/plain", "", "data: x\n\n", 0, false, "a type without events"},
	{"", "", "data: x\n\n", 0, false, "no type"},
	{"Application/JSONL;charset=utf-8", "", "1\n2\n", 2, false, "a type in other letters"},
	{"text/event-stream-x", "", "data: x\n\n", 0, false, "a type that only begins so"},
}

func count(s *Scanner, pieces ...[]byte) (n int) {
	for _, p := range pieces {
		n += s.Feed(p)
	}
	if s.End() {
		n++
	}
	return n
}

func TestScanner(t *testing.T) {
	t.Parallel()
	for _, tt := range contents {
		s := NewScanner(tt.kind, paths(t, tt.path))
		if got := count(&s, []byte(tt.content)); got != tt.want || s.Done() != tt.done {
			t.Errorf("%q as %s with %q: %d events, done %t, want %d, %t: %s", tt.content, tt.kind, tt.path, got, s.Done(), tt.want, tt.done, tt.reason)
		}
		s = NewScanner(tt.kind, paths(t, tt.path))
		if got := count(&s, bytes.SplitAfter([]byte(tt.content), nil)...); got != tt.want || s.Done() != tt.done {
			t.Errorf("%q as %s with %q, byte by byte: %d events, done %t, want %d, %t: %s", tt.content, tt.kind, tt.path, got, s.Done(), tt.want, tt.done, tt.reason)
		}
	}
}

// TestWhenEventsEnd: an event has come with the line end that ends its blank line, not with what follows.
func TestWhenEventsEnd(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ kind, before, last string }{
		{sse, "data: x\n", "\n"}, {sse, "data: x\r\n", "\r"}, {sse, "data: x\r", "\r"}, {ndjson, "{}", "\n"},
	} {
		s := NewScanner(tt.kind, nil)
		if n, m := s.Feed([]byte(tt.before)), s.Feed([]byte(tt.last)); n != 0 || m != 1 {
			t.Errorf("%q has %d events, %q then %d, want 0 and 1", tt.before, n, tt.last, m)
		}
	}
}

func TestScannerHoldsNothing(t *testing.T) {
	s := NewScanner(sse, paths(t, openAI))
	s.Feed([]byte("data: {\"choices\":[{\"delta\":{\"x\":\""))
	long := bytes.Repeat([]byte("0123456789"), 1<<10)
	if n := testing.AllocsPerRun(100, func() { s.Feed(long) }); n != 0 {
		t.Errorf("10 KB of an event cost %v allocations, want none", n)
	}
	event := []byte("\"}}]}\n\n" + chunk)
	if n := testing.AllocsPerRun(100, func() { s.Feed(event) }); n != 0 {
		t.Errorf("an event costs %v allocations, want none", n)
	}
}

const chunk = `data: {"id":"chatcmpl-123","object":"chat.completion.chunk","created":1700000000,"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}` + "\n\n"

func BenchmarkScanner(b *testing.B) {
	for name, path := range map[string]string{"plain": "", "path": openAI} {
		b.Run(name, func(b *testing.B) {
			s := NewScanner(sse, paths(b, path))
			b.SetBytes(int64(len(chunk)))
			for b.Loop() {
				s.Feed([]byte(chunk))
			}
		})
	}
}

// FuzzScanner: events do not depend on how a content is cut, and are those that the rules find in it as a whole.
func FuzzScanner(f *testing.F) {
	for _, tt := range contents {
		f.Add(tt.kind, tt.path, []byte(tt.content), uint64(0b11011))
	}
	f.Fuzz(func(t *testing.T, kind, path string, content []byte, cuts uint64) {
		all, err := jsonpath.ParseList(path)
		if err != nil {
			all = nil
		}
		s := NewScanner(kind, all)
		whole := count(&s, content)
		pieces := NewScanner(kind, all)
		n := 0
		for rest, i := content, 0; len(rest) > 0; i++ {
			cut := min(len(rest), 1+int(cuts>>(i%21*3)&7))
			n += pieces.Feed(rest[:cut])
			rest = rest[cut:]
		}
		if pieces.End() {
			n++
		}
		if n != whole || pieces.Done() != s.Done() {
			t.Errorf("%q: %d events in pieces, %d in one", content, n, whole)
		}
		if want := reference(kind, all, content); whole != want {
			t.Errorf("%q as %s with %q: %d events, want %d", content, kind, path, whole, want)
		}
	})
}

// reference counts in a whole content, as the specification is written.
func reference(kind string, all []jsonpath.Path, content []byte) (n int) {
	carries := func(data string) bool {
		if len(all) == 0 {
			return strings.Trim(data, " \t\r\n") != ""
		}
		for _, p := range all {
			s := jsonpath.NewScanner(p)
			if s.Feed([]byte(data)) {
				return true
			}
		}
		return false
	}
	text := strings.TrimPrefix(string(content), byteOrderMark)
	switch formatOf(kind) {
	case none:
	case lines:
		for line := range strings.SplitSeq(text, "\n") {
			if carries(line) {
				n++
			}
		}
	case stream:
		var data []string
		all := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
		for _, line := range all[:len(all)-1] { // the last is not ended
			field, value, _ := strings.Cut(line, ":")
			if line != "" {
				if field == "data" {
					data = append(data, value)
				}
				continue
			}
			if joined := strings.Join(data, "\n"); carries(joined) && strings.Trim(joined, " \t\r\n") != doneEvent {
				n++
			}
			data = nil
		}
	}
	return n
}

// TestReference holds the reference to encoding/json, on lines.
func TestReference(t *testing.T) {
	t.Parallel()
	line, _ := json.Marshal(map[string]any{"a": map[string]any{"b": []any{"", "x"}}})
	if n := reference(ndjson, paths(t, "$.a.b[1]"), line); n != 1 {
		t.Errorf("%s has %d events, want 1", line, n)
	}
	if n := reference(ndjson, paths(t, "$.a.b[0]"), line); n != 0 {
		t.Errorf("%s has %d events, want none", line, n)
	}
}
