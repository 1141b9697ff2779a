package client

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
)

// TestBodiesAsRequestsSendsThem: what requests 2.34 says of a body, by method: length and type, "-" for none.
func TestBodiesAsRequestsSendsThem(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		said := func(name string) string {
			if v, ok := r.Header[name]; ok {
				return v[0]
			}
			return "-"
		}
		length := said("Content-Length")
		if r.ContentLength > 0 || length == "0" {
			length = fmt.Sprint(r.ContentLength)
		}
		w.Header().Set("X-Got", fmt.Sprintf("%s %s %q %v", length, said("Content-Type"), body, r.TransferEncoding))
	})
	const form = "application/x-www-form-urlencoded"
	for _, tt := range []struct {
		reason       string
		body         Body
		header       http.Header
		plain, other string // GET and HEAD; OPTIONS, DELETE, POST, PUT, PATCH
	}{
		{"none", Body{}, nil, `- - "" []`, `0 - "" []`},
		{"no bytes", Body{Bytes: []byte{}}, nil, `- - "" []`, `0 - "" []`},
		{"no bytes of a type", Body{ContentType: "text/x"}, nil, `- text/x "" []`, `0 text/x "" []`},
		{"no bytes, a type in the header", Body{}, http.Header{"Content-Type": {"text/x"}}, `- text/x "" []`, `0 text/x "" []`},
		{"bytes", Body{Bytes: []byte("x")}, nil, `1 - "x" []`, `1 - "x" []`},
		{"an empty form", Form(url.Values{}), nil, `- - "" []`, `0 - "" []`},
		{"a form", Form(url.Values{"a": {""}}), nil, `2 ` + form + ` "a=" []`, `2 ` + form + ` "a=" []`},
		{"JSON", JSON(map[string]int{}), nil, `2 application/json "{}" []`, `2 application/json "{}" []`},
	} {
		for _, method := range []string{"GET", "HEAD", "OPTIONS", "DELETE", "POST", "PUT", "PATCH"} {
			r := newRig(t, host)
			want := tt.other
			if method == "GET" || method == "HEAD" {
				want = tt.plain
			}
			resp := r.Do(r.ctx, &Request{Method: method, URL: "/", Body: tt.body, Header: tt.header})
			if got := resp.Header("X-Got"); got != want || resp.Err != nil {
				t.Errorf("%s with %s: the server got %s (%v), want %s", method, tt.reason, got, resp.Err, want)
			}
		}
	}
}
