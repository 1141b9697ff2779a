package sslcontext

import (
	"crypto/tls"

	"gregaria/worker/internal/python"
)

// NewModule makes the module _ssl_go, which the module ssl is built on.
func NewModule(*python.Thread) (*python.Module, error) {
	return python.NewModule("_ssl_go", map[string]value{"SSLContext": newClass()},
		python.Func("bundle()", func(*thread, []value) (value, error) {
			if file := bundle(); file != "" {
				return python.NewStr(file), nil
			}
			return python.None, nil
		}),
	), nil
}

func newClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "SSLContext", Module: "ssl",
		New: func(_ *thread, cls *python.Type, args python.Args) (value, error) {
			protocol := int64(2)
			if len(args.Pos) > 0 {
				protocol, _ = python.AsInt(args.Pos[0])
			} else if v := args.Kw("protocol"); v != nil {
				protocol, _ = python.AsInt(v)
			}
			return python.NewInstance(cls, newContext(protocol)), nil
		},
		Methods: methods(),
		Attrs:   attributes(),
	})
}

func methods() []*python.Native {
	change := func(sig string, f func(t *thread, c *Context, a []value) error) *python.Native {
		return python.Func(sig, func(t *thread, a []value) (value, error) {
			c := Of(a[0])
			c.version++
			for i := range a {
				if a[i] == python.None {
					a[i] = nil
				}
			}
			return python.None, f(t, c, a)
		})
	}
	return []*python.Native{
		python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
		change("load_verify_locations(self, cafile=None, capath=None, cadata=None)", func(t *thread, c *Context, a []value) error {
			return c.trust(t, a[1], a[2], a[3])
		}),
		change("load_cert_chain(self, certfile, keyfile=None, password=None)", func(t *thread, c *Context, a []value) error {
			return c.show(t, a[1], a[2], a[3])
		}),
		change("load_default_certs(self, purpose=None)", func(_ *thread, c *Context, _ []value) error { c.system = true; return nil }),
		change("set_default_verify_paths(self)", func(_ *thread, c *Context, _ []value) error { c.system = true; return nil }),
		change("set_ciphers(self, ciphers)", func(t *thread, c *Context, a []value) error {
			text, ok := python.AsStr(orNone(a[1]))
			if !ok {
				return python.Errorf(python.TypeError, "set_ciphers() argument must be str, not %s", python.TypeOf(orNone(a[1])).Name())
			}
			return c.choose(t, text)
		}),
		change("set_alpn_protocols(self, alpn_protocols)", func(t *thread, c *Context, a []value) error {
			c.protocols = nil
			return t.Each(orNone(a[1]), func(v value) error {
				name, _ := python.AsStr(v)
				c.protocols = append(c.protocols, name)
				return nil
			})
		}),
	}
}

// attributes are those that can be set. Any other setting of OpenSSL's raises what it would need.
func attributes() map[string]value {
	attr := func(get func(c *Context) value, set func(c *Context, v value) error) value {
		return python.MutableProperty(func(_ *thread, self value) (value, error) { return get(Of(self)), nil },
			func(_ *thread, self, v value) error {
				Of(self).version++
				return set(Of(self), v)
			})
	}
	number := func(slot func(c *Context) *int64, check func(c *Context, n int64) error) value {
		return attr(func(c *Context) value { return python.NewInt(*slot(c)) }, func(c *Context, v value) error {
			n, ok := python.AsInt(v)
			if !ok {
				return python.Errorf(python.TypeError, "an integer is required")
			}
			if err := check(c, n); err != nil {
				return err
			}
			*slot(c) = n
			return nil
		})
	}
	attrs := map[string]value{
		"check_hostname": attr(func(c *Context) value { return python.NewBool(c.checkHostname) }, func(c *Context, v value) error {
			if c.checkHostname = v != python.False && v != python.None; c.checkHostname && c.verify == certNone {
				c.verify = certRequired
			}
			return nil
		}),
		"verify_mode":     number(func(c *Context) *int64 { return &c.verify }, checkVerify),
		"options":         number(func(c *Context) *int64 { return &c.options }, func(*Context, int64) error { return nil }),
		"verify_flags":    number(func(c *Context) *int64 { return &c.flags }, checkFlags),
		"minimum_version": number(func(c *Context) *int64 { return &c.lowest }, checkVersion),
		"maximum_version": number(func(c *Context) *int64 { return &c.highest }, checkVersion),
		"protocol":        python.Property(func(_ *thread, self value) (value, error) { return python.NewInt(Of(self).protocol), nil }),
	}
	for _, name := range []string{"sni_callback", "keylog_filename", "hostname_checks_common_name", "num_tickets", "sslsocket_class", "sslobject_class"} {
		attrs[name] = python.MutableProperty(
			func(*thread, value) (value, error) {
				return nil, python.Errorf(python.AttributeError, "ssl.SSLContext.%s: the worker has no such setting", name)
			},
			func(*thread, value, value) error { return refused(name) })
	}
	return attrs
}

func refused(what string) error {
	return python.Errorf(python.NotImplementedError, "ssl.SSLContext.%s: the worker cannot obey it", what)
}

func checkVerify(c *Context, n int64) error {
	switch {
	case n < certNone || n > certRequired:
		return python.Errorf(python.ValueError, "invalid value for verify_mode")
	case n == certNone && c.checkHostname:
		return python.Errorf(python.ValueError, "Cannot set verify_mode to CERT_NONE when check_hostname is enabled.")
	}
	return nil
}

func checkFlags(_ *Context, n int64) error {
	if n&^flagsObeyed != 0 {
		return refused("verify_flags")
	}
	return nil
}

func checkVersion(_ *Context, n int64) error {
	switch n {
	case versionLowest, versionHighest, 768, tls.VersionTLS10, tls.VersionTLS11, tls.VersionTLS12, tls.VersionTLS13:
		return nil
	}
	return python.Errorf(python.ValueError, "Unsupported TLS/SSL version 0x%x", n)
}
