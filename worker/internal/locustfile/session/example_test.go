package session_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"

	"gregaria/worker/internal/locustfile/session"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
	"gregaria/worker/internal/requests"
)

// printer is the state of an event: it gets each request as a struct.
type printer struct{}

func (printer) FireRequest(t *python.Thread, r *session.Request) error {
	failure := "no failure"
	if r.Exception != nil {
		text, err := t.Repr(r.Exception)
		if err != nil {
			return err
		}
		failure = text
	}
	fmt.Println(r.Type, r.Name, r.Length, failure)
	return nil
}

// A client for a user in Python, whose requests an event in Go hears of.
func ExampleClasses_NewHTTP() {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	modules := stdlib.Modules()
	maps.Copy(modules, requests.Modules())
	maps.Copy(modules, session.Modules())
	modules["locust"] = func(*python.Thread) (*python.Module, error) { return python.NewModule("locust", nil), nil }
	modules["locust.exception"] = func(t *python.Thread) (*python.Module, error) {
		return t.LoadSource("locust.exception", "exception.py", []byte("class LocustError(Exception): pass\n"+
			"class ResponseError(Exception): pass\nclass CatchResponseError(Exception): pass\n"))
	}
	t := python.New(python.Options{Modules: modules}).NewThread()
	err := t.Do(func() error {
		classes, err := session.New(t, session.Options{})
		if err != nil {
			return err
		}
		client, err := classes.NewHTTP(t, server.URL, python.NewInstance(python.ObjectType, printer{}), python.None)
		if err != nil {
			return err
		}
		_, err = t.CallMethod(client, "get", python.NewStr("/nowhere"))
		return err
	})
	fmt.Println(err)
	// Output:
	// GET /nowhere 19 HTTPError('404 Client Error: Not Found for url: /nowhere')
	// <nil>
}
