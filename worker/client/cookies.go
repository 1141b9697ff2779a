package client

import (
	"net/http"
	"net/http/cookiejar"

	"github.com/valyala/fasthttp"
)

// addCookies sends the cookies that the user has for the target.
func (s *Session) addCookies(req *fasthttp.Request, to target) {
	if s.jar == nil {
		return
	}
	for _, c := range s.jar.Cookies(to.url()) {
		req.Header.SetCookie(c.Name, c.Value)
	}
}

// keepCookies remembers the cookies that a response sets.
func (s *Session) keepCookies(from target, resp *fasthttp.Response) {
	var cookies []*http.Cookie
	for _, line := range resp.Header.PeekAll("Set-Cookie") {
		if c, err := http.ParseSetCookie(string(line)); err == nil {
			cookies = append(cookies, c)
		}
	}
	if len(cookies) == 0 {
		return
	}
	if s.jar == nil {
		s.jar, _ = cookiejar.New(nil) // it never fails without options
	}
	s.jar.SetCookies(from.url(), cookies)
}
