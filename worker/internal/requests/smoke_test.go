package requests

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestSmoke(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/redirect" {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
			http.Redirect(w, r, "/end", 302)
			return
		}
		fmt.Fprintf(w, "%s %s %v %s", r.Method, r.URL, r.Header, b)
	}))
	defer s.Close()
	fmt.Println(run(t, `
import requests
s = requests.Session()
r = s.get(base + "/x y?a=b", params={"q": [1, 2]})
print(r, r.status_code, r.text, r.url, r.headers, r.elapsed)
print(s.post(base, json={"a": 1, "b": "é"}).text)
print(s.post(base, data={"a": 1, "b": "é"}, headers={"X": "y", "Accept": None}).text)
r = s.post(base + "/redirect", data="x")
print(r.text, r.history, r.url, s.cookies, r.cookies, r.history[0].cookies)
print(requests.get(base, auth=("a", "b")).request.headers)
try:
    requests.get("http://127.0.0.1:1/x")
except requests.ConnectionError as e:
    print(repr(e), repr(e.__context__), repr(e.__context__.__context__), repr(e.__context__.__context__.__context__))
try:
    requests.get("x")
except Exception as e: print(repr(e))
try:
    r.json()
except requests.JSONDecodeError as e: print(repr(e), isinstance(e, ValueError))
print(requests.codes.not_found, bool(r), r.ok)
for l in s.get(base, stream=True).iter_lines(): print(l)
`, map[string]string{"base": s.URL}))
}
