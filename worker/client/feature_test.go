package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/worker/internal/wire"
)

// echo answers with the request as it came.
func echo(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		lines = append(lines, name+": "+strings.Join(r.Header[name], ", "))
	}
	fmt.Fprintf(w, "%s %s %s\n%s\n\n%s", r.Method, r.Host, r.RequestURI, strings.Join(lines, "\n"), body)
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, echo)
	at := strings.TrimPrefix(host, "http://")
	const standard = "Accept: */*\nAccept-Encoding: gzip, deflate\nConnection: keep-alive\n"
	const agent = "User-Agent: gregaria/0.1.0\n"
	tests := []struct {
		reason string
		q      Request
		want   string
		row    string
	}{
		{"a plain request", Request{Method: "GET", URL: "/a"}, "GET " + at + " /a\n" + standard + agent + "\n", "/a"},
		{
			"a query",
			Request{Method: "GET", URL: "/a", Query: url.Values{"q": {"a b", "ü"}, "p": {"1"}}},
			"GET " + at + " /a?p=1&q=a+b&q=%C3%BC\n" + standard + agent + "\n", "/a?p=1&q=a+b&q=%C3%BC",
		},
		{
			"a query added to one",
			Request{Method: "GET", URL: "/a?b=c", Query: url.Values{"q": {"1"}}},
			"GET " + at + " /a?b=c&q=1\n" + standard + agent + "\n", "/a?b=c&q=1",
		},
		{"what needs encoding", Request{Method: "GET", URL: "/a b/ü#part"}, "GET " + at + " /a%20b/%C3%BC\n" + standard + agent + "\n", "/a%20b/%C3%BC"},
		{"a header instead of the session's, one taken away, one more", Request{
			Method: "GET", URL: "/", Header: http.Header{"user-agent": {"mine"}, "Accept": nil, "X-A": {"1", "2"}},
		}, "GET " + at + " /\nAccept-Encoding: gzip, deflate\nConnection: keep-alive\nUser-Agent: mine\nX-A: 1, 2\n\n", "/"},
		{
			"another host's name",
			Request{Method: "GET", URL: "/", Header: http.Header{"Host": {"example.org"}}},
			"GET example.org /\n" + standard + agent + "\n", "/",
		},
		{
			"no body still has a length",
			Request{Method: "DELETE", URL: "/"},
			"DELETE " + at + " /\nAccept: */*\nAccept-Encoding: gzip, deflate\nConnection: keep-alive\nContent-Length: 0\n" + agent + "\n", "/",
		},
		{
			"a form",
			Request{Method: "POST", URL: "/", Body: Form(url.Values{"b": {"x y"}, "a": {"&"}})},
			"POST " + at + " /\nAccept: */*\nAccept-Encoding: gzip, deflate\nConnection: keep-alive\nContent-Length: 11\n" +
				"Content-Type: application/x-www-form-urlencoded\n" + agent + "\na=%26&b=x+y", "/",
		},
		{
			"a content type of one's own",
			Request{Method: "POST", URL: "/", Body: JSON(1), Header: http.Header{"content-type": {"text/x"}}},
			"POST " + at + " /\nAccept: */*\nAccept-Encoding: gzip, deflate\nConnection: keep-alive\nContent-Length: 1\n" +
				"Content-Type: text/x\n" + agent + "\n1", "/",
		},
		{
			"basic authentication",
			Request{Method: "GET", URL: "/", Header: http.Header{"Authorization": {Basic("u", "p")}}},
			"GET " + at + " /\nAccept: */*\nAccept-Encoding: gzip, deflate\nAuthorization: Basic dTpw\nConnection: keep-alive\n" + agent + "\n", "/",
		},
		{
			"credentials in the URL",
			Request{Method: "GET", URL: "http://u:p@" + at + "/"},
			"GET " + at + " /\nAccept: */*\nAccept-Encoding: gzip, deflate\nAuthorization: Basic dTpw\nConnection: keep-alive\n" + agent + "\n", "/",
		},
	}
	for _, tt := range tests {
		r := newRig(t, host)
		got := r.Do(r.ctx, &tt.q)
		if diff := cmp.Diff(tt.want, got.Text()); diff != "" || got.Err != nil {
			t.Errorf("%s: err %v, want -, got +\n%s", tt.reason, got.Err, diff)
		}
		if rows := r.recorded.rows(); !strings.HasPrefix(rows[0], tt.q.Method+" "+tt.row+" ") {
			t.Errorf("%s: recorded %s, want the name %s", tt.reason, rows, tt.row)
		}
	}
}

