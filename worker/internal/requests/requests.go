// Package requests is the library requests for the Python of locustfiles, on the worker's own connections: what it sends,
// what it raises and what its objects show is what requests 2.34 on urllib3 2.8 does, as far as locustfiles use it.
//
// What happens with every request is Go and makes no Python object until somebody looks; what is rare is Python (py/).
package requests

import (
	"context"
	"crypto/tls"
	"embed"
	"syscall"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
	"gregaria/worker/user"
)

//go:embed py/*.py
var sources embed.FS

type (
	value  = python.Value
	thread = python.Thread
)

// An Owner is what Thread.Local holds on a thread that runs a user.
type Owner interface {
	// Env is the worker's environment of the user.
	Env() *user.Env
	// Context is that of the present phase: the user's life, or the time that on_stop has.
	Context() context.Context
	// Exit is a new GreenletExit, raised when the user's time is up.
	Exit() *python.Exception
}

// ownerOf returns the user that a thread runs, nil if none.
func ownerOf(t *thread) Owner {
	o, _ := t.Local.(Owner)
	return o
}

// Classes are the classes of one isolate.
type Classes struct {
	CaseInsensitiveDict, Cookie, CookieJar, RequestsCookieJar *python.Type
	Request, PreparedRequest, Response, Session, HTTPResponse *python.Type
	redirects                                                 *python.Type // SessionRedirectMixin
	connections                                               *python.Type

	// General sends every request the general way, see session.Options.
	General bool

	failures, errors *python.Module
	contentProperty  value
	iterContent      value
	textProperty     value
	tls              map[said]*tls.Config
	timedelta        value
	watched          []watch
	looked           uint64 // at watched, when python.Changes was this
	touched          bool   // one of them was changed
	modules          []globals
	lookedThere      uint64 // at modules, when python.ModuleChanges was this
	touchedThere     bool
	sessions         *Family
	env              environment
	proxies          map[string]*wire.Proxy
	contexts         map[trusting]*tls.Config
	locals           map[string]*wire.Local
	// socketOptions is HTTPConnection.default_socket_options, which files add to; noDelay is the one item that it has at first.
	socketOptions *python.List
	noDelay       value
	// beforeProxy says that the last exchange that failed did not get as far as its proxy; cut is the thread whose request
	// was cut off because its user's time was up.
	beforeProxy bool
	cut         *thread
	calls       wire.Calls // guarded by the isolate's lock
	// Unread counts the open streams of all clients.
	Unread *wire.Unread
}

// Load returns the classes of the isolate.
func Load(t *thread) (*Classes, error) {
	m, err := t.Import("_requests_go")
	if err != nil {
		return nil, err
	}
	return m.Attrs().GetStr("_classes").(*python.Instance).Data.(*Classes), nil
}

type maker = func(t *thread) (*python.Module, error)

// Modules lists the modules by their full names.
func Modules() map[string]maker {
	m := map[string]maker{"_requests_go": newGoModule}
	for _, name := range []string{
		"requests", "requests.exceptions", "requests.sessions", "requests.models", "requests.auth", "requests.adapters",
		"requests.structures", "requests.cookies", "requests.utils", "requests.status_codes", "requests.hooks", "requests.compat",
		"requests.api", "requests.packages", "http.cookiejar",
		"urllib3", "urllib3.exceptions", "urllib3.util", "urllib3.util.retry", "urllib3.util.timeout", "urllib3.util.url", "urllib3.util.ssl_", "urllib3.util.ssl_match_hostname", "urllib3.poolmanager",
		"urllib3.connectionpool", "urllib3.connection", "_requests_failures", "_requests_environment", "_requests_tls",
	} {
		m[name] = fromSource(name)
	}
	for _, name := range []string{"urllib3", "urllib3.exceptions", "urllib3.util", "urllib3.util.retry"} {
		m["requests.packages."+name] = func(t *thread) (*python.Module, error) { return t.Import(name) }
	}
	return m
}

