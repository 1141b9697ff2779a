package session

import (
	"strconv"
	"strings"

	"gregaria/worker/internal/requests"
)

func itoa(n int) string { return strconv.Itoa(n) }

// resolveFast is the URL that a Location leads to (geventhttpclient.url.URL.redirect), and its scheme.
func resolveFast(from, location string) (full, scheme string) {
	scheme, netloc, path, query, fragment := requests.SplitURL(location)
	baseScheme, baseNetloc, basePath, baseQuery, _ := requests.SplitURL(from)
	switch {
	case scheme != "":
	case netloc != "":
		scheme = baseScheme
	default:
		scheme, netloc = baseScheme, baseNetloc
		switch {
		case path == "":
			path = basePath
			if query == "" {
				query = baseQuery
			}
		case strings.HasPrefix(path, "/"):
		case basePath == "":
			path = "/" + path
		default:
			path = basePath[:strings.LastIndexByte(basePath, '/')+1] + path
		}
	}
	return requests.JoinURL(scheme, netloc, removeDotSegments(path), query, fragment), scheme
}

// removeDotSegments is RFC 3986, section 5.2.4.
func removeDotSegments(path string) string {
	var out []string
	pop := func() {
		if len(out) > 0 {
			out = out[:len(out)-1]
		}
	}
	for path != "" {
		switch {
		case strings.HasPrefix(path, "../"):
			path = path[3:]
		case strings.HasPrefix(path, "./"):
			path = path[2:]
		case strings.HasPrefix(path, "/./"):
			path = path[2:]
		case path == "/.":
			path = "/"
		case strings.HasPrefix(path, "/../"):
			path = path[3:]
			pop()
		case path == "/..":
			path = "/"
			pop()
		case path == "." || path == "..":
			path = ""
		default:
			end := strings.IndexByte(path[1:], '/') + 1
			if end == 0 {
				end = len(path)
			}
			out = append(out, path[:end])
			path = path[end:]
		}
	}
	return strings.Join(out, "")
}
