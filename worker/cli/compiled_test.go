package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/exitcode"
	"gregaria/internal/timing"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

// storyAPI makes a story until it is asked for the third time, and tells one as a chat.
func storyAPI(w http.ResponseWriter, q *http.Request, polls *atomic.Int64) {
	switch q.URL.Path {
	case "/chat":
		chat(w, q)
	case "/story":
		fmt.Fprint(w, `{"id":"s7"}`)
	default:
		fmt.Fprintf(w, `{"status":%q}`, map[bool]string{true: "done"}[polls.Add(1) == 3])
	}
}

// TestOptionsOfGoUsers: --job, --stream-data and --request-log are for users in Go, too.
func TestOptionsOfGoUsers(t *testing.T) {
	t.Parallel()
	var polls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { storyAPI(w, q, &polls) }))
	t.Cleanup(server.Close)
	life := func(ctx context.Context, env *user.Env) {
		s := client.New(env)
		s.Post(ctx, "/story", client.JSON(map[string]string{"prompt": "a fox"}))
		for range 4 {
			s.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/story/s7", Name: "/story/[id]"})
		}
		s.Post(ctx, "/story", client.JSON(map[string]string{"prompt": "nobody asks for it"}))
		told := s.Do(ctx, &client.Request{Method: http.MethodPost, URL: "/chat", Stream: true})
		for range told.Lines() {
		}
		told.Close()
		<-ctx.Done()
	}
	r := newRouter(t)
	var out, errs output
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	code := make(chan int, 1)
	go func() {
		code <- Program{Classes: []user.Class{{Name: "U", Run: life}}}.run(t.Context(), []string{
			"--compiled", "--master-port", strconv.Itoa(r.port), "--job", "POST /story -> GET /story/[id] until $.status = done",
			"--stream-data", "$.choices[0].delta.content", "--request-log", path, "--gregaria-report-interval=0.2",
		}, &out, &errs)
	}()
	told, events := map[string]int64{}, int64(0)
	r.rows(&errs, map[string]int{"U": 1}, server.URL, func(_ any, row timing.Row) (enough bool) {
		told[row.Type+" "+row.Name] += row.Requests
		events += row.Events
		return told["STREAM /chat"] > 0
	})
	if got := <-code; got != exitcode.OK {
		t.Errorf("exit code %d\n%s", got, errs.String())
	}
	want := map[string]int64{"POST /story": 2, "GET /story/[id]": 4, "JOB /story": 1, "POST /chat": 1, "STREAM /chat": 1}
	if diff := cmp.Diff(want, told); diff != "" || events != 3 {
		t.Errorf("%d events, want 3; rows (-want +reported):\n%s", events, diff)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want["JOB /story"]++ // nobody has asked for
	logged, unfinished := map[string]int64{}, 0
	for text := range bytes.Lines(data) {
		var line struct {
			Type, Name, User  string
			Apart, Incomplete bool
			Index             *int
		}
		if err := json.Unmarshal(text, &line); err != nil || line.Apart != (line.Type == "STREAM") || line.Index == nil {
			t.Errorf("a line is %s (%v)", text, err)
		}
		if line.Type == timing.Job && line.Incomplete {
			unfinished++
		} else if line.User != "U" {
			t.Errorf("a line without its user is %s", text)
		}
		logged[line.Type+" "+line.Name]++
	}
	if diff := cmp.Diff(want, logged); diff != "" || unfinished != 1 {
		t.Errorf("%d unfinished jobs, want 1; lines (-want +logged):\n%s", unfinished, diff)
	}
}
