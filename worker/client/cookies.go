package client

import (
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"gregaria/worker/internal/wire"
)

// cookiesFresh is how long a Cookie header is used again for the same target, while no server sets a cookie: a cookie
// that expires may be sent that much too long.
const cookiesFresh = time.Second

// cookies is a user's jar, nil until there is a cookie, and the last header made from it.
type cookies struct {
	jar    *cookiejar.Jar
	target target
	header string
	until  time.Time
}

// line is the Cookie header that the user has for the target, "" if there is none.
func (c *cookies) line(to *target, now time.Time) string {
	if c.jar != nil && (now.After(c.until) || to.path != c.target.path || *to != c.target) {
		c.target, c.until = *to, now.Add(cookiesFresh)
		wire.InGoroutine(c.makeLine)
	}
	return c.header
}

func (c *cookies) makeLine() {
	var pairs []string
	for _, cookie := range c.jar.Cookies(c.target.url()) {
		pairs = append(pairs, cookie.Name+"="+cookie.Value)
	}
	c.header = strings.Join(pairs, "; ")
}

// keep remembers cookies that are set from a target.
func (c *cookies) keep(from *target, set []*http.Cookie) {
	if len(set) == 0 {
		return
	}
	wire.InGoroutine(func() {
		if c.jar == nil {
			c.jar, _ = cookiejar.New(nil) // it never fails without options
		}
		c.jar.SetCookies(from.url(), set)
	})
	c.until = time.Time{}
}

// Cookies returns the cookies that the session would send to url, which may be relative to the user's host.
func (s *Session) Cookies(url string) []*http.Cookie {
	to, err := s.target(url, nil)
	if err != nil || s.cookies.jar == nil {
		return nil
	}
	return s.cookies.jar.Cookies(to.url())
}

// SetCookies gives the session cookies as if a server had set them in an answer from url.
func (s *Session) SetCookies(url string, cookies ...*http.Cookie) error {
	to, err := s.target(url, nil)
	if err != nil {
		return err
	}
	s.cookies.keep(&to, cookies)
	return nil
}

// ClearCookies forgets all cookies: the user is a stranger again.
func (s *Session) ClearCookies() { s.cookies = cookies{} }
