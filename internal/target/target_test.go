package target_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/target"
)

// start runs a target for one test.
func start(t testing.TB, settings target.Settings) *target.Server {
	t.Helper()
	server, err := target.Start(target.Config{Listen: "127.0.0.1:0", Seed: 1, Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Shutdown(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return server
}

// browser returns a client with its own connections and cookies, as a Locust user has.
func browser(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: jar, Transport: transport}
}

// send returns the status and the body of one request.
func send(t testing.TB, client *http.Client, method, url, body string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Do(request)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Error(err)
	}
	return response.StatusCode, string(answer)
}

const story = `{"prompt":"a fox","scenes":2}`

func TestAPI(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{})
	client := browser(t)
	for _, test := range []struct {
		reason, method, path, body string
		status                     int
		want                       string
	}{
		{"healthy", "GET", "/health", "", 200, `{"status":"ok"}`},
		{"no story yet", "GET", "/api/v1/story/1", "", 404, `{"detail":"there is no such story"}`},
		{"the first story", "POST", "/api/v1/story", story, 201, `{"id":"1","status":"done","scenes":2}`},
		{"scenes have a default", "POST", "/api/v1/story", `{"prompt":"x"}`, 201, `{"id":"2","status":"done","scenes":3}`},
		{"read it", "GET", "/api/v1/story/1", "", 200, `{"id":"1","status":"done"}`},
		{"read the last one", "GET", "/api/v1/story/2", "", 200, `{"id":"2","status":"done"}`},
		{"one after the last", "GET", "/api/v1/story/3", "", 404, `{"detail":"there is no such story"}`},
		{"ids start at 1", "GET", "/api/v1/story/0", "", 404, `{"detail":"there is no such story"}`},
		{"an id has one spelling", "GET", "/api/v1/story/01", "", 404, `{"detail":"there is no such story"}`},
		{"not a number", "GET", "/api/v1/story/fox", "", 404, `{"detail":"there is no such story"}`},
		{"deeper than a story", "GET", "/api/v1/story/1/2", "", 404, `{"detail":"Not Found"}`},
		{
			"not JSON", "POST", "/api/v1/story", `fox`, 400,
			`{"detail":"the body is not a JSON object with a prompt and a number of scenes"}`,
		},
		{
			"not an object", "POST", "/api/v1/story", `["a fox"]`, 400,
			`{"detail":"the body is not a JSON object with a prompt and a number of scenes"}`,
		},
		{"no prompt", "POST", "/api/v1/story", `{"scenes":2}`, 400, `{"detail":"prompt is missing"}`},
		{"blank prompt", "POST", "/api/v1/story", `{"prompt":" "}`, 400, `{"detail":"prompt is missing"}`},
		{"no scenes", "POST", "/api/v1/story", `{"prompt":"x","scenes":0}`, 400, `{"detail":"scenes is not from 1 to 20"}`},
		{"too many scenes", "POST", "/api/v1/story", `{"prompt":"x","scenes":21}`, 400, `{"detail":"scenes is not from 1 to 20"}`},
		{"unknown path", "GET", "/missing", "", 404, `{"detail":"Not Found"}`},
	} {
		status, got := send(t, client, test.method, server.URL()+test.path, test.body)
		if status != test.status || got != test.want {
			t.Errorf("%s: %s %s = %d %s, want %d %s", test.reason, test.method, test.path, status, got, test.status, test.want)
		}
	}
	want := target.Served{
		Total: 18,
		By: map[string]uint64{
			target.Health: 1, target.CreateStory: 8, target.ReadStory: 7,
			"GET /api/v1/story/1/2": 1, "GET /missing": 1,
		},
		Failed: 13, Connections: 1, Sessions: 1,
	}
	if diff := cmp.Diff(want, server.Served()); diff != "" {
		t.Errorf("Served (-want +got):\n%s", diff)
	}
}

func TestStartRefuses(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, test := range []struct {
		reason string
		config target.Config
		want   string
	}{
		{"no port in the address", target.Config{Listen: "localhost"}, "not HOST:PORT"},
		{"someone has the port", target.Config{Listen: taken.Addr().String()}, "address already in use"},
		{"invalid settings", target.Config{Listen: "127.0.0.1:0", Settings: target.Settings{ErrorRate: 2}}, "error-rate 2"},
	} {
		_, err := target.Start(test.config)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: Start = %v, want %q", test.reason, err, test.want)
		}
	}
}
