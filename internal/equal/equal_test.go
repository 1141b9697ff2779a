package equal

import (
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func sample() *Trace {
	return &Trace{
		Class: "U",
		Requests: []Request{
			{"GET", "/a?b=1", []string{"Accept: */*", "Host: h"}, ""},
			{"POST", "/c", []string{"Host: h"}, `{"a": 1}`},
		},
		Events: []Event{
			{Type: "GET", Name: "/a", Length: 5},
			{Type: "POST", Name: "/c", Failure: "HTTPError('404')"},
			{Message: "boom", Traceback: "  File \"DIR/f.py\", line 1, in t\n"},
		},
		Output: []string{"one", "two"},
	}
}

// TestDiffSeesEverything breaks one thing at a time: a comparison that cannot fail proves nothing.
func TestDiffSeesEverything(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*Trace){
		"method":            func(x *Trace) { x.Requests[0].Method = "HEAD" },
		"raw path":          func(x *Trace) { x.Requests[0].Target = "/a?b=2" },
		"a header's value":  func(x *Trace) { x.Requests[0].Headers[0] = "Accept: text/html" },
		"a header's case":   func(x *Trace) { x.Requests[0].Headers[0] = "accept: */*" },
		"one header less":   func(x *Trace) { x.Requests[0].Headers = x.Requests[0].Headers[:1] },
		"a byte of a body":  func(x *Trace) { x.Requests[1].Body = `{"a":1}` },
		"a missing request": func(x *Trace) { x.Requests = x.Requests[:1] },
		"one request more":  func(x *Trace) { x.Requests = append(x.Requests, Request{}) },
		"order of requests": func(x *Trace) { x.Requests[0], x.Requests[1] = x.Requests[1], x.Requests[0] },
		"a failure's text":  func(x *Trace) { x.Events[1].Failure = "HTTPError('405')" },
		"a sample's name":   func(x *Trace) { x.Events[0].Name = "/A" },
		"a sample's length": func(x *Trace) { x.Events[0].Length++ },
		"order of samples":  func(x *Trace) { x.Events[0], x.Events[1] = x.Events[1], x.Events[0] },
		"a dropped sample":  func(x *Trace) { x.Events = x.Events[1:] },
		"a message":         func(x *Trace) { x.Events[2].Message = "bang" },
		"a traceback":       func(x *Trace) { x.Events[2].Traceback = "  File \"DIR/f.py\", line 2, in t\n" },
		"a line of output":  func(x *Trace) { x.Output[1] = "three" },
		"one line more":     func(x *Trace) { x.Output = append(x.Output, "") },
		"the class":         func(x *Trace) { x.Class = "V" },
		"an error at load":  func(x *Trace) { x.Load = "SyntaxError" },
	}
	if diffs := Diff(sample(), sample(), true); diffs != nil {
		t.Errorf("equal traces differ: %v", diffs)
	}
	for what, change := range tests {
		got := sample()
		change(got)
		if Diff(sample(), got, true) == nil {
			t.Errorf("%s has changed and nobody sees it", what)
		}
	}
}

func TestGoldenRoundTrip(t *testing.T) {
	t.Parallel()
	want := &Golden{Locust: "2.47.0", Python: "3.11.7", Traces: []Trace{*sample(), {Load: "ImportError: no"}}}
	got, err := ParseGolden(want.Marshal())
	if err != nil {
		t.Fatal(err)
	}
	for i := range want.Traces {
		if diffs := Diff(&want.Traces[i], &got.Traces[i], true); diffs != nil {
			t.Errorf("trace %d: %v", i, diffs)
		}
	}
	if _, err := ParseGolden([]byte(`{"runs":[{"requests":[{"line":"GET /","headers":3}]}]}`)); err == nil {
		t.Error("headers that are not there were accepted")
	}
}

