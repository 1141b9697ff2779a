package target_test

import (
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"

	"gregaria/internal/target"
)

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
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(story))
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