func TestSessionHeaders(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, echo)
	r := newRig(t, host)
	r.SetHeader("X-Token", "t1")
	r.SetHeader("x-token", "t2")
	r.SetHeader("user-agent", "mine")
	r.SetHeader("Accept", "")
	got := r.Get(r.ctx, "/").Text()
	if want := "\nAccept-Encoding: gzip, deflate\nConnection: keep-alive\nUser-Agent: mine\nX-Token: t2\n"; !strings.Contains(got, want) {
		t.Errorf("sent %s, want %s", got, want)
	}
	if got := r.Do(r.ctx, &Request{Method: "GET", URL: "/", Header: http.Header{"X-Token": {"t3"}}}).Text(); strings.Count(got, "X-Token: t3") != 1 {
		t.Errorf("sent %s, want the request's header instead of the session's", got)
	}
}

func TestMultipart(t *testing.T) {
	t.Parallel()
	var got []string
	host, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, boundary, _ := strings.Cut(r.Header.Get("Content-Type"), "boundary=")
		got = append(got, fmt.Sprint(len(boundary)))
		parts, _ := r.MultipartReader()
		for {
			p, err := parts.NextPart()
			if err != nil {
				return
			}
			content, _ := io.ReadAll(p)
			got = append(got, fmt.Sprintf("%s %s %s %s", p.FormName(), p.FileName(), p.Header.Get("Content-Type"), content))
		}
	})
	r := newRig(t, host)
	r.Post(r.ctx, "/", Multipart(
		Part{Field: "clip", File: "a.mp4", ContentType: "video/mp4", Bytes: []byte("....")},
		Part{Field: "title", Bytes: []byte("a fox")},
	))
	if diff := cmp.Diff([]string{"32", "title   a fox", "clip a.mp4 video/mp4 ...."}, got); diff != "" {
		t.Errorf("the server got: want -, got +\n%s", diff)
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, echo)
	r := newRig(t, host)
	for method, resp := range map[string]func() *Response{
		"GET": func() *Response { return r.Get(r.ctx, "/") }, "HEAD": func() *Response { return r.Head(r.ctx, "/") },
		"OPTIONS": func() *Response { return r.Options(r.ctx, "/") }, "DELETE": func() *Response { return r.Delete(r.ctx, "/") },
		"POST": func() *Response { return r.Post(r.ctx, "/", JSON(1)) }, "PUT": func() *Response { return r.Put(r.ctx, "/", JSON(1)) },
		"PATCH": func() *Response { return r.Patch(r.ctx, "/", JSON(1)) },
	} {
		got := resp()
		if method == "HEAD" {
			if got.Status() != 200 || len(got.Bytes()) != 0 {
				t.Errorf("HEAD: status %d, %d bytes", got.Status(), len(got.Bytes()))
			}
			continue
		}
		if !strings.HasPrefix(got.Text(), method+" ") {
			t.Errorf("%s was sent as %s", method, got.Text())
		}
	}
}

func TestWhatCannotBeSentIsAnException(t *testing.T) {
	t.Parallel()
	host, connections := serve(t, echo)
	for reason, q := range map[string]Request{
		"a line break in a header":         {Method: "GET", URL: "/", Header: http.Header{"X": {"a\r\nB: c"}}},
		"a line break in a header's name":  {Method: "GET", URL: "/", Header: http.Header{"X\r\nB": {"c"}}},
		"a line break in the content type": {Method: "POST", URL: "/", Body: Body{"a\r\nB: c", nil}},
		"a method that is none":            {Method: "GET /x HTTP/1.1\r\nX: y\r\n\r\nGET", URL: "/", Header: http.Header{"A": {"b"}}},
		"a space in the method":            {Method: "GE T", URL: "/"},
	} {
		r := newRig(t, host)
		if resp := r.Do(r.ctx, &q); resp.Err == nil || len(r.reported) != 1 || len(r.recorded.rows()) != 0 {
			t.Errorf("%s: err %v, reported %v, recorded %v", reason, resp.Err, r.reported, r.recorded.rows())
		}
	}
	_ = connections
}

func TestCookiesCanBeReadAndSet(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
		fmt.Fprint(w, r.Header.Get("Cookie"))
	})
	r := newRig(t, host)
	if err := r.SetCookies("/", &http.Cookie{Name: "session", Value: "s1"}); err != nil {
		t.Fatal(err)
	}
	resp := r.Get(r.ctx, "/")
	if got := resp.Text(); got != "session=s1" {
		t.Errorf("sent %q, want session=s1", got)
	}
	if set := resp.Cookies(); len(set) != 1 || set[0].Name != "seen" {
		t.Errorf("the answer's cookies: %v, want seen", set)
	}
	if got := len(r.Cookies("/")); got != 2 {
		t.Errorf("%d cookies, want 2", got)
	}
	if got := r.Get(r.ctx, "/").Text(); got != "session=s1; seen=1" {
		t.Errorf("sent %q", got)
	}
	r.ClearCookies()
	if got := r.Get(r.ctx, "/").Text(); got != "" {
		t.Errorf("sent %q after ClearCookies", got)
	}
	if got := r.Do(r.ctx, &Request{Method: "GET", URL: "/", Header: http.Header{"Cookie": {"own=1"}}}).Text(); got != "own=1" {
		t.Errorf("sent %q, want the request's own", got)
	}
}

