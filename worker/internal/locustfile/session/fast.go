package session

import (
	"crypto/tls"
	"embed"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

//go:embed py/*.py
var sources embed.FS

func fastModules() map[string]func(t *thread) (*python.Module, error) {
	m := map[string]func(t *thread) (*python.Module, error){
		"_fast_go": func(*thread) (*python.Module, error) { return python.NewModule("_fast_go", nil), nil },
	}
	for _, name := range []string{
		"_locust_fast", "_locust_rest", "geventhttpclient", "geventhttpclient.client", "geventhttpclient.connectionpool",
		"geventhttpclient.header", "geventhttpclient.response", "geventhttpclient.url", "geventhttpclient.useragent",
	} {
		m[name] = func(t *thread) (*python.Module, error) {
			if err := needClasses(t); err != nil {
				return nil, err
			}
			src, err := sources.ReadFile("py/" + name + ".py")
			if err != nil {
				return nil, err
			}
			return t.LoadSource(name, "<stdlib>/"+name+".py", src)
		}
	}
	return m
}

// needClasses has the classes made that the modules in Python are built on. The package locust makes them.
func needClasses(t *thread) error {
	m, err := t.Import("_fast_go")
	if err == nil && m.Attrs().GetStr("CompatResponse") == nil {
		_, err = t.Import("locust")
	}
	return err
}

// agentName is the User-Agent of geventhttpclient.
const agentName = "python/gevent-http-client-2.6.1"

// fastStandard are the headers of a request that has no others.
const fastStandard = "User-Agent: " + agentName + "\r\nAccept-Encoding: gzip, deflate, br\r\n"

// fastSession is a FastHttpSession.
type fastSession struct {
	client
	link     requests.Link
	jar      *requests.Jar
	cookies  value            // the attribute cookiejar, nil until somebody looks
	auth     string           // the header Authorization, "" if none
	defaults *python.Instance // Headers, nil until somebody looks
	agent    value            // the attribute client, nil until somebody looks
	made     *fastAgent       // what the worker has made of it
	at       fastPlace        // of the base, without a path
	kept     [2]*fastKept     // the headers of the last requests, without a JSON and with one
	settings *fastSettings    // shared by all whose attributes are the same
	permits  permits          // of the base's host
	others   map[wire.Origin]*permits
	seen     verdict
	strange  bool // auth_header is neither text nor None
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
		p.Proxy = s.settings.proxy
		return p
	}
	p := placeAt(s.url(path), params)
	p.Proxy = s.settings.proxy
	return p
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
