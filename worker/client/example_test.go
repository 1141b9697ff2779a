package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"

	"gregaria/worker/client"
	"gregaria/worker/user"
)

// printer is a recorder that prints. A worker gives users one that counts.
type printer struct{}

func (printer) Record(q user.Request) {
	fmt.Printf("recorded %s %s, %d bytes, failure %q\n", q.Type, q.Name, q.Length, q.Failure)
}

// session returns the session of a user against a server that tells stories. A scenario has client.New(env) in its New.
func session() (s *client.Session, ctx context.Context, env *user.Env, end func()) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/chat":
			fmt.Fprint(w, "data: once\n\ndata: upon\n\n")
		case "/missing":
			w.WriteHeader(http.StatusNotFound)
		default:
			fmt.Fprint(w, `{"id":"7"}`)
		}
	}))
	ctx, cancel := context.WithCancel(context.Background())
	env = &user.Env{Host: server.URL, Done: ctx, Recorder: printer{}}
	return client.New(env), ctx, env, func() { env.Exit(); cancel(); server.Close() }
}

func ExampleSession_Get() {
	http, ctx, _, end := session()
	defer end()
	fmt.Println(http.Get(ctx, "/api/v1/story/7").Text())
	// Output:
	// recorded GET /api/v1/story/7, 10 bytes, failure ""
	// {"id":"7"}
}

// A name for all ids, a query, a header, and a check that replaces the status code's verdict.
func ExampleSession_Do() {
	session, ctx, _, end := session()
	defer end()
	var made struct{ ID string }
	resp := session.Do(ctx, &client.Request{
		Method: http.MethodPost, URL: "/api/v1/story", Name: "make a story",
		Query: url.Values{"style": {"ink"}}, Header: http.Header{"X-Trace": {"1"}},
		Body: client.JSON(map[string]string{"prompt": "a fox"}),
		Check: func(r *client.Response) error {
			if err := r.StatusError(); err != nil {
				return err
			}
			if err := r.JSON(&made); err != nil || made.ID == "" {
				return errors.New("the answer has no story id")
			}
			return nil
		},
	})
	fmt.Println(resp.Status(), made.ID)
	// Output:
	// recorded POST make a story, 10 bytes, failure ""
	// 200 7
}

// The task judges, as with Locust's catch_response: here a 404 is what it wants.
func ExampleResponse_Success() {
	session, ctx, _, end := session()
	defer end()
	resp := session.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/missing", Catch: true})
	if resp.Status() == http.StatusNotFound {
		resp.Success()
	} else {
		resp.Failure(errors.New("it is there"))
	}
	resp.Close()
	// Output:
	// recorded GET /missing, 0 bytes, failure ""
}

// A stream: the request's own response time is the time to its headers. The time to the first token is a row of its own,
// and so is the time to the last.
func ExampleResponse_Lines() {
	session, ctx, env, end := session()
	defer end()
	first, all := env.Begin("TTFT", "/chat"), env.Begin("STREAM", "/chat")
	resp := session.Do(ctx, &client.Request{Method: http.MethodGet, URL: "/chat", Stream: true})
	var length, lines int64
	for line, err := range resp.Lines() {
		if err != nil {
			all.End(length, err)
			return
		}
		if lines++; lines == 1 {
			first.End(int64(len(line)), nil)
		}
		length += int64(len(line))
	}
	all.End(length, nil)
	// Output:
	// recorded GET /chat, 24 bytes, failure ""
	// recorded TTFT /chat, 10 bytes, failure ""
	// recorded STREAM /chat, 20 bytes, failure ""
}

// A form with a file.
func ExampleMultipart() {
	session, ctx, _, end := session()
	defer end()
	session.Post(ctx, "/api/v1/clip", client.Multipart(
		client.Part{Field: "title", Bytes: []byte("a fox")},
		client.Part{Field: "clip", File: "fox.mp4", ContentType: "video/mp4", Bytes: []byte("...")},
	))
	// Output:
	// recorded POST /api/v1/clip, 10 bytes, failure ""
}

// Headers that every request of the user carries, and a server whose certificate nobody knows.
func ExampleSession_SetHeader() {
	session, ctx, _, end := session()
	defer end()
	session.TLS = client.Insecure()
	session.SetHeader("Authorization", client.Basic("fox", "secret"))
	session.Get(ctx, "/api/v1/me")
	// Output:
	// recorded GET /api/v1/me, 10 bytes, failure ""
}
