package requests

import (
	"crypto/tls"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sslcontext"
)

// poolSettings are the attributes of a pool of which its TLS settings are made, by the names that the function context of the
// module _requests_tls has for them.
func poolSettings() []struct{ name, attr string } {
	return []struct{ name, attr string }{
		{"cert_reqs", "cert_reqs"},
		{"ca_certs", "ca_certs"},
		{"ca_cert_dir", "ca_cert_dir"},
		{"ca_cert_data", "ca_cert_data"},
		{"cert_file", "cert_file"},
		{"key_file", "key_file"},
		{"key_password", "key_password"},
		{"ssl_context", "ssl_context"},
		{"ssl_version", "ssl_version"},
		{"ssl_minimum_version", "ssl_minimum_version"},
		{"ssl_maximum_version", "ssl_maximum_version"},
		{"assert_hostname", "assert_hostname"},
		{"fingerprint", "assert_fingerprint"},
	}
}

// config is the TLS settings of the pool.
func (x *exchange) config(t *thread) (*tls.Config, error) {
	if x.scheme != "https" {
		return nil, nil //nolint:nilnil // none are needed
	}
	var given []named
	for _, s := range poolSettings() {
		v, err := t.GetAttr(x.pool, s.attr)
		if err != nil {
			return nil, err
		}
		given = append(given, named{s.name, v})
	}
	server, err := t.GetAttr(x.pool, "server_hostname")
	if err != nil {
		return nil, err
	}
	name, own := python.AsStr(server)
	if !own {
		name = x.host
	}
	name = strings.Trim(strings.TrimRight(name, "."), "[]")
	if i := strings.LastIndexByte(name, '%'); i >= 0 { // the zone of an IPv6 address
		name = name[:i]
	}
	return x.classes.secured(t, name, given)
}

// A named is a keyword argument.
type named struct {
	name string
	v    value
}

// A trusting is what TLS settings were made of: those of an SSLContext in a version of it, and everything else as text.
type trusting struct {
	context *sslcontext.Context
	version int
	rest    string
}

// secured is the TLS settings for a server of a name, "" for any, as urllib3 makes them of its arguments. An SSLContext of the
// file's own is changed by that, as by urllib3, but is no other version then: users who share one and show a certificate each would
// have no connection to use again.
func (c *Classes) secured(t *thread, name string, settings []named) (*tls.Config, error) {
	id := trusting{rest: name}
	all := make([]value, 0, len(settings))
	var fingerprint, hostname value
	for _, s := range settings {
		all = append(all, s.v)
		switch s.name {
		case "ssl_context":
			if !given(s.v) {
				break
			}
			if id.context = sslcontext.Of(s.v); id.context == nil {
				return nil, python.Errorf(python.TypeError, "'%s' object is no SSLContext", python.TypeOf(s.v).Name())
			}
			id.version = id.context.Version()
			all[len(all)-1] = python.None
		case "fingerprint":
			fingerprint = s.v
		case "assert_hostname":
			hostname = s.v
		}
	}
	text, err := t.Repr(python.NewTuple(all...))
	if err != nil {
		return nil, err
	}
	if id.rest += text; c.contexts[id] != nil {
		return c.contexts[id], nil
	}
	context, named, err := c.makeContext(t, settings)
	if id.context != nil {
		id.context.Keep(id.version)
	}
	if err != nil {
		return nil, err
	}
	config, err := context.Config(t, name)
	if err != nil {
		return nil, err
	}
	if yes, err := truthy(t, fingerprint); err != nil {
		return nil, err
	} else if yes {
		meet(config, &unlikeError{fingerprint: fingerprint})
	} else if named {
		wanted, ok := python.AsStr(hostname)
		if !ok || wanted == "" {
			wanted = name
		}
		meet(config, &unlikeError{hostname: wanted})
	}
	c.contexts[id] = config
	return config, nil
}

// makeContext has the module _requests_tls make an SSLContext. named says that the name in the certificate is still to be looked at.
func (c *Classes) makeContext(t *thread, settings []named) (made *sslcontext.Context, named bool, err error) {
	m, err := t.Import("_requests_tls")
	if err != nil {
		return nil, false, err
	}
	var args python.Args
	for _, s := range settings {
		args.Names = append(args.Names, python.NewStr(s.name))
		args.Values = append(args.Values, s.v)
	}
	v, err := t.CallKw(m.Attrs().GetStr("context"), args)
	if err != nil {
		return nil, false, err
	}
	both := v.(*python.Tuple).Items()
	return sslcontext.Of(both[0]), both[1] == python.True, nil
}
