package requests

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire/wiretest"
)

// TestClosedSessionsLeaveStreams: requests.get closes its session before anybody reads, and so does a with-block around one. urllib3 closes the
// connections that rest then, and the others when they come back.
func TestClosedSessionsLeaveStreams(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 20 {
			fmt.Fprint(w, strings.Repeat("x", 10000))
			w.(http.Flusher).Flush()
		}
	}))
	defer server.Close()
	for name, newThread := range map[string]func(*bytes.Buffer) *python.Thread{"stock": newThread, "general": newGeneralThread} {
		got := wiretest.Run(t, newThread, `
import requests
print(len(requests.get(base, stream=True).content))
with requests.Session() as s:
    r, q = s.get(base, stream=True), s.get(base, stream=True)
    rest = q.iter_content(5)
    next(rest)
print(len(r.content), len(b"".join(rest)))
print(len(s.get(base).content))
`, map[string]string{"base": server.URL})
		if want := "200000\n200000 199995\n200000\n"; got != want {
			t.Errorf("%s: printed %q, want %q", name, got, want)
		}
	}
}

// TestLeftLoopsCloseStreams: a loop over iter_lines or iter_content that is left closes the connection of a content in chunks, as the end of
// urllib3's generator does in CPython; of others that knows nothing, and one can read on.
func TestLeftLoopsCloseStreams(t *testing.T) {
	t.Parallel()
	gone := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sized" {
			w.Header().Set("Content-Length", "10")
		}
		fmt.Fprint(w, "1\n2\n3\n")
		w.(http.Flusher).Flush()
		if r.URL.Path == "/sized" {
			fmt.Fprint(w, "4\n5\n")
			return
		}
		<-r.Context().Done()
		gone <- r.URL.Path
	}))
	defer server.Close()
	for name, newThread := range map[string]func(*bytes.Buffer) *python.Thread{"stock": newThread, "general": newGeneralThread} {
		got := wiretest.Run(t, newThread, `
import requests
s = requests.Session()
r = s.get(base + "/chunks", stream=True)
for line in r.iter_lines(): break
print(line, list(r.iter_content(5)))
try: r.content
except RuntimeError as e: print(e)
r = s.get(base + "/chunks", stream=True)
it = r.iter_content(2)
keep = r.iter_content(2)
print(next(it), next(keep))
it.close()
print(list(it), r.content)
r = s.get(base + "/chunks", stream=True)
it = r.iter_content(2)
it.close()
for piece in it: print("never")
for piece in r.iter_content(2): break
r = s.get(base + "/sized", stream=True)
for piece in r.iter_content(2): break
print(piece, r.content)
`, map[string]string{"base": server.URL})
		want := "b'1' []\nThe content for this response was already consumed\nb'1\\n' b'2\\n'\n[] b''\nb'1\\n' b'2\\n3\\n4\\n5\\n'\n"
		if got != want {
			t.Errorf("%s: printed %q, want %q", name, got, want)
		}
		for range 3 {
			select {
			case <-gone:
			case <-time.After(5 * time.Second):
				t.Fatalf("%s: a connection is still open", name)
			}
		}
	}
}
