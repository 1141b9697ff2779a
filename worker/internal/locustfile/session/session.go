// Package session is Locust's HTTP clients for the Python of locustfiles: HttpSession on requests, FastHttpSession with
// what geventhttpclient does, and the responses of both, which know what is to be recorded of them.
package session

import (
	"crypto/tls"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

type (
	value  = python.Value
	thread = python.Thread
)

// Options are how the clients work.
type Options struct {
	// General sends every request the general way, which calls each method through its object as the libraries do, also
	// where nothing has been overridden. Tests compare it with the fast way.
	General bool
}

// Classes are the clients' classes of one isolate.
type Classes struct {
	requests *requests.Classes
	general  bool // see Options

	HTTPSession, ResponseContextManager, RestResponseContextManager                         *python.Type
	FastSession, FastResponse, FastRequest, ErrorResponse, FastContext, FastRest, UserAgent *python.Type

	locustError, responseError, catchError               *python.Type
	connectionError, badStatus                           *python.Type
	compatResponse, socketResponse                       *python.Type
	linkClass, poolClass, connectionClass, fastPoolClass *python.Type

	iso      *python.Isolate
	fast     *python.Module // _locust_fast, nil until somebody needs it
	noted    *noted
	methods  map[string]value // of FastResponse, that a class in the file may replace
	nobody   *fastSession     // the session of answers that belong to none
	unset    *fastSettings    // of a session that is told nothing
	settings *fastSettings    // of the last session
	rest     map[string]value
	calls    wire.Calls       // guarded by the isolate's lock
	sessions *requests.Family // HttpSession
	// httpVersion is that of HttpSession as it was made.
	httpVersion uint32
	insecure    *tls.Config
	clients     *python.Module // locust.clients, nil until somebody has imported it
	standard    *fastKept
	charset     charset // of the last answer that said one
}

// New makes the classes. It needs the modules requests, and locust.exception.
func New(t *thread, o Options) (*Classes, error) {
	base, err := requests.Load(t)
	if err != nil {
		return nil, err
	}
	base.General = o.General
	c := &Classes{requests: base, general: o.General, standard: newStandard(), iso: t.Isolate(), unset: unsetSettings()}
	m, err := t.Import("locust.exception")
	if err != nil {
		return nil, err
	}
	for name, cls := range map[string]**python.Type{
		"LocustError": &c.locustError, "ResponseError": &c.responseError, "CatchResponseError": &c.catchError,
	} {
		*cls = m.Attrs().GetStr(name).(*python.Type)
	}
	c.newContextClasses()
	c.HTTPSession = c.newHTTPClass()
	for _, name := range []string{"success", "failure"} { // on a response of requests itself they can only complain
		refuse := python.RawFunc(name, func(*thread, python.Args) (value, error) { return nil, c.complain(needsCatchPlain) })
		if err := t.SetAttr(base.Response, name, refuse); err != nil {
			return nil, err
		}
	}
	if err := c.newFastClasses(t); err != nil {
		return nil, err
	}
	if c.rest, err = c.restAttrs(t); err != nil {
		return nil, err
	}
	return c, c.exposeHTTP(t)
}

// ByName returns the classes by the names that locust.clients and locust.contrib.fasthttp have for them; those of
// locust.contrib.fasthttp that both have begin with Fast.
func (c *Classes) ByName() map[string]*python.Type {
	return map[string]*python.Type{
		"HttpSession": c.HTTPSession, "ResponseContextManager": c.ResponseContextManager,
		"RestResponseContextManager": c.RestResponseContextManager,
		"FastHttpSession":            c.FastSession, "FastResponse": c.FastResponse, "ErrorResponse": c.ErrorResponse,
		"FastResponseContextManager": c.FastContext, "FastRestResponseContextManager": c.FastRest,
	}
}

// given says that an argument is there and not None.
func given(v value) bool { return v != nil && v != python.None }

func or(v, dflt value) value {
	if v == nil {
		return dflt
	}
	return v
}

func truthy(t *thread, v value) (bool, error) {
	switch v {
	case nil, python.None, python.False:
		return false, nil
	case python.True:
		return true, nil
	}
	return t.Truth(v)
}

// locustErrorf raises Locust's complaint about how a client is used.
func (c *Classes) complain(text string) error {
	return python.NewException(c.locustError, python.NewStr(text))
}

// The words of Locust for what is wrong with the use of a response.
const (
	withoutCatch = "In order to use a with-block for requests, you must also pass catch_response=True"
	tooEarly     = "Tried to set status on a request that has not yet been made. Make sure you use a with-block, like this:\n\n" +
		"with self.client.request(..., catch_response=True) as response:\n    response."
	needsCatch = "If you want to change the state of the request, you must pass catch_response=True. " +
		"See http://docs.locust.io/en/stable/writing-a-locustfile.html#validating-responses"
	needsCatchPlain = "If you want to change the state of the request using .success() or .failure(), you must pass catch_response=True. " +
		"See http://docs.locust.io/en/stable/writing-a-locustfile.html#validating-responses"
)

// Modules lists the modules of Python that the clients need beside those of the package requests.
func Modules() map[string]func(t *python.Thread) (*python.Module, error) {
	m := fastModules()
	m["_locust_http"] = func(t *thread) (*python.Module, error) {
		src, err := sources.ReadFile("py/_locust_http.py")
		if err != nil {
			return nil, err
		}
		return t.LoadSource("_locust_http", "<stdlib>/_locust_http.py", src)
	}
	return m
}

// exposeHTTP shows the classes of HttpSession to their general way in Python, and remembers them as they are.
func (c *Classes) exposeHTTP(t *thread) error {
	m, err := t.Import("_requests_go")
	if err != nil {
		return err
	}
	m.Attrs().SetStr("HttpSession", c.HTTPSession)
	m.Attrs().SetStr("ResponseContextManager", c.ResponseContextManager)
	c.httpVersion = c.HTTPSession.Version()
	c.requests.Watch(c.requests.Response, c.ResponseContextManager)
	return nil
}

func latin1(b []byte) string { return wire.Latin1(b) }
