package requests

import (
	"strings"
	"time"

	"gregaria/worker/internal/python"
)

func jarOf(v value) *Jar {
	if i, ok := v.(*python.Instance); ok {
		j, _ := i.Data.(*Jar)
		return j
	}
	return nil
}

// newJarClasses makes http.cookiejar's CookieJar and RequestsCookieJar, which is a dict besides.
func newJarClasses(cookie *python.Type) (plain, dict *python.Type) {
	plain = python.NewClass(python.ClassSpec{
		Name: "CookieJar", Module: "http.cookiejar",
		New: func(_ *thread, cls *python.Type, _ python.Args) (value, error) {
			return python.NewInstance(cls, &Jar{quoted: cls.Name() == "CookieJar"}), nil
		},
		Attrs:   map[string]value{"_policy": python.Property(policyOf)},
		Methods: append(plainJarMethods(cookie), jarExchange()...),
	})
	dict = python.NewClass(python.ClassSpec{
		Name: "RequestsCookieJar", Module: "requests.cookies", Bases: []*python.Type{plain},
		Methods: append(dictJarMethods(cookie), dictJarViews()...),
	})
	return plain, dict
}

func plainJarMethods(cookie *python.Type) []*python.Native {
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		python.Func("__iter__(self)", func(t *thread, a []value) (value, error) {
			var all []value
			for _, c := range jarOf(a[0]).cookies {
				all = append(all, python.NewInstance(cookie, c))
			}
			return t.Iter(python.NewList(all...))
		}),
		python.Func("__len__(self)", func(_ *thread, a []value) (value, error) {
			return python.NewInt(int64(len(jarOf(a[0]).cookies))), nil
		}),
		python.Func("set_cookie(self, cookie)", func(_ *thread, a []value) (value, error) {
			jarOf(a[0]).put(cookieOf(a[1]))
			return python.None, nil
		}),
		python.Func("clear(self, domain=None, path=None, name=None)", clearJar),
		python.Func("clear_session_cookies(self)", func(_ *thread, a []value) (value, error) {
			jarOf(a[0]).remove(func(c *Cookie) bool { return !c.expiring })
			return python.None, nil
		}),
		python.Func("clear_expired_cookies(self)", func(_ *thread, a []value) (value, error) {
			now := time.Now().Unix()
			jarOf(a[0]).remove(func(c *Cookie) bool { return c.expiring && c.expires <= now })
			return python.None, nil
		}),
		python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
			s := "<" + a[0].(*python.Instance).Class().Name() + "["
			for i, c := range jarOf(a[0]).cookies {
				r, err := c.repr(t)
				if err != nil {
					return nil, err
				}
				if i > 0 {
					s += ", "
				}
				s += r.(*python.Str).String()
			}
			return python.NewStr(s + "]>"), nil
		}),
		python.Func("__str__(self)", func(_ *thread, a []value) (value, error) {
			var all []string
			for _, c := range jarOf(a[0]).cookies {
				all = append(all, c.short())
			}
			return python.NewStr("<" + a[0].(*python.Instance).Class().Name() + "[" + strings.Join(all, ", ") + "]>"), nil
		}),
	}
}

func clearJar(_ *thread, a []value) (value, error) {
	domain, path, name := a[1], a[2], a[3]
	same := func(v value, s string) bool {
		w, ok := python.AsStr(v)
		return !given(v) || ok && w == s
	}
	found := jarOf(a[0]).remove(func(c *Cookie) bool { return same(domain, c.Domain) && same(path, c.Path) && same(name, c.Name) })
	if !found && given(domain) {
		return nil, python.NewException(python.KeyError, domain)
	}
	return python.None, nil
}

// find returns the cookie of a name; conflict is true if there are several.
func (j *Jar) find(name, domain, path value) (found *Cookie, conflict bool) {
	want := func(v value, s string) bool {
		w, ok := python.AsStr(v)
		return !given(v) || ok && w == s
	}
	for _, c := range j.cookies {
		if n, ok := python.AsStr(name); ok && c.Name == n && want(domain, c.Domain) && want(path, c.Path) {
			if found != nil {
				return nil, true
			}
			found = c
		}
	}
	return found, false
}

// lookup is _find_no_duplicates: nil is a cookie that is not there.
func (j *Jar) lookup(t *thread, name, domain, path value) (value, error) {
	c, conflict := j.find(name, domain, path)
	if conflict {
		r, err := t.Repr(name)
		if err != nil {
			return nil, err
		}
		m, err := t.Import("requests.cookies")
		if err != nil {
			return nil, err
		}
		cls, _ := m.Attrs().GetStr("CookieConflictError").(*python.Type)
		return nil, python.Errorf(cls, "There are multiple cookies with name, %s", r)
	}
	if c == nil || c.Value == python.None {
		return nil, nil //nolint:nilnil // absent
	}
	return c.Value, nil
}

