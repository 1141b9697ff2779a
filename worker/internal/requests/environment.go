package requests

import (
	"cmp"
	"os"
	"path/filepath"
	"strings"

	"gregaria/worker/internal/python"
)

// An environment is what the variables of the process say of requests, as far as the short way has to know.
type environment struct {
	known   bool
	version uint32 // of os.environ
	// proxies says that there are proxies, netrc that there are credentials in a .netrc file: the general way finds out which.
	proxies, netrc bool
	// bypassed says of the beginnings of URLs whether proxies do not count for them.
	bypassed map[string]bool
	// bundle is the file of certificates that verify=True means; nil is none.
	bundle value
}

// environment looks at the environment again whenever os.environ has changed.
func (c *Classes) environment(t *thread) *environment {
	if now := t.Isolate().Environ; !c.env.known || c.env.version != now {
		c.env = environment{known: true, version: now, proxies: hasProxies(os.Environ()), netrc: hasNetrc()}
		if name := cmp.Or(os.Getenv("REQUESTS_CA_BUNDLE"), os.Getenv("CURL_CA_BUNDLE")); name != "" {
			c.env.bundle = python.NewStr(name)
		}
	}
	return &c.env
}

// speaks says whether the environment has something to say to requests.
func (e *environment) speaks() bool { return e.proxies || e.netrc }

// mostBypassed is of how many beginnings of URLs it is known.
const mostBypassed = 256

// bypasses says whether no proxy counts for a URL, while others have one (requests.utils.should_bypass_proxies).
func (s *Session) bypasses(t *thread, url value) (bool, error) {
	e := s.classes.environment(t)
	if !e.proxies || e.netrc || !s.trusts() {
		return false, nil
	}
	text, _ := python.AsStr(url)
	_, rest, ok := strings.Cut(text, "://")
	if !ok {
		return false, nil
	}
	begins := text
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		begins = text[:len(text)-len(rest)+i]
	}
	if known, ok := e.bypassed[begins]; ok {
		return known, nil
	}
	m, err := t.Import("requests.utils")
	if err != nil {
		return false, err
	}
	v, err := t.Call(m.Attrs().GetStr("should_bypass_proxies"), python.NewStr(begins), python.None)
	if err != nil {
		return false, nil //nolint:nilerr // the general way says what is wrong with the URL
	}
	if e.bypassed == nil || len(e.bypassed) >= mostBypassed {
		e.bypassed = map[string]bool{}
	}
	e.bypassed[begins] = v == python.True
	return v == python.True, nil
}

// hasProxies says whether a variable names a proxy.
func hasProxies(environ []string) bool {
	for _, kv := range environ {
		name, v, _ := strings.Cut(kv, "=")
		if name = strings.ToLower(name); strings.HasSuffix(name, "_proxy") && name != "no_proxy" && v != "" {
			return true
		}
	}
	return false
}

// hasNetrc says whether there is a file of credentials (requests.utils.get_netrc_auth).
func hasNetrc() bool {
	if name, ok := os.LookupEnv("NETRC"); ok {
		return exists(name) || strings.HasPrefix(name, "~")
	}
	home, err := os.UserHomeDir()
	return err == nil && (exists(filepath.Join(home, ".netrc")) || exists(filepath.Join(home, "_netrc")))
}