func fromSource(name string) maker {
	return func(t *thread) (*python.Module, error) {
		src, err := sources.ReadFile("py/" + name + ".py")
		if err != nil {
			return nil, python.Errorf(python.ModuleNotFoundError, "No module named '%s'", name)
		}
		return t.LoadSource(name, "<stdlib>/"+name+".py", src)
	}
}

// newGoModule makes what the modules in Python take from Go.
func newGoModule(*thread) (*python.Module, error) {
	c := &Classes{CaseInsensitiveDict: newHeadersClass(), Cookie: newCookieClass(), tls: map[said]*tls.Config{}, proxies: map[string]*wire.Proxy{}, contexts: map[trusting]*tls.Config{}, locals: map[string]*wire.Local{}, Unread: &wire.Unread{}}
	c.connections = newConnectionsClass()
	c.noDelay = python.NewTuple(python.NewInt(syscall.IPPROTO_TCP), python.NewInt(syscall.TCP_NODELAY), python.NewInt(1))
	c.socketOptions = python.NewList(c.noDelay)
	c.CookieJar, c.RequestsCookieJar = newJarClasses(c.Cookie)
	c.PreparedRequest = c.newPreparedClass()
	c.Request = c.newRequestClass()
	c.HTTPResponse = c.newRawClass()
	c.newTexts()
	c.Response = c.newResponseClass()
	c.iterContent = c.Response.Lookup("iter_content")
	c.redirects = python.NewClass(python.ClassSpec{
		Name: "SessionRedirectMixin", Module: "requests.sessions",
		Methods: Twins("requests.sessions", "SessionRedirectMixin", redirectNames()...),
	})
	c.Session = c.newSessionClass()
	c.sessions = NewFamily(c.Session, []string{"request"}, InnerNames())
	c.Watch(c.CaseInsensitiveDict, c.CookieJar, c.RequestsCookieJar, c.PreparedRequest, c.Request, c.Response, c.HTTPResponse)
	return python.NewModule("_requests_go", map[string]value{
		"_classes":            python.NewInstance(python.ObjectType, c),
		"CaseInsensitiveDict": c.CaseInsensitiveDict, "Cookie": c.Cookie, "CookieJar": c.CookieJar,
		"RequestsCookieJar": c.RequestsCookieJar, "Request": c.Request, "PreparedRequest": c.PreparedRequest,
		"Response": c.Response, "Session": c.Session, "HTTPResponse": c.HTTPResponse,
		"SessionRedirectMixin": c.redirects, "Connections": c.connections, "default_socket_options": c.socketOptions,
	}, c.functions()...), nil
}

// raise makes an exception of requests.exceptions.
func (c *Classes) raise(t *thread, class string, args []value) error {
	cls, err := c.exception(t, class)
	if err != nil {
		return err
	}
	v, err := t.Call(cls, args...)
	return raised(v, err)
}

// exception returns a class of requests.exceptions.
func (c *Classes) exception(t *thread, class string) (*python.Type, error) {
	if c.errors == nil {
		m, err := t.Import("requests.exceptions")
		if err != nil {
			return nil, err
		}
		c.errors = m
	}
	return c.errors.Attrs().GetStr(class).(*python.Type), nil
}

// raised is an exception that Python code has made as the error that it is.
func raised(v value, err error) error {
	if err != nil {
		return err
	}
	e, ok := v.(*python.Exception)
	if !ok {
		return python.Errorf(python.TypeError, "exceptions must derive from BaseException")
	}
	return e
}

// fail calls a function of the module _requests_failures, which makes an exception with all that led to it.
func (c *Classes) fail(t *thread, how string, args ...value) error {
	if c.failures == nil {
		m, err := t.Import("_requests_failures")
		if err != nil {
			return err
		}
		c.failures = m
	}
	return raised(t.Call(c.failures.Attrs().GetStr(how), args...))
}
