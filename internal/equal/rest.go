package equal

import (
	"fmt"
	"iter"
	"maps"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
)

// rest answers as a small REST API would: collections, items, logins and jobs that take their time.
func rest(q Request, nth int) answer {
	last := path.Base(q.path())
	_, numeric := strconv.Atoi(last)
	switch {
	case strings.Contains(q.path(), "missing"):
		return asJSON(404, `{"error": "not found", "path": `+quote(q.path())+`}`)
	case last == "health" || last == "healthz" || last == "ping" || last == "ready":
		return asJSON(200, `{"status": "ok"}`)
	case q.Method == http.MethodPost:
		return post(q, last, nth)
	case q.Method == http.MethodDelete:
		return answer{status: 204}
	case q.Method == http.MethodOptions:
		return answer{status: 200, headers: []string{"Allow: GET, POST, OPTIONS"}}
	case q.Method == http.MethodPut || q.Method == http.MethodPatch:
		return asJSON(200, fmt.Sprintf(`{"id": %q, "updated": true, "length": %d}`, last, len(q.Body)))
	case strings.Contains(q.path(), "/jobs/"):
		return job(last, nth)
	case numeric == nil || strings.ContainsAny(last, "-0123456789"):
		return asJSON(200, fmt.Sprintf(`{"id": %q, "name": "Item %s", "price": 12.5, "tags": ["a", "b"], "stock": {"count": %d}}`, last, last, len(last)))
	}
	return collection(last)
}

// post creates something, logs in, or begins a job.
func post(q Request, last string, nth int) answer {
	switch {
	case strings.Contains(last, "login") || strings.Contains(last, "token") || strings.Contains(last, "auth"):
		return asJSON(200, `{"token": "tok-0001", "access_token": "acc-0001", "token_type": "bearer", "expires_in": 3600, "user": {"id": 7, "name": "Ada"}}`).
			with("Set-Cookie: session=s-0001; Path=/; HttpOnly", "Set-Cookie: theme=dark; Path=/; Max-Age=3600")
	case strings.Contains(q.path(), "jobs"):
		return asJSON(202, fmt.Sprintf(`{"id": "job-%d", "status": "queued"}`, nth)).with(fmt.Sprintf("Location: /jobs/job-%d", nth))
	case strings.Contains(last, "logout"):
		return answer{status: 204, headers: []string{"Set-Cookie: session=; Path=/; Max-Age=0"}}
	}
	return asJSON(201, fmt.Sprintf(`{"id": %d, "status": "created", "ok": true, "length": %d}`, 100+nth, len(q.Body))).
		with(fmt.Sprintf("Location: %s/%d", q.path(), 100+nth))
}

// job is done when it has been asked for three times.
func job(id string, nth int) answer {
	status := "running"
	if nth >= 3 {
		status = "done"
	}
	return asJSON(200, fmt.Sprintf(`{"id": %q, "status": %q, "progress": %d, "result": null}`, id, status, min(nth*33, 100)))
}

func collection(name string) answer {
	items := make([]string, 0, 5)
	for i := range 5 {
		items = append(items, fmt.Sprintf(`{"id": %d, "name": "%s %d", "price": %d.5}`, i+1, name, i+1, 10*(i+1)))
	}
	return asJSON(200, fmt.Sprintf(`{"items": [%s], "total": 5, "page": 1, "next": null}`, strings.Join(items, ", ")))
}

// model answers as the servers of language models do.
func model(q Request) (answer, bool) {
	streaming := strings.Contains(q.Body, `"stream": true`) || strings.Contains(q.Body, `"stream":true`)
	switch {
	case strings.HasSuffix(q.path(), "/chat/completions") && streaming:
		return events(
			`{"choices": [{"delta": {"role": "assistant"}}]}`, `{"choices": [{"delta": {"content": "Hello"}}]}`,
			`{"choices": [{"delta": {"content": ", wörld"}}]}`, `{"choices": [{"delta": {}, "finish_reason": "stop"}]}`,
			`{"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}}`, `[DONE]`), true
	case strings.HasSuffix(q.path(), "/completions"):
		return asJSON(200, `{"id": "cmpl-1", "model": "tiny", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Hello, wörld"}, "text": "Hello", "finish_reason": "stop"}], "usage": {"prompt_tokens": 9, "completion_tokens": 2, "total_tokens": 11}}`), true
	case strings.HasSuffix(q.path(), "/embeddings") || strings.HasSuffix(q.path(), "/embed"):
		return asJSON(200, `{"data": [{"embedding": [0.125, -0.5, 1e-05]}], "model": "tiny-embed"}`), true
	case strings.HasSuffix(q.path(), "/generate"):
		return lines(`{"response": "Once", "done": false}`, `{"response": " upon", "done": false}`, `{"response": "", "done": true, "eval_count": 2}`), true
	case strings.HasSuffix(q.path(), "/predict"):
		return asJSON(200, `{"label": "cat", "score": 0.9312, "boxes": [[1, 2, 3, 4]]}`), true
	case strings.HasSuffix(q.path(), "/events"):
		return events(`{"n": 1}`, `{"n": 2}`, `{"n": 3}`), true
	}
	return answer{}, false
}

// Sorted goes through a map in the order of its keys.
func Sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, k := range sortedKeys(m) {
			if !yield(k, m[k]) {
				return
			}
		}
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
