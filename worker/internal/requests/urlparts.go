package requests

import (
	"strconv"
	"strings"

	"gregaria/worker/internal/python"
)

// parseURL is urllib3.util.parse_url: the scheme, the credentials, the host, the port, the path, the query and the fragment,
// None where there is none; None alone is a URL that cannot be taken apart.
func parseURL(s string) value {
	if !strings.Contains(s, "://") && !strings.HasPrefix(s, "/") {
		s = "//" + s
	}
	scheme, rest := splitScheme(s)
	auth, host, port := python.None, python.None, python.None
	if strings.HasPrefix(rest, "//") {
		rest = rest[2:]
		end := strings.IndexAny(rest, `\/?#`)
		if end < 0 {
			end = len(rest)
		}
		authority := rest[:end]
		rest = rest[end:]
		if i := strings.LastIndexByte(authority, '@'); i >= 0 {
			auth, authority = python.NewStr(encodeInvalid(authority[:i], userinfo)), authority[i+1:]
		}
		h, p, ok := hostPort(authority)
		if !ok {
			return python.None
		}
		host = textOrNone(h)
		if n, err := strconv.Atoi(p); err == nil {
			port = python.NewInt(int64(n))
		}
	}
	rest, fragment, hasFragment := strings.Cut(rest, "#")
	path, query, hasQuery := strings.Cut(rest, "?")
	if scheme == "http" || scheme == "https" {
		path, query, fragment = normal(path, query, fragment)
	}
	part := func(s string, has bool) value {
		if !has {
			return python.None
		}
		return python.NewStr(s)
	}
	if path == "" && (hasQuery || hasFragment) {
		path = "/"
	}
	return python.NewTuple(textOrNone(scheme), auth, host, port, textOrNone(path), part(query, hasQuery), part(fragment, hasFragment))
}

// urlPlace is the scheme, the host and the port of urllib.parse.urlparse, None where there is none.
func urlPlace(t *thread, s string) (value, error) {
	u := splitURL(s)
	port := python.None
	if text := portOf(u.netloc); text != "" {
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			r, err := t.Repr(python.NewStr(text))
			if err != nil {
				return nil, err
			}
			return nil, python.Errorf(python.ValueError, "Port could not be cast to integer value as %s", r)
		}
		if n > 65535 {
			return nil, python.Errorf(python.ValueError, "Port out of range 0-65535")
		}
		port = python.NewInt(int64(n))
	}
	return python.NewTuple(python.NewStr(u.scheme), textOrNone(hostname(u.netloc)), port), nil
}
