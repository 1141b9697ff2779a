package extra

import (
	"bytes"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"gregaria/worker/internal/python"
)

var port = regexp.MustCompile(`127\.0\.0\.1:\d+|'port': \d+`)

// TestWebSocketAsTheLibrary compares what a script prints with what it printed with websocket-client 1.9.2, against the same
// server. -update records that, with $PYTHON or python3.
func TestWebSocketAsTheLibrary(t *testing.T) {
	t.Parallel()
	const script, golden = "testdata/websocket/websocket.py", "testdata/websocket/websocket.txt"
	source, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	source = append([]byte("AT = '"+startWebSockets(t)+"'\n"), source...)
	if *update {
		name := os.Getenv("PYTHON")
		if name == "" {
			name = "python3"
		}
		c := exec.Command(name, "-W", "ignore", "-")
		c.Stdin = bytes.NewReader(source)
		out, err := c.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		if err := os.WriteFile(golden, []byte(likeAny(string(out))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	th := newThread(&out)
	th.Lock()
	if _, err := th.Exec("__main__", "script.py", source); err != nil {
		out.WriteString(th.Traceback(python.AsException(err)))
	}
	th.Unlock()
	got, expected := strings.Split(likeAny(out.String()), "\n"), strings.Split(string(want), "\n")
	for i := range max(len(got), len(expected)) {
		g, w := "(nothing)", "(nothing)"
		if i < len(got) {
			g = got[i]
		}
		if i < len(expected) {
			w = expected[i]
		}
		if g != w {
			t.Errorf("line %d:\n  ours  %s\n  stock %s", i+1, g, w)
		}
	}
}

// likeAny takes out of a text what differs from run to run.
func likeAny(s string) string {
	return address.ReplaceAllString(port.ReplaceAllString(s, "AT"), "0xADDRESS")
}
