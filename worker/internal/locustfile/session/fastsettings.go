package session

import (
	"math"
	"slices"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// fastSettings are what a FastHttpUser, or a call of FastHttpSession, says of the client. They are never changed, since
// sessions whose settings are the same share them.
type fastSettings struct {
	given []named // as it was said, by FastHttpSession's names

	maxRedirects, maxRetries, concurrency int
	connect, gap                          time.Duration
	insecure                              bool
	headers                               value
	proxy                                 *wire.Proxy
	// foreign says that there is a setting that only the general way obeys.
	foreign bool
}

// A named is a keyword argument.
type named struct {
	name string
	v    value
}

// userSettings are the attributes of a FastHttpUser by FastHttpSession's names, with their defaults.
func userSettings() []struct {
	attr, name string
	dflt       value
} {
	return []struct {
		attr, name string
		dflt       value
	}{
		{"network_timeout", "network_timeout", python.Float(60)},
		{"connection_timeout", "connection_timeout", python.Float(60)},
		{"max_redirects", "max_redirects", python.NewInt(30)},
		{"max_retries", "max_retries", python.NewInt(0)},
		{"insecure", "insecure", python.True},
		{"concurrency", "concurrency", python.NewInt(10)},
		{"client_pool", "client_pool", python.None},
		{"ssl_context_factory", "ssl_context_factory", python.None},
		{"default_headers", "headers", python.None},
		{"proxy_host", "proxy_host", python.None},
		{"proxy_port", "proxy_port", python.None},
	}
}

// settingsOf are those of a user's attributes.
func (c *Classes) settingsOf(t *thread, user value) (*fastSettings, error) {
	var all [16]named
	given := all[:0]
	for _, s := range userSettings() {
		v, err := t.HasAttr(user, s.attr)
		if err != nil {
			return nil, err
		}
		given = append(given, named{s.name, or(v, s.dflt)})
	}
	if last := c.settings; last != nil && slices.Equal(last.given, given) {
		return last, nil
	}
	made, err := readSettings(t, slices.Clone(given))
	if err == nil {
		c.settings = made
	}
	return made, err
}

// unsetSettings are those of a FastHttpSession that is told nothing.
func unsetSettings() *fastSettings {
	return &fastSettings{maxRedirects: 3, maxRetries: 3, concurrency: 1, connect: 5 * time.Second, gap: 5 * time.Second, insecure: true}
}

// readSettings takes the settings that are said. What is not what it should be is left to the general way, which fails
// where stock Locust fails.
func readSettings(t *thread, given []named) (*fastSettings, error) {
	f := unsetSettings()
	f.given = given
	host, port := python.None, python.None
	for _, g := range given {
		ok := true
		switch g.name {
		case "max_redirects":
			ok = wholeNumber(g.v, &f.maxRedirects)
		case "max_retries":
			ok = wholeNumber(g.v, &f.maxRetries)
		case "concurrency":
			ok = wholeNumber(g.v, &f.concurrency) && f.concurrency > 0
		case "network_timeout":
			ok = secondsOf(g.v, &f.gap)
		case "connection_timeout":
			ok = secondsOf(g.v, &f.connect)
		case "insecure":
			var err error
			if f.insecure, err = t.Truth(g.v); err != nil {
				return nil, err
			}
		case "headers":
			f.headers = g.v
		case "proxy_host":
			host = g.v
		case "proxy_port":
			port = g.v
		default:
			ok = g.v == python.None && (g.name == "client_pool" || g.name == "ssl_context_factory")
		}
		f.foreign = f.foreign || !ok
	}
	f.throughProxy(host, port)
	return f, nil
}

func (f *fastSettings) throughProxy(host, port value) {
	if host == python.None {
		return
	}
	name, ok := python.AsStr(host)
	n, number := python.AsInt(port)
	if !ok || !number || n <= 0 || n > math.MaxUint16 {
		f.foreign = true
		return
	}
	f.proxy = tunnelling(joinHostPort(name, n), "")
}

func wholeNumber(v value, to *int) bool {
	n, ok := python.AsInt(v)
	*to = int(n)
	return ok
}

// secondsOf is a timeout; None is for ever.
func secondsOf(v value, to *time.Duration) bool {
	if *to = 0; v == python.None {
		return true
	}
	f, ok := python.AsFloat(v)
	*to = max(time.Duration(min(f, 1e9)*float64(time.Second)), 1)
	return ok && f > 0
}

func takeSeconds(t *thread, v value, to *time.Duration) error {
	if *to = 0; v == python.None {
		return nil
	}
	f, err := t.ToFloat(v)
	*to = max(time.Duration(min(f, 1e9)*float64(time.Second)), 1)
	return err
}
