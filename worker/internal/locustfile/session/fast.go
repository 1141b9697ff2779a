package session

import (
	"crypto/tls"
	"embed"
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

//go:embed py/*.py
var sources embed.FS

func fastModules() map[string]func(t *thread) (*python.Module, error) {
	m := map[string]func(t *thread) (*python.Module, error){}
	for _, name := range []string{"_locust_fast", "_locust_rest"} {
		m[name] = func(t *thread) (*python.Module, error) {
			src, err := sources.ReadFile("py/" + name + ".py")
			if err != nil {
				return nil, err
			}
			return t.LoadSource(name, "<stdlib>/"+name+".py", src)
		}
	}
	return m
}

// fastAgent is the User-Agent of geventhttpclient.
const fastAgent = "python/gevent-http-client-2.6.1"

// fastStandard are the headers of a request that has no others.
const fastStandard = "User-Agent: " + fastAgent + "\r\nAccept-Encoding: gzip, deflate, br\r\n"

// fastSession is a FastHttpSession.
type fastSession struct {
	client
	link     requests.Link
	jar      *requests.Jar
	cookies  value            // the jar as Python code sees it
	auth     string           // the header Authorization, "" if none
	defaults *python.Instance // Headers, nil until somebody looks
	agent    *python.Instance // the attribute client
	at       fastPlace        // of the base, without a path
	kept     [2]*fastKept     // the headers of the last requests, without a JSON and with one
	settings fastSettings
}

// fastSettings are what a FastHttpUser says of its client.
type fastSettings struct {
	maxRedirects, maxRetries, concurrency int
	connect, gap                          time.Duration
	insecure                              bool
	headers                               value
}

// A fastPlace is where a request goes.
type fastPlace struct {
	wire.Origin
	uri  string // the request target
	full string // the URL as it was given
}

func fastOf(v value) *fastSession {
	if i, ok := v.(*python.Instance); ok {
		s, _ := i.Data.(*fastSession)
		return s
	}
	return nil
}

// NewFast returns a FastHttpSession for a user, with the settings that are its attributes.
func (c *Classes) NewFast(t *thread, baseURL string, event, user value) (value, error) {
	set := func(name string) (value, error) { return t.HasAttr(user, name) }
	return c.makeFast(t, c.FastSession, python.NewStr(baseURL), event, user, set)
}

// defaultsOf are the settings of a FastHttpUser, unless its class says otherwise.
func fastUserDefaults() map[string]value {
	return map[string]value{
		"network_timeout": python.Float(60), "connection_timeout": python.Float(60), "max_redirects": python.NewInt(30),
		"max_retries": python.NewInt(0), "insecure": python.True, "default_headers": python.None, "concurrency": python.NewInt(10),
		"proxy_host": python.None, "proxy_port": python.None, "client_pool": python.None, "ssl_context_factory": python.None,
	}
}

func (c *Classes) makeFast(t *thread, cls *python.Type, base, event, user value, set func(name string) (value, error)) (value, error) {
	s := &fastSession{client: client{classes: c, event: event, user: user}}
	s.settings = fastSettings{maxRedirects: 3, maxRetries: 3, concurrency: 1, connect: 5 * time.Second, gap: 5 * time.Second, insecure: true}
	if err := s.settings.read(t, set); err != nil {
		return nil, err
	}
	requests.OpenLink(t, &s.link)
	s.baseValue = base
	if text, ok := python.AsStr(base); ok {
		bare, name, password := credentials(text)
		if name != "" {
			auth, err := requests.Basic(t, python.NewStr(name), python.NewStr(password))
			if err != nil {
				return nil, err
			}
			s.auth = auth
		}
		s.setBase(python.NewStr(bare))
	} else {
		s.setBase(base)
	}
	return python.NewInstance(cls, s), nil
}

// read takes the settings that set has.
func (f *fastSettings) read(t *thread, set func(name string) (value, error)) error {
	for name, take := range map[string]func(v value) error{
		"max_redirects":      func(v value) error { return takeInt(t, v, &f.maxRedirects) },
		"max_retries":        func(v value) error { return takeInt(t, v, &f.maxRetries) },
		"concurrency":        func(v value) error { return takeInt(t, v, &f.concurrency) },
		"network_timeout":    func(v value) error { return takeSeconds(t, v, &f.gap) },
		"connection_timeout": func(v value) error { return takeSeconds(t, v, &f.connect) },
		"insecure":           func(v value) (err error) { f.insecure, err = t.Truth(v); return err },
		"default_headers":    func(v value) error { f.headers = v; return nil },
	} {
		v, err := set(name)
		if err != nil {
			return err
		}
		if v == nil {
			continue
		}
		if err := take(v); err != nil {
			return err
		}
	}
	return nil
}

func takeInt(t *thread, v value, to *int) error {
	f, err := t.ToFloat(v)
	*to = int(f)
	return err
}

func takeSeconds(t *thread, v value, to *time.Duration) error {
	if *to = 0; v == python.None {
		return nil
	}
	f, err := t.ToFloat(v)
	*to = max(time.Duration(min(f, 1e9)*float64(time.Second)), 1)
	return err
}

// config is the TLS settings: those of nobody, or any certificate.
func (s *fastSession) config() *tls.Config {
	if !s.settings.insecure {
		return nil
	}
	if s.classes.insecure == nil {
		s.classes.insecure = insecure()
	}
	return s.classes.insecure
}

// url is a URL behind the base, or one that stands for itself.
func (s *fastSession) url(path string) string {
	if requests.Absolute(path) {
		return path
	}
	if s.base.Text() == "" && s.baseValue == python.None {
		return "None" + path
	}
	return s.base.Text() + path
}

// placeAt takes a URL apart (geventhttpclient.url.URL), with params behind its query.
func placeAt(full, params string) fastPlace {
	scheme, netloc, path, query, _ := requests.SplitURL(full)
	if params != "" {
		if query != "" {
			query += "&"
		}
		query += params
	}
	if query != "" {
		path += "?" + query
	}
	return fastPlace{originAt(scheme, netloc), requests.Requote(path), full}
}

func originAt(scheme, netloc string) wire.Origin {
	host, port := requests.Hostname(netloc), requests.Port(netloc)
	secure := scheme == "https"
	if port == "" {
		port = "80"
		if secure {
			port = "443"
		}
	}
	shown, address := host, host
	if strings.Contains(host, ":") {
		shown, address = "["+host+"]", "["+host+"]"
	}
	if port != "80" && port != "443" {
		shown += ":" + port
	}
	return wire.Origin{TLS: secure, Address: address + ":" + port, Host: shown}
}

// place is where a request for path goes. A plain path behind the base is not taken apart.
func (s *fastSession) place(path, params string) fastPlace {
	if params == "" && requests.Plain(path) && !strings.HasPrefix(path, "//") && s.baseIsPlain() {
		p := s.at
		p.uri += path
		return p
	}
	return placeAt(s.url(path), params)
}

// baseIsPlain says whether paths can be put behind the base as they are.
func (s *fastSession) baseIsPlain() bool {
	if s.at.full == s.base.Text() {
		return s.at.Address != ""
	}
	scheme, netloc, path, query, fragment := requests.SplitURL(s.base.Text())
	s.at = fastPlace{full: s.base.Text()}
	if (scheme == "http" || scheme == "https") && netloc != "" && query == "" && fragment == "" && (path == "" || requests.Plain(path)) &&
		!strings.HasPrefix(path, "//") && !strings.ContainsAny(netloc, "@%") {
		s.at.Origin, s.at.uri = originAt(scheme, netloc), path
	}
	return s.at.Address != ""
}
