package jobs

import (
	"net/url"
	"strings"
)

// parts calls is with those of an address that may be an id, in this order: the segments of the path, the last one first, and the values of
// the query, the last one first. It stops where is returns true, and says whether it has.
func parts(address string, is func(part string) bool) bool {
	address, _, _ = strings.Cut(address, "#")
	path, query, _ := strings.Cut(address, "?")
	if _, rest, ok := strings.Cut(path, "://"); ok {
		_, path, _ = strings.Cut(rest, "/")
	}
	for path != "" {
		at := strings.LastIndexByte(path, '/')
		if part := path[at+1:]; part != "" && is(decoded(part, url.PathUnescape)) {
			return true
		}
		path = path[:max(at, 0)]
	}
	for query != "" {
		at := strings.LastIndexAny(query, "&;")
		_, value, _ := strings.Cut(query[at+1:], "=")
		if value != "" && is(decoded(value, url.QueryUnescape)) {
			return true
		}
		query = query[:max(at, 0)]
	}
	return false
}

// lastOf is the id that the address in a header leads to: the last segment of its path or, without one, the last value of its query.
func lastOf(address string) (id string) {
	parts(address, func(part string) bool {
		id = idOf(part)
		return true
	})
	return id
}

// decoded is a part as it was before it was put into a URL. What cannot be decoded is taken as it is.
func decoded(part string, unescape func(string) (string, error)) string {
	if !strings.ContainsAny(part, "%+") {
		return part
	}
	if text, err := unescape(part); err == nil {
		return text
	}
	return part
}

// idOf is the id that a value in an answer tells: the value, or of an address its last part.
func idOf(value string) string {
	if !strings.Contains(value, "/") {
		return value
	}
	id := ""
	if _, query, ok := strings.Cut(value, "?"); ok && query != "" {
		value = "?" + query
	}
	parts(value, func(part string) bool {
		id = part
		return true
	})
	return id
}
