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

// idOf is the id that a value in an answer tells: the value, or that of the address which it is.
func idOf(value string) string {
	if !strings.Contains(value, "/") {
		return value
	}
	return idAt(value)
}

// idAt is the id that an address leads to: the value of a parameter that is called as ids are, the last segment of the path that is not the
// name of what there is of a job, or the last value of the query. "" is none.
func idAt(address string) (id string) {
	address, _, _ = strings.Cut(address, "#")
	_, query, _ := strings.Cut(address, "?")
	for _, pair := range strings.FieldsFunc(query, func(r rune) bool { return r == '&' || r == ';' }) {
		if name, value, _ := strings.Cut(pair, "="); value != "" && names(name) {
			return after(decoded(value, url.QueryUnescape))
		}
	}
	parts(address, func(part string) bool {
		id = after(part)
		return id != "" && !detail(id)
	})
	if detail(id) {
		return ""
	}
	return id
}

// after is what of a part follows its last slash, if it had one when it was put into the URL.
func after(part string) string { return part[strings.LastIndexByte(part, '/')+1:] }

// names says whether a parameter is called as ids are.
func names(parameter string) bool {
	switch strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(parameter)) {
	case "id", "uuid", "job", "jobid", "task", "taskid", "operation", "operationid", "requestid":
		return true
	}
	return false
}

// detail says whether a segment is the usual name of what there is of a job, and no id: /jobs/17/status.
func detail(segment string) bool {
	switch strings.ToLower(segment) {
	case "status", "state", "progress", "result", "results", "output", "events", "stream":
		return true
	}
	return false
}
