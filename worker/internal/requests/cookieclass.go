package requests

import (
	"time"

	"gregaria/worker/internal/python"
)

// newCookieClass makes the class Cookie.
func newCookieClass() *python.Type {
	text := func(get func(c *Cookie) *string) value {
		return python.MutableProperty(
			func(_ *thread, self value) (value, error) { return python.NewStr(*get(cookieOf(self))), nil },
			func(_ *thread, self, v value) error {
				s, _ := python.AsStr(v)
				*get(cookieOf(self)) = s
				return nil
			})
	}
	fixed := func(get func(c *Cookie) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return get(cookieOf(self)), nil })
	}
	return python.NewClass(python.ClassSpec{
		Name: "Cookie", Module: "http.cookiejar",
		New: func(t *thread, cls *python.Type, args python.Args) (value, error) {
			c, err := newCookie(t, args)
			return python.NewInstance(cls, c), err
		},
		Attrs: map[string]value{
			"name":   text(func(c *Cookie) *string { return &c.Name }),
			"domain": text(func(c *Cookie) *string { return &c.Domain }),
			"path":   text(func(c *Cookie) *string { return &c.Path }),
			"value": python.MutableProperty(
				func(_ *thread, self value) (value, error) { return cookieOf(self).Value, nil },
				func(_ *thread, self, v value) error { cookieOf(self).Value = v; return nil }),
			"expires": fixed(func(c *Cookie) value {
				if !c.expiring {
					return python.None
				}
				return python.NewInt(c.expires)
			}),
			"secure":             fixed(func(c *Cookie) value { return python.NewBool(c.secure) }),
			"discard":            fixed(func(c *Cookie) value { return python.NewBool(!c.expiring) }),
			"version":            fixed(func(c *Cookie) value { return python.NewInt(c.version) }),
			"port":               python.None,
			"port_specified":     python.False,
			"rfc2109":            python.False,
			"comment":            python.None,
			"comment_url":        python.None,
			"domain_specified":   fixed(func(c *Cookie) value { return python.NewBool(c.domainSpecified) }),
			"domain_initial_dot": fixed(func(c *Cookie) value { return python.NewBool(len(c.Domain) > 0 && c.Domain[0] == '.') }),
			"path_specified":     fixed(func(c *Cookie) value { return python.NewBool(c.pathSpecified) }),
		},
		Methods: []*python.Native{
			python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
			python.Func("is_expired(self, now=None)", func(_ *thread, a []value) (value, error) {
				c := cookieOf(a[0])
				return python.NewBool(c.expiring && c.expires <= time.Now().Unix()), nil
			}),
			python.Func("has_nonstandard_attr(self, name)", func(_ *thread, a []value) (value, error) {
				return python.NewBool(cookieOf(a[0]).attr(a[1]) != nil), nil
			}),
			python.Func("get_nonstandard_attr(self, name, default=None)", func(_ *thread, a []value) (value, error) {
				return or(cookieOf(a[0]).attr(a[1]), a[2]), nil
			}),
			python.Func("__repr__(self)", func(t *thread, a []value) (value, error) { return cookieOf(a[0]).repr(t) }),
			python.Func("__str__(self)", func(_ *thread, a []value) (value, error) { return python.NewStr(cookieOf(a[0]).short()), nil }),
		},
	})
}

func cookieOf(v value) *Cookie { return v.(*python.Instance).Data.(*Cookie) }

func (c *Cookie) attr(name value) value {
	s, _ := python.AsStr(name)
	for _, f := range c.rest {
		if f.name == s {
			return f.value
		}
	}
	return nil
}

// short is str(cookie).
func (c *Cookie) short() string {
	s := c.Name
	if v, ok := python.AsStr(c.Value); ok {
		s += "=" + v
	}
	return "<Cookie " + s + " for " + c.Domain + c.Path + ">"
}

// repr shows what http.cookiejar's Cookie shows, its fields in that order.
func (c *Cookie) repr(t *thread) (value, error) {
	rest := python.NewDict()
	for _, f := range c.rest {
		rest.SetStr(f.name, f.value)
	}
	expires := python.None
	if c.expiring {
		expires = python.NewInt(c.expires)
	}
	b := python.NewBool
	s := "Cookie("
	for i, f := range []field{
		{"version", python.NewInt(c.version)},
		{"name", python.NewStr(c.Name)},
		{"value", c.Value},
		{"port", python.None},
		{"port_specified", b(false)},
		{"domain", python.NewStr(c.Domain)},
		{"domain_specified", b(c.domainSpecified)},
		{"domain_initial_dot", b(len(c.Domain) > 0 && c.Domain[0] == '.')},
		{"path", python.NewStr(c.Path)},
		{"path_specified", b(c.pathSpecified)},
		{"secure", b(c.secure)},
		{"expires", expires},
		{"discard", b(!c.expiring)},
		{"comment", python.None},
		{"comment_url", python.None},
		{"rest", rest},
		{"rfc2109", b(false)},
	} {
		r, err := t.Repr(f.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			s += ", "
		}
		s += f.name + "=" + r
	}
	return python.NewStr(s + ")"), nil
}

// newCookie makes a cookie of the keywords of create_cookie or of Cookie.
func newCookie(t *thread, args python.Args) (*Cookie, error) {
	c := &Cookie{Path: "/", Value: python.None}
	for i, v := range args.Pos { // create_cookie(name, value)
		switch i {
		case 0:
			c.Name, _ = python.AsStr(v)
		case 1:
			c.Value = v
		default:
			return nil, python.Errorf(python.TypeError, "create_cookie() takes 2 positional arguments but %d were given", len(args.Pos))
		}
	}
	for i, n := range args.Names {
		v := args.Values[i]
		s, _ := python.AsStr(v)
		switch n.String() {
		case "name":
			c.Name = s
		case "value":
			c.Value = v
		case "domain":
			c.Domain, c.domainSpecified = s, s != ""
		case "path":
			c.Path, c.pathSpecified = s, s != ""
		case "secure":
			c.secure, _ = t.Truth(v)
		case "expires":
			c.expires, c.expiring = python.AsInt(v)
		case "rest":
			_ = pairs(t, v, func(k, v value) error {
				name, _ := python.AsStr(k)
				c.rest = append(c.rest, field{name, v})
				return nil
			})
		case "version", "port", "discard", "comment", "comment_url", "rfc2109", "port_specified", "domain_specified",
			"domain_initial_dot", "path_specified":
		default:
			return nil, python.Errorf(python.TypeError, "create_cookie() got unexpected keyword arguments: ['%s']", n.String())
		}
	}
	return c, nil
}
