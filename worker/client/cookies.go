package client

import (
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"github.com/valyala/fasthttp"
)

// cookiesFresh is how long a Cookie header is used again for the same target, while no server sets a cookie: a cookie
// that expires may be sent that much too long.
const cookiesFresh = time.Second

// cookies is a user's jar, nil until a server sets a cookie, and the last header made from it.
type cookies struct {
	jar    *cookiejar.Jar
	target target
	header string
	until  time.Time
}

// add sends the cookies that the user has for the target.
func (c *cookies) add(req *fasthttp.Request, to target, now time.Time) {
	if c.jar == nil {
		return
	}
	if to != c.target || now.After(c.until) {
		var pairs []string
		for _, cookie := range c.jar.Cookies(to.url()) {
			pairs = append(pairs, cookie.Name+"="+cookie.Value)
		}
		c.target, c.header, c.until = to, strings.Join(pairs, "; "), now.Add(cookiesFresh)
	}
	if c.header != "" {
		req.Header.Set("Cookie", c.header)
	}
}

// keep remembers the cookies that a response sets.
func (c *cookies) keep(from target, resp *fasthttp.Response) {
	var set []*http.Cookie
	for _, line := range resp.Header.PeekAll("Set-Cookie") {
		if cookie, err := http.ParseSetCookie(string(line)); err == nil {
			set = append(set, cookie)
		}
	}
	if len(set) == 0 {
		return
	}
	if c.jar == nil {
		c.jar, _ = cookiejar.New(nil) // it never fails without options
	}
	c.jar.SetCookies(from.url(), set)
	c.until = time.Time{}
}