// TestRedirectDropsWhatIsNotForTheNextHost redirects a POST to another host: credentials stay, the body's headers go.
func TestRedirectDropsWhatIsNotForTheNextHost(t *testing.T) {
	t.Parallel()
	other, _ := serve(t, echo)
	host, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", other+"/end")
		w.WriteHeader(http.StatusFound)
	})
	r := newRig(t, host)
	r.SetHeader("Authorization", "session")
	for _, header := range []http.Header{{"Authorization": {"secret"}, "Content-Type": {"a/b"}, "X": {"y"}}, {"X": {"y"}}} {
		resp := r.Do(r.ctx, &Request{Method: "POST", URL: "/", Header: header, Body: Body{"", []byte("x")}})
		got := resp.Text()
		if strings.Contains(got, "Authorization") || strings.Contains(got, "Content-") || !strings.Contains(got, "X: y") || !strings.HasPrefix(got, "GET ") {
			t.Errorf("the other host got %s", got)
		}
		if resp.URL() != other+"/end" {
			t.Errorf("URL = %s, want %s/end", resp.URL(), other)
		}
	}
}

func TestCatch(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/404" {
			w.WriteHeader(http.StatusNotFound)
		}
	})
	tests := []struct {
		reason string
		path   string
		judge  func(*Response)
		want   string
	}{
		{"a success is a failure", "/", func(r *Response) { r.Failure(errors.New("too old")) }, "GET / 0 CatchResponseError('too old')"},
		{"a failure is a success", "/404", func(r *Response) { r.Success() }, "GET /404 0"},
		{"the last word counts", "/", func(r *Response) { r.Failure(errors.New("a")); r.Success() }, "GET / 0"},
		{"no word: the status", "/404", func(*Response) {}, "GET /404 0 HTTPError('404 Client Error: Not Found for url: /404')"},
		{"the status by hand", "/404", func(r *Response) { r.Failure(r.StatusError()) }, "GET /404 0 HTTPError('404 Client Error: Not Found for url: /404')"},
	}
	for _, tt := range tests {
		for how, end := range map[string]func(*rig, *Response){
			"Close": func(_ *rig, resp *Response) { resp.Close(); resp.Close() },
			"wait":  func(r *rig, _ *Response) { r.env.Idle() },
			"exit":  func(r *rig, _ *Response) { r.env.Exit() },
		} {
			r := newRig(t, host)
			resp := r.Do(r.ctx, &Request{Method: "GET", URL: tt.path, Catch: true})
			tt.judge(resp)
			if rows := r.recorded.rows(); len(rows) > 0 {
				t.Errorf("%s: recorded %v before the end of the response", tt.reason, rows)
			}
			end(r, resp)
			if diff := cmp.Diff([]string{tt.want}, r.recorded.rows()); diff != "" {
				t.Errorf("%s, ended by %s: want -, got +\n%s", tt.reason, how, diff)
			}
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("Success without Catch returned, want a panic")
		}
	}()
	r := newRig(t, host)
	r.Get(r.ctx, "/").Success()
}

func TestTheTasksOwnDeadlineIsAFailure(t *testing.T) {
	t.Parallel()
	host, _ := serve(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	r := newRig(t, host)
	ctx, cancel := context.WithTimeout(r.ctx, 30*time.Millisecond)
	defer cancel()
	r.Get(ctx, "/deadline")
	ctx, cancel = context.WithCancel(r.ctx)
	time.AfterFunc(30*time.Millisecond, cancel)
	began := time.Now()
	r.Get(ctx, "/cancel")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("a cancelled request took %v", took)
	}
	r.expect(t, "GET /deadline 0 TimeoutError('timed out')", "GET /cancel 0 TimeoutError('timed out')")
}

// TestBodiesOfAnySize sends and gets back bodies around the sizes at which buffers and ways change.
func TestBodiesOfAnySize(t *testing.T) {
	t.Parallel()
	host, connections := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/chunked" {
			w.(http.Flusher).Flush()
		}
		_, _ = w.Write(body)
	})
	r := newRig(t, host)
	for _, path := range []string{"/", "/chunked"} {
		for _, size := range []int{0, 1, 512, 4<<10 - 200, 4 << 10, wire.DirectBody, wire.DirectBody + 1, 5 << 20} {
			sent := []byte(strings.Repeat("0123456789", size/10+1)[:size])
			resp := r.Post(r.ctx, path, Body{"text/plain", sent})
			if resp.Err != nil || string(resp.Bytes()) != string(sent) {
				t.Errorf("%s: %d bytes came back as %d, err %v", path, size, len(resp.Bytes()), resp.Err)
			}
		}
	}
	if n := connections.Load(); n != 1 {
		t.Errorf("%d connections, want 1", n)
	}
}
