package analysis

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A failureKind is a sort of failures and how many there were.
type failureKind struct {
	name  string
	count int
}

// causes are the words by which the texts of requests, geventhttpclient, urllib3 and Go name what went wrong on a connection, by kind; the first that fits counts.
func causes() []struct {
	kind  string
	words []string
} {
	return []struct {
		kind  string
		words []string
	}{
		{"refused connections", []string{"refused"}},
		{"unknown names", []string{"name or service not known", "getaddrinfo", "nameresolution", "name resolution", "no such host"}},
		{"failed handshakes", []string{"sslerror", "certificate", "tls:", "handshake"}},
		{"timeouts", []string{"timed out", "timeout", "deadline exceeded"}},
		{"resets", []string{"reset by peer", "connectionreset", "remotedisconnected", "without response", "connection aborted", "broken pipe", "badstatusline", "unexpected eof", "connectionclosed", "incompleteread"}},
		{"no free ports or files", []string{"cannot assign requested address", "too many open files"}},
	}
}

// kindOf sorts a failure by Locust's text of it.
func kindOf(text string) string {
	lower := strings.ToLower(text)
	if code := statusIn(text); code != "" {
		return code
	}
	for _, c := range causes() {
		if slices.ContainsFunc(c.words, func(word string) bool { return strings.Contains(lower, word) }) {
			return c.kind
		}
	}
	return "other"
}

// statusIn is the status code that a text names: "500 Server Error" (requests), "code=503" (FastHttpUser), "status code 502" (what people write), "" for none.
func statusIn(text string) string {
	found := regexp.MustCompile(`(?i)(?:^|[^\d.])([45]\d\d) (?:client|server) error|(?:code|status|http)(?:[ _]?code)?[=: ]+(?:was |is )?([45]\d\d)\b`).FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	return cmp.Or(found[1], found[2])
}

// failureKinds are the kinds of all failures, the most frequent first.
func failureKinds(failures []Failure) (kinds []failureKind) {
	for _, f := range failures {
		name := kindOf(f.Error)
		i := slices.IndexFunc(kinds, func(k failureKind) bool { return k.name == name })
		if i < 0 {
			i, kinds = len(kinds), append(kinds, failureKind{name: name})
		}
		kinds[i].count += f.Count
	}
	slices.SortStableFunc(kinds, func(a, b failureKind) int { return b.count - a.count })
	return kinds
}

// sayKinds are the kinds in a sentence.
func sayKinds(kinds []failureKind) string {
	var said []string
	for _, k := range kinds {
		name := k.name
		if strings.Trim(name, "0123456789") == "" {
			name = "status " + name
		}
		said = append(said, fmt.Sprintf("%s (%s)", name, thousands(float64(k.count))))
	}
	return list(said)
}
