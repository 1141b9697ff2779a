package session

import (
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
)

// NewFast returns a FastHttpSession for a user, with the settings that are its attributes. A class that the file has put in
// the place of FastHttpSession is called as Locust calls it.
func (c *Classes) NewFast(t *thread, baseURL string, event, user value) (value, error) {
	if err := c.loadFast(t); err != nil {
		return nil, err
	}
	settings, err := c.settingsOf(t, user)
	if err != nil {
		return nil, err
	}
	if cls := c.replacement("FastHttpSession"); cls != nil && cls != value(c.FastSession) {
		call := python.Args{}
		call.Names = append(call.Names, python.NewStr("base_url"), python.NewStr("request_event"), python.NewStr("user"))
		call.Values = append(call.Values, python.NewStr(baseURL), event, user)
		for _, g := range settings.given {
			call.Names, call.Values = append(call.Names, python.NewStr(g.name)), append(call.Values, g.v)
		}
		return t.CallKw(cls, call)
	}
	s := &fastSession{client: client{classes: c}, settings: settings}
	self := python.NewInstance(c.FastSession, s)
	return self, s.open(t, self, python.NewStr(baseURL), event, user)
}

// loadFast loads the modules in Python that the clients need, when the first session is made: most files have none.
func (c *Classes) loadFast(t *thread) error {
	if c.fast != nil {
		return nil
	}
	_, err := t.Import("_locust_fast")
	return err
}

// loaded takes up the module _locust_fast, at its end: before anybody can have changed anything.
func (c *Classes) loaded(t *thread) error {
	m, err := t.Import("_locust_fast")
	if err != nil {
		return err
	}
	c.fast = m
	class := func(name string) *python.Type { return m.Attrs().GetStr(name).(*python.Type) }
	c.connectionError, c.badStatus = class("ConnectionError"), class("LocustBadStatusCode")
	c.UserAgent, c.FastRequest = class("LocustUserAgent"), class("FastRequest")
	for _, cls := range []*python.Type{c.UserAgent, c.FastRequest, c.badStatus} {
		if err := t.SetAttr(cls, "__module__", python.NewStr("locust.contrib.fasthttp")); err != nil {
			return err
		}
	}
	c.note()
	return nil
}

// generally returns a function of the general way.
func (c *Classes) generally(t *thread, name string) (value, error) {
	if err := c.loadFast(t); err != nil {
		return nil, err
	}
	return c.fast.Attrs().GetStr(name), nil
}

// fastUserDefaults are the settings of a FastHttpUser, unless its class says otherwise.
func fastUserDefaults() map[string]value {
	attrs := map[string]value{}
	for _, s := range userSettings() {
		attrs[s.attr] = s.dflt
	}
	return attrs
}

// initFast is FastHttpSession.__init__.
func (c *Classes) initFast(t *thread, args python.Args) (value, error) {
	if err := c.loadFast(t); err != nil {
		return nil, err
	}
	self, s := args.Pos[0], fastOf(args.Pos[0])
	args.Pos = args.Pos[1:]
	a, err := initArgs("FastHttpSession", args)
	if err != nil {
		return nil, err
	}
	var given []named
	for i, name := range []string{"insecure", "client_pool", "ssl_context_factory"} {
		if len(args.Pos) > 3+i {
			given = append(given, named{name, args.Pos[3+i]})
		}
	}
	for i, n := range args.Names {
		switch n.String() {
		case "base_url", "request_event", "user":
		default:
			given = append(given, named{n.String(), args.Values[i]})
		}
	}
	if s.settings, err = readSettings(t, given); err != nil {
		return nil, err
	}
	return python.None, s.open(t, self, a[0], a[1], a[2])
}

// open makes a session ready.
func (s *fastSession) open(t *thread, self, base, event, user value) error {
	s.event, s.user, s.baseValue = event, user, base
	requests.OpenLink(t, &s.link)
	if s.settings.foreign { // what is wrong with the settings is raised here, as in Locust
		if _, err := s.userAgent(t, self); err != nil {
			return err
		}
	}
	text, ok := python.AsStr(base)
	if !ok {
		s.setBase(base)
		return nil
	}
	bare, name, password := credentials(text)
	if name != "" {
		auth, err := requests.Basic(t, python.NewStr(name), python.NewStr(password))
		if err != nil {
			return err
		}
		s.auth = auth
	}
	s.setBase(python.NewStr(bare))
	return nil
}
