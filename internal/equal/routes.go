package equal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// route answers a request by its path: by its first part if a row knows it, otherwise as a REST API would. nth counts the
// requests with the same method and path.
func route(q Request, nth int) answer {
	if a, ok := special(q, nth); ok {
		return a
	}
	if a, ok := model(q); ok {
		return a
	}
	return rest(q, nth)
}

// special answers what is there to try one thing out.
func special(q Request, nth int) (answer, bool) {
	if q.Method == http.MethodConnect {
		return tunnel(q), true
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(q.path(), "/"), "/")
	values, _ := url.ParseQuery(q.query())
	number, _ := strconv.Atoi(rest)
	switch first {
	case "status":
		if number == 204 || number == 304 {
			return answer{status: number}, true
		}
		return asJSON(number, fmt.Sprintf(`{"status": %d}`, number)), true
	case "redirect":
		if number <= 1 {
			return redirect(302, "/landing"), true
		}
		return redirect(302, fmt.Sprintf("/redirect/%d", number-1)), true
	case "moved", "found", "see-other", "temporary", "permanent":
		status := map[string]int{"moved": 301, "found": 302, "see-other": 303, "temporary": 307, "permanent": 308}[first]
		return redirect(status, "/landing?from="+first), true
	case "loop":
		return redirect(302, "/loop"), true
	case "elsewhere":
		return redirect(302, "http://localhost:1/"), true
	case "echo":
		return asJSON(200, q.echo()), true
	case "cookies":
		if rest == "set" {
			return redirect(302, "/cookies").with(setCookies(values)...), true
		}
		if rest == "clear" {
			return asJSON(200, "{}").with("Set-Cookie: session=; Path=/; Max-Age=0"), true
		}
		return asJSON(200, `{"cookies": `+quote(q.Header("Cookie"))+`}`), true
	case "gzip", "deflate":
		return compressed(first, `{"compressed": true, "text": "`+strings.Repeat("again and ", 20)+`"}`), true
	case "bytes":
		return asText("application/octet-stream", strings.Repeat("0123456789", number/10)), true
	case "private":
		return challenge(q), true
	case "flaky":
		if nth%3 == 0 {
			return asJSON(503, `{"error": "busy"}`).with("Retry-After: 1"), true
		}
		return asJSON(200, `{"attempt": `+strconv.Itoa(nth)+`}`), true
	case "limited":
		if nth > 3 {
			return asJSON(429, `{"error": "too many requests"}`).with("Retry-After: 2", "X-RateLimit-Remaining: 0"), true
		}
		return asJSON(200, `{}`).with(fmt.Sprintf("X-RateLimit-Remaining: %d", 3-nth)), true
	}
	if a, ok := faulty(first); ok {
		return a, true
	}
	return document(first)
}

// tunnel answers CONNECT as the name of the host says: nobody gets a tunnel that leads anywhere.
func tunnel(q Request) answer {
	switch name, _, _ := strings.Cut(q.Target, "."); {
	case name == "closed":
		return answer{status: 200, fault: closing}
	case name == "auth" && q.Header("Proxy-Authorization") == "":
		return asJSON(407, `{"error": "who are you?"}`).with(`Proxy-Authenticate: Basic realm="way out"`)
	}
	return asJSON(502, `{"error": "no way"}`)
}

// faulty answers badly.
func faulty(first string) (answer, bool) {
	a := asJSON(200, `{"partial": "answer`)
	switch first {
	case "hang-up":
		a.fault = hangUp
	case "reset":
		a.fault = reset
	case "hang":
		a.fault = silent
	case "stalled":
		a.fault = stalled
	case "truncated":
		a.fault = truncated
	case "garbled":
		a.fault, a.body = garbled, []byte("not a chunk\r\n")
	case "slow":
		a = asJSON(200, `{"slow": true}`)
		a.delay = 400 * time.Millisecond
	case "broken-json":
	default:
		return a, false
	}
	return a, true
}

// document answers with something that is not JSON, or strange JSON.
func document(first string) (answer, bool) {
	switch first {
	case "", "landing", "home", "index.html", "about":
		return asText("text/html; charset=utf-8", page), true
	case "latin":
		return asText("text/plain; charset=iso-8859-1", "caf\xe9 cr\xe8me"), true
	case "plain":
		return asText("text/plain", "pong"), true
	case "bare":
		return answer{status: 200, body: []byte("no type, but caf\xc3\xa9")}, true
	case "empty":
		return answer{status: 200}, true
	case "lines":
		return asText("text/plain; charset=utf-8", "one\ntwo\r\nthree\rfour\x0bfive\u2028six\u0085seven\n\nnine"), true
	case "unicode":
		return asJSON(200, `{"name": "Zoë", "emoji": "🚀", "escaped": "\u00e9\ud83d\ude00", "city": "Zürich"}`), true
	case "numbers":
		return asJSON(200, `{"big": 123456789012345678901234567890, "float": 1.0, "exp": 1e16, "small": 1e-7, "neg": -0.0, "id": 9007199254740993}`), true
	case "nan":
		return asJSON(200, `{"value": NaN, "most": Infinity}`), true
	case "twice":
		return asJSON(200, `{"key": 1, "key": 2}`), true
	case "csv":
		return asText("text/csv", "id,name,price\n1,Lamp,19.90\n2,\"Chair, red\",49.00\n3,Desk,120.5\n"), true
	case "xml":
		return asText("application/xml", `<?xml version="1.0"?><items><item id="1"/><item id="2"/></items>`), true
	}
	return answer{}, false
}

const page = `<!DOCTYPE html>
<html><head><title>Shop &amp; more</title></head>
<body><form action="/login"><input type="hidden" name="csrf_token" value="tok-5f2c"></form>
<a href="/products/1">Lamp</a> <a href="/products/2">Chair</a> <p>Grüße</p></body></html>
`

// challenge answers 401 until there are credentials, with Basic or Digest as the path says.
func challenge(q Request) answer {
	if q.Header("Authorization") != "" {
		return asJSON(200, `{"authenticated": true}`)
	}
	if path.Base(q.path()) == "digest" {
		return asJSON(401, `{}`).with(`WWW-Authenticate: Digest realm="home", nonce="abc123", qop="auth", algorithm=MD5`)
	}
	return asJSON(401, `{"error": "who are you?"}`).with(`WWW-Authenticate: Basic realm="home"`)
}

func setCookies(values url.Values) (headers []string) {
	for _, name := range sortedKeys(values) {
		headers = append(headers, fmt.Sprintf("Set-Cookie: %s=%s; Path=/", name, values.Get(name)))
	}
	return headers
}

func (q *Request) query() string {
	_, query, _ := strings.Cut(q.Target, "?")
	return query
}

// echo says what was asked for.
func (q *Request) echo() string {
	return fmt.Sprintf(`{"method": %s, "target": %s, "type": %s, "length": %d}`,
		quote(q.Method), quote(q.Target), quote(q.Header("Content-Type")), len(q.Body))
}

func quote(s string) string {
	b, _ := json.Marshal(s) //nolint:errchkjson // a string can be written
	return string(b)
}