func dictJarMethods(cookie *python.Type) []*python.Native { //nolint:funlen // a table of short functions
	return []*python.Native{
		python.Func("get(self, name, default=None, domain=None, path=None)", func(t *thread, a []value) (value, error) {
			v, err := jarOf(a[0]).lookup(t, a[1], a[3], a[4])
			return or(v, a[2]), err
		}),
		python.RawFunc("set", func(t *thread, args python.Args) (value, error) {
			if len(args.Pos) != 3 {
				return nil, python.Errorf(python.TypeError, "RequestsCookieJar.set() missing 2 required positional arguments: 'name' and 'value'")
			}
			return setCookie(t, cookie, args)
		}),
		python.Func("__getitem__(self, name)", func(t *thread, a []value) (value, error) {
			v, err := jarOf(a[0]).lookup(t, a[1], nil, nil)
			if v != nil || err != nil {
				return v, err
			}
			r, err := t.Repr(a[1])
			if err != nil {
				return nil, err
			}
			return nil, python.NewException(python.KeyError, python.NewStr("name="+r+", domain=None, path=None"))
		}),
		python.Func("__setitem__(self, name, value)", func(t *thread, a []value) (value, error) {
			return setCookie(t, cookie, python.Args{Pos: a})
		}),
		python.Func("__delitem__(self, name)", func(_ *thread, a []value) (value, error) {
			n, _ := python.AsStr(a[1])
			jarOf(a[0]).remove(func(c *Cookie) bool { return c.Name == n })
			return python.None, nil
		}),
		python.Func("__contains__(self, name)", func(t *thread, a []value) (value, error) {
			if _, conflict := jarOf(a[0]).find(a[1], nil, nil); conflict {
				return python.True, nil
			}
			v, err := jarOf(a[0]).lookup(t, a[1], nil, nil)
			return python.NewBool(v != nil), err
		}),
		python.Func("update(self, other)", func(t *thread, a []value) (value, error) {
			if o := jarOf(a[1]); o != nil {
				jarOf(a[0]).merge(o)
				return python.None, nil
			}
			return python.None, jarOf(a[0]).fromDict(t, a[1], true)
		}),
		python.Func("pop(self, name, default=None)", func(t *thread, a []value) (value, error) {
			v, err := jarOf(a[0]).lookup(t, a[1], nil, nil)
			if err == nil && v == nil && a[2] == nil {
				err = python.NewException(python.KeyError, a[1])
			}
			n, _ := python.AsStr(a[1])
			jarOf(a[0]).remove(func(c *Cookie) bool { return c.Name == n })
			return or(v, a[2]), err
		}),
		python.Func("copy(self)", func(_ *thread, a []value) (value, error) {
			j := &Jar{}
			j.merge(jarOf(a[0]))
			return python.NewInstance(a[0].(*python.Instance).Class(), j), nil
		}),
		python.Func("get_dict(self, domain=None, path=None)", func(_ *thread, a []value) (value, error) {
			d := python.NewDict()
			for _, c := range jarOf(a[0]).cookies {
				if o, _ := (&Jar{cookies: []*Cookie{c}}).find(python.NewStr(c.Name), a[1], a[2]); o != nil {
					d.SetStr(c.Name, c.Value)
				}
			}
			return d, nil
		}),
	}
}

// setCookie is RequestsCookieJar.set: args.Pos are the jar, the name and the value. None unsets.
func setCookie(t *thread, class *python.Type, args python.Args) (value, error) {
	j := jarOf(args.Pos[0])
	if args.Pos[2] == python.None {
		n, _ := python.AsStr(args.Pos[1])
		j.remove(func(c *Cookie) bool {
			o, _ := (&Jar{cookies: []*Cookie{c}}).find(python.NewStr(n), args.Kw("domain"), args.Kw("path"))
			return o != nil
		})
		return python.None, nil
	}
	c, err := newCookie(t, python.Args{Pos: args.Pos[1:], Names: args.Names, Values: args.Values})
	if err != nil {
		return nil, err
	}
	j.put(c)
	return python.NewInstance(class, c), nil
}

// fromDict adds the cookies of a mapping, but for those that are there already unless they are to be replaced.
func (j *Jar) fromDict(t *thread, v value, replace bool) error {
	return pairs(t, v, func(k, v value) error {
		if o, several := j.find(k, nil, nil); !replace && (o != nil || several) {
			return nil
		}
		c, err := newCookie(t, python.Args{Pos: []value{k, v}})
		if err == nil {
			j.put(c)
		}
		return err
	})
}

func dictJarViews() []*python.Native {
	list := func(sig string, iter bool, item func(c *Cookie) value) *python.Native {
		return python.Func(sig, func(t *thread, a []value) (value, error) {
			var items []value
			for _, c := range jarOf(a[0]).cookies {
				items = append(items, item(c))
			}
			if iter {
				return t.Iter(python.NewList(items...))
			}
			return python.NewList(items...), nil
		})
	}
	name := func(c *Cookie) value { return python.NewStr(c.Name) }
	val := func(c *Cookie) value { return c.Value }
	pair := func(c *Cookie) value { return python.NewTuple(python.NewStr(c.Name), c.Value) }
	unique := func(sig string, get func(c *Cookie) string) *python.Native {
		return python.Func(sig, func(_ *thread, a []value) (value, error) {
			var items []value
			seen := map[string]bool{}
			for _, c := range jarOf(a[0]).cookies {
				if s := get(c); !seen[s] {
					seen[s] = true
					items = append(items, python.NewStr(s))
				}
			}
			return python.NewList(items...), nil
		})
	}
	return []*python.Native{
		list("keys(self)", false, name), list("values(self)", false, val), list("items(self)", false, pair),
		list("iterkeys(self)", true, name), list("itervalues(self)", true, val), list("iteritems(self)", true, pair),
		unique("list_domains(self)", func(c *Cookie) string { return c.Domain }),
		unique("list_paths(self)", func(c *Cookie) string { return c.Path }),
	}
}
