package cli

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gregaria/internal/timing"
	"gregaria/worker/client"
	"gregaria/worker/user"
)

// making is an API as many are: POST is answered with 202, no content and the address of the job; that is 200 while it waits, and then sends
// on to the result. The first story
// of a user class is refused when it is asked for the third time.
func making() http.Handler {
	var made sync.Map // by class
	var asked sync.Map
	count := func(m *sync.Map, key string) int64 {
		n, _ := m.LoadOrStore(key, new(atomic.Int64))
		return n.(*atomic.Int64).Add(1)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /story/{class}", func(w http.ResponseWriter, r *http.Request) {
		class := r.PathValue("class")
		w.Header().Set("Location", fmt.Sprintf("/jobs/%s-%d?wait=0", class, count(&made, class)))
		w.WriteHeader(http.StatusAccepted)
	})
	mux.HandleFunc("GET /jobs/{id}", func(w http.ResponseWriter, r *http.Request) {
		id := r.PathValue("id")
		switch {
		case count(&asked, id) < 3:
			w.WriteHeader(http.StatusOK)
		case strings.HasSuffix(id, "-1"):
			w.WriteHeader(http.StatusConflict)
		default:
			http.Redirect(w, r, "/result", http.StatusSeeOther)
		}
	})
	mux.HandleFunc("GET /result", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "once upon a time") })
	return mux
}

// makingJobs are those of its users. The class of the user stands in the name.
func makingJobs(class string) []string {
	return []string{"--job", "POST " + class + " -> GET " + class + " job until status = 303 failing status in (4xx)"}
}

const makingFile = `
from locust import HttpUser, FastHttpUser, task, constant
LISTENER
class Plain(HttpUser):
    wait_time = constant(1000)
    @task
    def t(self):
        name = type(self).__name__
        for _ in range(2):
            with self.client.post("/story/" + name, name=name, catch_response=True) as made:
                made.success()
            address = made.headers["Location"]
            for _ in range(3):
                self.client.get(address, name=name + " job")

class Fast(FastHttpUser):
    wait_time = constant(1000)
    t = Plain.t
`

// TestJobsByHeaderAndStatus has jobs whose id is in a header and whose end is a redirect or a failure: on each way of a request, with
// listeners and without, and in Go.
func TestJobsByHeaderAndStatus(t *testing.T) {
	t.Parallel()
	newRouter(t) // CZMQ's beginning does not bear two at once
	const listener = "@__import__('locust').events.request.add_listener\ndef heard(**kw): pass\n"
	for name, tt := range map[string]struct {
		listener string
		flags    []string
	}{
		"short way":             {"", nil},
		"general way":           {"", []string{"--gregaria-general-path"}},
		"short way and heard":   {listener, nil},
		"general way and heard": {listener, []string{"--gregaria-general-path"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(making())
			t.Cleanup(server.Close)
			r := newRouter(t)
			var out, errs output
			file := strings.NewReplacer("LISTENER", tt.listener, "constant(1000)\n", "constant(1000)\n    host = '"+server.URL+"'\n").Replace(makingFile)
			flags := append(append(makingJobs("Plain"), makingJobs("Fast")...), tt.flags...)
			code := workers(t.Context(), r.port, &out, &errs, append(flags, "-f", write(t, file))...)
			wantMade(t, r, code, &errs, "Plain", "Fast")
		})
	}
	t.Run("in Go", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(making())
		t.Cleanup(server.Close)
		r := newRouter(t)
		var out, errs output
		life := func(ctx context.Context, env *user.Env) {
			s := client.New(env)
			for range 2 {
				made := s.Do(ctx, &client.Request{Method: http.MethodPost, URL: server.URL + "/story/U", Name: "U", Catch: true})
				address := made.Header("Location")
				for range 3 {
					s.Do(ctx, &client.Request{Method: http.MethodGet, URL: server.URL + address, Name: "U job"})
				}
			}
			<-ctx.Done()
		}
		program := Program{Classes: []user.Class{{Name: "U", Host: server.URL, Run: life}}}
		code := make(chan int, 1)
		go func() {
			code <- program.run(t.Context(), append(makingJobs("U"), "--compiled", "--master-port", strconv.Itoa(r.port)), &out, &errs)
		}()
		wantMade(t, r, code, &errs, "U")
	})
}

// wantMade wants two jobs of each class, one that failed, asked for six times.
func wantMade(t *testing.T, r *router, code <-chan int, errs *output, classes ...string) {
	t.Helper()
	users, jobs := map[string]int{}, map[string]timing.Row{}
	for _, class := range classes {
		users[class] = 1
	}
	r.rows(errs, users, "", func(_ any, row timing.Row) (enough bool) {
		if row.Type == timing.Job {
			all := jobs[row.Name]
			all.Add(&row.Counts)
			jobs[row.Name] = all
		}
		for _, class := range classes {
			if jobs[class].Requests+jobs[class].Incomplete < 2 {
				return false
			}
		}
		return true
	})
	<-code
	for _, class := range classes {
		if got := jobs[class]; got.Requests != 2 || got.Failures != 1 || got.Polls != 6 || got.Exchanges != 0 {
			t.Errorf("jobs of %s: %d, %d failed, %d polls, %d exchanges, want 2, 1, 6 and 0\n%s", class, got.Requests, got.Failures, got.Polls, got.Exchanges, errs.String())
		}
	}
}
