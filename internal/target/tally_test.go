package target_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/target"
)

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
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+"/health", nil)
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
