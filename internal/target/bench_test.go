package target_test

import (
	"testing"

	"github.com/valyala/fasthttp"

	"gregaria/internal/target"
)

// What a request costs, client and server together, over loopback. The server is what CPU benchmarks shoot at, so it
// has to stay small against the generator.
func BenchmarkRequests(b *testing.B) {
	for _, bench := range []struct{ name, method, path, body string }{
		{"health", "GET", "/health", ""},
		{"create", "POST", "/api/v1/story", story},
		{"read", "GET", "/api/v1/story/1", ""},
	} {
		b.Run(bench.name, func(b *testing.B) {
			server := start(b, target.Settings{})
			send(b, browser(b), "POST", server.URL()+"/api/v1/story", story)
			server.Reset()
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				client, request, response := &fasthttp.Client{}, fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
				defer client.CloseIdleConnections()
				request.Header.SetMethod(bench.method)
				request.SetRequestURI(server.URL() + bench.path)
				request.SetBodyString(bench.body)
				for pb.Next() {
					if err := client.Do(request, response); err != nil {
						b.Error(err)
						return
					}
					keepSession(request, response)
				}
			})
			if got, want := server.Served().Total, uint64(b.N); got != want {
				b.Errorf("served %d, want %d", got, want)
			}
		})
	}
}

// keepSession makes the next request send the cookie that response sets, if it sets one.
func keepSession(request *fasthttp.Request, response *fasthttp.Response) {
	set := response.Header.PeekCookie(target.SessionCookie)
	if len(set) == 0 {
		return
	}
	var cookie fasthttp.Cookie
	if cookie.ParseBytes(set) == nil {
		request.Header.SetCookieBytesKV(cookie.Key(), cookie.Value())
	}
}