func TestNormalise(t *testing.T) {
	t.Parallel()
	clock := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	tests := []struct{ in, want string }{
		{"http://127.0.0.1:40123/x", "http://127.0.0.1:PORT/x"},
		{"port=40123)", "port=PORT)"},
		{"140123", "140123"},
		{"/tmp/x1/f.py", "DIR/f.py"},
		{"550e8400-e29b-41d4-a716-446655440000 550e8400e29b41d4a716446655440001 550e8400-e29b-41d4-a716-446655440000", "ID-1 ID-2 ID-1"},
		{"550e8400e29b11d4a716446655440001", "550e8400e29b11d4a716446655440001"}, // not a random UUID
		{strings.Repeat("550e8400e29b41d4a716446655440001", 2), strings.Repeat("550e8400e29b41d4a716446655440001", 2)},
		{"1795521600", "NOW"},
		{"1795521600.25", "NOW"},
		{"1795521600123", "NOW"},
		{"1595521600", "1595521600"},
		{"2026-11-24", "DATE"},
		{"2026-11-24T11:59:00.123456", "DATETIME"},
		{"2026-11-24%2011:59", "DATE%2011:59"},
		{"2024-02-29T01:02:03", "2024-02-29T01:02:03"},
		{"<object at 0x7f3a5c2b1d90>", "<object at 0x>"},
		{"KeyError: 'a' at /lib/site-packages/locust/user/users.py:298 in rest, /tmp/x1/f.py:3 in t.", "KeyError: 'a' at DIR/f.py:3 in t."},
	}
	for _, tt := range tests {
		n := &normaliser{port: "40123", dir: "/tmp/x1", clock: clock, ids: map[string]string{}}
		if got := n.text(tt.in); got != tt.want {
			t.Errorf("%q = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFrames(t *testing.T) {
	t.Parallel()
	n := &normaliser{port: "40123", dir: "/tmp/x1"}
	got := n.frames("  File \"/lib/locust/task.py\", line 1, in run\n    self.x()\n  File \"/tmp/x1/f.py\", line 2, in t\n    a[1]\n    ~^^^\n  File \"/lib/json.py\", line 3, in loads\n    raise\n")
	if want := "  File \"DIR/f.py\", line 2, in t\n    a[1]\n    ~^^^\n"; got != want {
		t.Errorf("frames = %q, want %q", got, want)
	}
}

// TestServerKeepsTheWire sends what net/http would have tidied.
func TestServerKeepsTheWire(t *testing.T) {
	t.Parallel()
	s, err := Listen(OK)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(s.Port()))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, _ = io.WriteString(c, "POST /a/../b?%zz HTTP/1.1\r\nhOST: x\r\nX:  y\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\nGET /hang-up HTTP/1.1\r\n\r\n")
	answer, _ := io.ReadAll(c)
	if !strings.HasPrefix(string(answer), "HTTP/1.1 201 Created\r\n") || strings.Count(string(answer), "HTTP/1.1") != 1 {
		t.Errorf("answer = %q, want one of 201, then the end", answer)
	}
	want := []Request{
		{"POST", "/a/../b?%zz", []string{"hOST: x", "X:  y", "Transfer-Encoding: chunked", "Connection: close"}, "abc|de|"},
		{"GET", "/hang-up", nil, ""},
	}
	if diff := cmp.Diff(want, s.Requests()); diff != "" {
		t.Errorf("recorded: want -, got +\n%s", diff)
	}
}

func TestServerRefuses(t *testing.T) {
	t.Parallel()
	s, err := Listen(Refused)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if c, err := net.Dial("tcp", "127.0.0.1:"+strconv.Itoa(s.Port())); err == nil {
		_ = c.Close()
		t.Error("a server that refuses connections took one")
	}
}

func TestReadEvents(t *testing.T) {
	t.Parallel()
	log := filepath.Join(t.TempDir(), "log")
	err := os.WriteFile(log, []byte(`{"type": "GET", "name": "/", "length": 3}
{"failure": "E()"}
{"message": "m", "traceback": "tb"}
`), 0o600)
	if err != nil {
		t.Fatal(err)
	}
	got, err := readEvents(log)
	want := []Event{{Type: "GET", Name: "/", Length: 3, Failure: "E()"}, {Message: "m", Traceback: "tb"}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("events: %v, want -, got +\n%s", err, diff)
	}
}
