package requests

import "gregaria/worker/internal/python"

// setting is an attribute of a session that is None, or dflt, until it is set.
func setting(slot func(s *settings) *value, dflt func() value) value {
	return python.MutableProperty(
		func(_ *thread, self value) (value, error) {
			s := sessionOf(self)
			if s.set != nil && *slot(s.set) != nil {
				return *slot(s.set), nil
			}
			v := dflt()
			switch v.(type) {
			case *python.Dict: // it may be changed
				*slot(s.settings()) = v
			}
			return v, nil
		},
		func(_ *thread, self, v value) error {
			*slot(sessionOf(self).settings()) = v
			return nil
		})
}

// setForeign keeps a value of headers or cookies that is not of requests' own class; own says that it is.
func (s *Session) setForeign(slot func(s *settings) *value, v value, own bool) {
	if own && s.set == nil {
		return
	}
	set := s.settings()
	if *slot(set) = v; own {
		*slot(set) = nil
	}
	set.foreign = set.headers != nil || set.cookies != nil
}

func (s *Session) settings() *settings {
	if s.set == nil {
		s.set = &settings{}
	}
	return s.set
}

func always(v value) func() value { return func() value { return v } }

func emptyDict() value { return python.NewDict() }

func emptyHooks() value {
	d := python.NewDict()
	d.SetStr("response", python.NewList())
	return d
}

// sessionHeaders are the headers of a session for Python to change.
func (s *Session) sessionHeaders() *python.Instance {
	if s.headers == nil {
		s.headers = python.NewInstance(s.classes.CaseInsensitiveDict, standardHeaders())
	}
	return s.headers
}

func (c *Classes) sessionAttrs() map[string]value {
	return map[string]value{
		"headers": c.headersAttr(),
		"cookies": c.cookiesAttr(),
		"auth":    setting(func(s *settings) *value { return &s.auth }, always(python.None)),
		"params":  setting(func(s *settings) *value { return &s.params }, emptyDict),
		"proxies": setting(func(s *settings) *value { return &s.proxies }, emptyDict),
		"hooks":   setting(func(s *settings) *value { return &s.hooks }, emptyHooks),
		"verify":  setting(func(s *settings) *value { return &s.verify }, always(python.True)),
		"cert":    setting(func(s *settings) *value { return &s.cert }, always(python.None)),
		"stream":  setting(func(s *settings) *value { return &s.stream }, always(python.False)),
		"trust_env": python.MutableProperty(
			func(_ *thread, self value) (value, error) {
				s := sessionOf(self)
				if s.set != nil && s.set.trustEnv != nil {
					return s.set.trustEnv, nil
				}
				return python.NewBool(!s.Distrusts), nil
			},
			func(_ *thread, self, v value) error { sessionOf(self).settings().trustEnv = v; return nil }),
		"max_redirects": setting(func(s *settings) *value { return &s.maxRedirects }, always(python.NewInt(30))),
		"adapters": python.MutableProperty(
			func(t *thread, self value) (value, error) { return sessionOf(self).mounted(t) },
			func(_ *thread, self, v value) error { sessionOf(self).settings().adapters = v; return nil }),
	}
}

func (c *Classes) headersAttr() value {
	return python.MutableProperty(
		func(_ *thread, self value) (value, error) {
			s := sessionOf(self)
			if s.set != nil && s.set.headers != nil {
				return s.set.headers, nil
			}
			return s.sessionHeaders(), nil
		},
		func(_ *thread, self, v value) error {
			s := sessionOf(self)
			own := headersOf(v) != nil && v.(*python.Instance).Class() == c.CaseInsensitiveDict
			if own {
				s.headers = v.(*python.Instance)
			}
			s.setForeign(func(set *settings) *value { return &set.headers }, v, own)
			return nil
		})
}

func (c *Classes) cookiesAttr() value {
	return python.MutableProperty(
		func(_ *thread, self value) (value, error) {
			s := sessionOf(self)
			if s.set != nil && s.set.cookies != nil {
				return s.set.cookies, nil
			}
			if s.cookies == nil {
				if s.jar == nil {
					s.jar = &Jar{}
				}
				s.cookies = python.NewInstance(c.RequestsCookieJar, s.jar)
			}
			return s.cookies, nil
		},
		func(_ *thread, self, v value) error {
			s := sessionOf(self)
			i, _ := v.(*python.Instance)
			own := jarOf(v) != nil && i.Class() == c.RequestsCookieJar
			if own {
				s.cookies, s.jar = v, jarOf(v)
			}
			s.setForeign(func(set *settings) *value { return &set.cookies }, v, own)
			return nil
		})
}
