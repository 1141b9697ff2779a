package requests

import (
	"os"
	"strings"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// Do sends a request the short way, and those that its answers redirect it to, and makes r the last answer. The error is an
// exception.
func (s *Session) Do(t *thread, q *Call, r *Response) error {
	if err := s.prepare(t, q, r.request); err != nil {
		return err
	}
	var o options
	if err := s.options(t, q, &o); err != nil {
		return err
	}
	return s.send(t, &o, r)
}

// prepare makes what is sent of the arguments and the session (Session.prepare_request).
func (s *Session) prepare(t *thread, q *Call, p *Prepared) error {
	c := s.classes
	p.length = -1
	if p.method = q.Method; !upper(p.method) {
		p.method = strings.ToUpper(p.method)
	}
	var set settings
	if s.set != nil {
		set = *s.set
	}
	if !p.parsed {
		if err := c.prepareURL(t, p, q.URL, q.Params, set.params); err != nil {
			return err
		}
	}
	if err := s.prepareHeaders(t, p, q.Headers); err != nil {
		return err
	}
	if err := s.prepareCookies(t, p, q.Cookies); err != nil {
		return err
	}
	if err := c.prepareBody(t, p, q); err != nil {
		return err
	}
	auth := q.Auth
	if !given(auth) {
		auth = set.auth
	}
	return c.prepareAuth(t, p, auth)
}

func upper(s string) bool {
	for i := range len(s) {
		if s[i] >= 'a' && s[i] <= 'z' || s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// prepareCookies makes the header Cookie of the session's jar and the argument cookies.
func (s *Session) prepareCookies(t *thread, p *Prepared, own value) error {
	jar := s.cookieJar()
	if yes, err := truthy(t, own); err != nil {
		return err
	} else if yes {
		merged := &Jar{}
		if jar != nil {
			merged.merge(jar)
		}
		if o := jarOf(own); o != nil {
			merged.merge(o)
		} else {
			extra := &Jar{}
			if err := extra.fromDict(t, own, true); err != nil {
				return err
			}
			merged.merge(extra)
		}
		jar, p.jar = merged, merged
	}
	p.cookies(jar)
	return nil
}

// cookies makes the header Cookie of a jar, unless there is one.
func (p *Prepared) cookies(jar *Jar) {
	if jar == nil || len(jar.cookies) == 0 || p.has("Cookie") {
		return
	}
	host := ""
	if p.base != nil {
		host = p.base.text("Host")
	}
	line := jar.line(jar.place(&p.to, host))
	if p.own && line != "" {
		p.base.Set("Cookie", python.NewStr(line))
		return
	}
	p.cookie = line
}

// cookieJar is the jar of the session, nil if nobody has touched it.
func (s *Session) cookieJar() *Jar {
	if s.cookies != nil {
		if j := jarOf(s.cookies); j != nil {
			return j
		}
	}
	return s.jar
}

// send sends one request, keeps its cookies and follows its redirects.
func (s *Session) send(t *thread, o *options, r *Response) error {
	if err := s.transmit(t, o, r); err != nil {
		return err
	}
	s.extract(r)
	if o.follow {
		if err := s.follow(t, o, r); err != nil {
			return err
		}
	} else if err := s.stay(t, o, r); err != nil {
		return err
	}
	if !o.stream {
		return r.broken(t)
	}
	return nil
}

// transmit sends the request of r on a connection of the session.
func (s *Session) transmit(t *thread, o *options, r *Response) error {
	p := r.request
	link := s.linkTo(&p.to)
	if p.to.Address == "" || link == nil {
		return s.classes.fail(t, "no_adapter", python.NewStr(p.to.url()))
	}
	config, unready, err := s.classes.config(t, p.to.TLS, o.verify, o.cert)
	if err != nil {
		return err
	}
	if !s.classes.usual() {
		if p.to.Local, err = s.classes.local(t, "", s.classes.socketOptions); err != nil {
			return err
		}
	}
	q := s.classes.calls.Borrow()
	q.Origin, q.TLS, q.Unready, q.Connect, q.Gap, q.Method = &p.to.Origin, config, unready, o.connect, o.gap, p.method
	q.Stream, q.Redirects, q.Decode, q.Began = o.stream, o.follow, Decoder, o.began
	o.began = time.Time{}
	q.Unread = s.classes.Unread
	buf := wire.Tiny()
	if q.Content, err = p.message(buf); err == nil {
		q.Message = buf.B
		r.cut, err = link.Do(t, q)
	}
	buf.GiveBack()
	r.ended, r.session = q.Ended, s
	if err == nil && q.Err != nil {
		err = s.classes.failure(t, q.Err, p, o)
	}
	if err != nil {
		q.Close()
		q.Answer.GiveBack()
	} else if r.take(s.classes, q) {
		return nil
	}
	s.classes.calls.GiveBack(q)
	return err
}

// extract keeps the cookies that an answer sets.
func (s *Session) extract(r *Response) {
	if r.setsCookies {
		jar := s.cookieJar()
		if jar == nil {
			jar = &Jar{}
			s.jar = jar
		}
		r.extractTo(jar)
	}
}
