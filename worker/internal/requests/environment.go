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
	// speaks says that there are proxies, or credentials in a .netrc file: the general way finds out which.
	speaks bool
	// bundle is the file of certificates that verify=True means; nil is none.
	bundle value
}

// environment looks at the environment again whenever os.environ has changed.
func (c *Classes) environment(t *thread) *environment {
	if now := t.Isolate().Environ; !c.env.known || c.env.version != now {
		c.env = environment{known: true, version: now, speaks: hasProxies(os.Environ()) || hasNetrc()}
		if name := cmp.Or(os.Getenv("REQUESTS_CA_BUNDLE"), os.Getenv("CURL_CA_BUNDLE")); name != "" {
			c.env.bundle = python.NewStr(name)
		}
	}
	return &c.env
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
