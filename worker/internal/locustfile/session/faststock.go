package session

import (
	"gregaria/worker/internal/python"
)

// A verdict is whether a session takes the worker's own way, and what that was decided on.
type verdict struct {
	changes        uint64 // of all classes
	version, shape uint32 // of the classes that matter, of the object
	known, stock   bool
}

// The kinds of classes whose changes are watched.
const (
	sessionClass = iota
	agentClass
	responseClass
	classKinds
)

// noted are the classes and names as Locust has them.
type noted struct {
	classes  [classKinds][]*python.Type
	versions [classKinds]uint32
	attrs    map[string]value // of FastHttpSession
	names    map[string]value // of locust.contrib.fasthttp
	pins     *python.Pins     // on names; nil while nobody has imported that module
}

// watched are the attributes of FastHttpSession that its requests are made by.
func watched() []string {
	return []string{
		"request", "_build_url", "_send_request_safe_mode", "client", "cookiejar", "auth_header", "base_url", "request_event", "user",
		"request_name", "__getattribute__", "__getattr__", "__setattr__",
	}
}

// note remembers the classes as they are.
func (c *Classes) note() {
	class := func(name string) *python.Type { return c.fast.Attrs().GetStr(name).(*python.Type) }
	c.fastPoolClass = class("HTTPClientPool")
	c.noted = &noted{attrs: map[string]value{}, names: map[string]value{}}
	c.noted.classes = [classKinds][]*python.Type{
		{c.FastSession},
		{c.UserAgent, c.FastRequest, c.fastPoolClass, class("HTTPClient"), class("ConnectionPool"), class("SSLConnectionPool"), class("Headers"), c.requests.CookieJar},
		{c.FastContext, c.ErrorResponse, c.badStatus, class("RetriesExceeded")},
	}
	for kind := range c.noted.classes {
		c.noted.versions[kind] = c.version(kind)
	}
	for _, name := range watched() {
		c.noted.attrs[name] = c.FastSession.Lookup(name)
	}
	for _, name := range []string{
		"LocustUserAgent", "ResponseContextManager", "ErrorResponse", "FAILURE_EXCEPTIONS", "_construct_basic_auth_str", "absolute_http_url_regexp",
		"insecure_ssl_context_factory",
	} {
		c.noted.names[name] = c.fast.Attrs().GetStr(name)
	}
}

// version changes whenever one of a kind of classes does.
func (c *Classes) version(kind int) (sum uint32) {
	for _, cls := range c.noted.classes[kind] {
		sum += cls.Version()
	}
	return sum
}

// patched says whether a class of a kind is not as Locust has it.
func (c *Classes) patched(kind int) bool { return c.version(kind) != c.noted.versions[kind] }

// isStock says whether a session takes the worker's own way: nothing of it, of its class or of the classes behind it has
// been replaced. It is decided again when something of them has changed.
func (s *fastSession) isStock(self *python.Instance) bool {
	c := s.classes
	if changes, shape := python.Changes(), self.Shape(); !s.seen.known || s.seen.changes != changes || s.seen.shape != shape {
		version := self.Class().Version() + c.version(sessionClass) + c.version(agentClass) + c.version(responseClass)
		if !s.seen.known || s.seen.version != version || s.seen.shape != shape {
			s.seen = verdict{version: version, shape: shape, known: true, stock: s.decide(self)}
		}
		s.seen.changes = changes
	}
	return s.seen.stock && c.unchanged() && !s.strange && (s.agent == nil || s.sync())
}

func (s *fastSession) decide(self *python.Instance) bool {
	c := s.classes
	if c.general || s.settings.foreign || c.patched(agentClass) || c.patched(responseClass) {
		return false
	}
	for _, name := range watched() {
		if s.replaced(self, name) {
			return false
		}
	}
	return true
}

// replaced says whether an attribute of a session is not Locust's.
func (s *fastSession) replaced(self *python.Instance, name string) bool {
	return self.HasOwn(name) || self.Class().Lookup(name) != s.classes.noted.attrs[name]
}

// unchanged says whether the names of locust.contrib.fasthttp are Locust's.
func (c *Classes) unchanged() bool {
	if c.noted.pins == nil {
		m := c.module()
		if m == nil {
			return true
		}
		c.noted.pins = m.Attrs().Pin(c.noted.names)
	}
	return c.noted.pins.Hold()
}

// module is locust.contrib.fasthttp; nil if nobody has imported it.
func (c *Classes) module() *python.Module { return c.iso.Loaded("locust.contrib.fasthttp") }

// replacement is what locust.contrib.fasthttp has under a name; nil if nobody has imported it.
func (c *Classes) replacement(name string) value {
	if m := c.module(); m != nil {
		return m.Attrs().GetStr(name)
	}
	return nil
}
