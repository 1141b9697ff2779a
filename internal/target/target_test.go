package target_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"strings"
	"sync"
	"testing"
	"time"

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
		{"not JSON", "POST", "/api/v1/story", `fox`, 400,
			`{"detail":"the body is not a JSON object with a prompt and a number of scenes"}`},
		{"not an object", "POST", "/api/v1/story", `["a fox"]`, 400,
			`{"detail":"the body is not a JSON object with a prompt and a number of scenes"}`},
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

// Every user has a connection and a session; each request is counted once, whatever the interleaving.
func TestCountsExactlyUnderLoad(t *testing.T) {
	t.Parallel()
	const users, stories = 16, 50
	server := start(t, target.Settings{})
	var running sync.WaitGroup
	for range users {
		client := browser(t)
		running.Go(func() {
			send(t, client, "GET", server.URL()+"/health", "")
			for range stories {
				_, answer := send(t, client, "POST", server.URL()+"/api/v1/story", story)
				var made struct{ ID string }
				if err := json.Unmarshal([]byte(answer), &made); err != nil {
					t.Error(err)
				}
				if status, _ := send(t, client, "GET", server.URL()+"/api/v1/story/"+made.ID, ""); status != 200 {
					t.Errorf("read story %s = %d, want 200", made.ID, status)
				}
			}
			send(t, client, "GET", server.URL()+"/missing", "")
		})
	}
	running.Wait()
	want := target.Served{
		Total: users * (2*stories + 2),
		By: map[string]uint64{
			target.Health: users, target.CreateStory: users * stories, target.ReadStory: users * stories, "GET /missing": users,
		},
		Failed: users, Connections: users, Sessions: users,
	}
	if diff := cmp.Diff(want, server.Served()); diff != "" {
		t.Errorf("Served (-want +got):\n%s", diff)
	}
}

func TestControlRequestsAreNotCounted(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{})
	client := browser(t)
	send(t, client, "GET", server.URL()+"/settings", "")
	send(t, client, "PUT", server.URL()+"/settings", "{}")
	_, empty := send(t, client, "GET", server.URL()+"/served", "")
	if want := `{"total":0,"by":{},"failed":0,"connections":0,"sessions":0}`; empty != want {
		t.Errorf("GET /served = %s, want %s", empty, want)
	}
	send(t, client, "GET", server.URL()+"/health", "")
	_, one := send(t, client, "GET", server.URL()+"/served", "")
	if want := `{"total":1,"by":{"GET /health":1},"failed":0,"connections":1,"sessions":1}`; one != want {
		t.Errorf("GET /served = %s, want %s", one, want)
	}
	_, reset := send(t, client, "POST", server.URL()+"/served/reset", "")
	if want := empty; reset != want {
		t.Errorf("POST /served/reset = %s, want %s", reset, want)
	}
}

// A reset does not end sessions or connections: those that began before it are not counted again.
func TestResetKeepsSessions(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{})
	client := browser(t)
	send(t, client, "GET", server.URL()+"/health", "")
	server.Reset()
	send(t, client, "GET", server.URL()+"/health", "")
	want := target.Served{Total: 1, By: map[string]uint64{target.Health: 1}}
	if diff := cmp.Diff(want, server.Served()); diff != "" {
		t.Errorf("Served (-want +got):\n%s", diff)
	}
}

func TestSessionsNeedAValidCookie(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{})
	for _, cookie := range []string{"", "session=fox", "session=1", "other=1"} {
		request, err := http.NewRequestWithContext(t.Context(), "GET", server.URL()+"/health", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Cookie", cookie)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if got := len(response.Cookies()); got != 1 {
			t.Errorf("Cookie %q: the response sets %d cookies, want 1", cookie, got)
		}
	}
	if got := server.Served().Sessions; got != 4 {
		t.Errorf("Sessions = %d, want 4", got)
	}
}

func TestOtherNamesAreBounded(t *testing.T) {
	t.Parallel()
	server := start(t, target.Settings{})
	client := browser(t)
	for i := range target.MaxOtherNames + 5 {
		send(t, client, "GET", fmt.Sprintf("%s/path/%d", server.URL(), i), "")
	}
	send(t, client, "GET", server.URL()+"/path/0", "")
	send(t, client, "GET", server.URL()+"/health", "")
	by := server.Served().By
	if got, want := len(by), target.MaxOtherNames+2; got != want {
		t.Errorf("%d names, want %d", got, want)
	}
	if by[target.OtherName] != 5 || by["GET /path/0"] != 2 || by[target.Health] != 1 {
		t.Errorf("other = %d, /path/0 = %d, health = %d, want 5, 2, 1", by[target.OtherName], by["GET /path/0"], by[target.Health])
	}
	server.Reset()
	send(t, client, "GET", server.URL()+"/after", "")
	if got := server.Served().By["GET /after"]; got != 1 {
		t.Errorf("after a reset, /after = %d, want 1: there is room for names again", got)
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

func TestShutdownLetsRequestsFinish(t *testing.T) {
	t.Parallel()
	const latency = 300 * time.Millisecond
	server, err := target.Start(target.Config{Listen: "127.0.0.1:0", Settings: target.Settings{Latency: latency}})
	if err != nil {
		t.Fatal(err)
	}
	client := browser(t)
	send(t, client, "GET", server.URL()+"/health", "") // leaves an idle connection
	begun, status := make(chan struct{}), make(chan int, 1)
	go func() { status <- sendExpecting(t, server.URL()+"/api/v1/story", func() { close(begun) }) }()
	<-begun
	if err := server.Shutdown(t.Context()); err != nil {
		t.Errorf("Shutdown = %v, want nil", err)
	}
	if got := <-status; got != http.StatusCreated {
		t.Errorf("the running request got %d, want 201", got)
	}
	if got := server.Served().Total; got != 2 {
		t.Errorf("Total = %d, want 2", got)
	}
	if err := server.Err(); err != nil {
		t.Errorf("Err = %v, want nil", err)
	}
}

// sendExpecting makes a story and calls begun when the server has read the headers and asks for the body.
func sendExpecting(t *testing.T, url string, begun func()) int {
	t.Helper()
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{Got100Continue: begun})
	request, err := http.NewRequestWithContext(ctx, "POST", url, strings.NewReader(story))
	if err != nil {
		t.Error(err)
		return 0
	}
	request.Header.Set("Expect", "100-continue")
	transport := &http.Transport{ExpectContinueTimeout: time.Minute}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestShutdownAtOnce(t *testing.T) {
	t.Parallel()
	for range 50 {
		server, err := target.Start(target.Config{Listen: "127.0.0.1:0"})
		if err != nil {
			t.Fatal(err)
		}
		if err := server.Shutdown(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
