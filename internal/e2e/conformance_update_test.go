//go:build e2e

package e2e

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"gregaria/internal/target"
)

// TestConformanceUpdateUserClass picks tasks of a user class while the master runs, as the web UI's editor does: from then
// on new users do only those.
func TestConformanceUpdateUserClass(t *testing.T) {
	t.Parallel()
	const users = 20
	server := startTarget(t, healthy())
	m := startWebMaster(t, server.URL())
	m.startGoWorkers(t, 2)
	run := func(tasks string) target.Served {
		m.awaitWorkers(t, 2)
		server.Reset()
		m.web.updateUser(t, `{"user_class_name": "StoryUser", "tasks": [`+tasks+`]}`)
		m.web.swarm(t, users, users)
		m.web.awaitUsers(t, users)
		time.Sleep(6 * time.Second)
		m.web.stop(t)
		served := server.Served()
		m.web.stats(t).wantServed(t, "CSV of the web UI", served)
		return served
	}
	if got := run(`"create_story"`); got.By[target.ReadStory] != 0 || got.By[target.CreateStory] == 0 {
		t.Errorf("with create_story alone the target served %v, want stories made and none read", got.By)
	}
	if got := run(`"create_story", "read_story"`); got.By[target.ReadStory] == 0 {
		t.Errorf("with both tasks the target served %v, want stories read too", got.By)
	}
}

// updateUser changes a user class.
func (w webUI) updateUser(t *testing.T, settings string) {
	t.Helper()
	resp, err := http.Post(w.base+"/user", "application/json", bytes.NewReader([]byte(settings)))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("POST /user %s = %s, want 201", settings, resp.Status)
	}
}
