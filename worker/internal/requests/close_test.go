package requests

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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
