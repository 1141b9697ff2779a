package session

import (
	"crypto/tls"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	gohttp "gregaria/worker/client"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

func insecure() *tls.Config { return gohttp.Insecure() }

// request is FastHttpSession.request.
func (s *fastSession) request(t *thread, q *fastCall) (value, error) {
	if q.method == nil || q.url == nil {
		return nil, python.Errorf(python.TypeError, "FastHttpSession.request() missing 1 required positional argument: 'url'")
	}
	path, ok := python.AsStr(q.url)
	if !ok {
		return nil, python.Errorf(python.TypeError, "expected string or bytes-like object, got '%s'", python.TypeOf(q.url).Name())
	}
	named, err := s.named(t, q.name)
	if err != nil {
		return nil, err
	}
	if named == "" {
		named = path
	}
	catch, err := truthy(t, q.catch)
	if err != nil {
		return nil, err
	}
	x := &fastResponse{session: s, outcome: outcome{catch: catch}}
	x.meta.context, err = contextOf(t, s.user, q.context)
	if err != nil {
		return nil, err
	}
	x.request = &x.first
	if err := s.build(t, q, path, x.request); err != nil {
		return nil, err
	}
	x.meta.Type, _ = python.AsStr(q.method)
	x.meta.Name = named
	outer := requests.BeginTrail(t)
	defer requests.EndTrail(t, outer)
	began := time.Now()
	x.meta.StartTime, q.began = unixSeconds(began), began
	x.meta.URL = x.request.to.full
	if err := s.send(t, q, x); err != nil {
		return nil, s.cutOff(t, x, began, err)
	}
	return s.finish(t, q, x, began)
}

// finish takes the content, and reports the request unless the file is to judge it.
func (s *fastSession) finish(t *thread, q *fastCall, x *fastResponse, began time.Time) (value, error) {
	x.show()
	if x.catch {
		x.meta.keep(t)
	}
	x.meta.Response, x.meta.fast = x.object, true
	streamed, err := truthy(t, q.stream)
	if err != nil {
		return nil, err
	}
	x.meta.ResponseTime = milliseconds(x.took(began))
	if streamed {
		x.meta.Length = x.declared()
	} else if _, err := x.body(t); err != nil {
		e := python.AsException(err)
		if x.cut {
			return nil, s.cutOff(t, x, began, err)
		}
		if err := s.classes.spares(e); err != nil {
			return nil, err
		}
		x.meta.fail(e)
		if !x.catch {
			err = x.meta.fire(t, s.event)
		} else {
			err = nil
		}
		return x.object, err
	} else {
		x.meta.Length = int64(len(x.content))
	}
	if x.err != nil {
		x.meta.fail(x.err)
	} else if streamed {
		x.watch(t, s.event, asked{x.meta.Type, x.meta.Name, x.meta.URL}, began)
	}
	if x.catch {
		return x.object, nil
	}
	x.meta.ended = true
	return x.object, x.meta.fire(t, s.event)
}

// cutOff records a request whose user's time was up; other errors it only passes on.
func (s *fastSession) cutOff(t *thread, x *fastResponse, began time.Time, err error) error {
	if !x.cut {
		return err
	}
	r := Request{Type: x.meta.Type, Name: x.meta.Name, ResponseTime: milliseconds(time.Since(began)), StartTime: x.meta.StartTime, Incomplete: true}
	if err2 := r.fire(t, s.event); err2 != nil {
		return err2
	}
	return err
}

// send opens the URL, with redirects and retries (UserAgent.urlopen, FastHttpSession._send_request_safe_mode): what counts
// as a failure becomes the response's error.
func (s *fastSession) send(t *thread, q *fastCall, x *fastResponse) error {
	follow := true
	if q.redirect != nil {
		var err error
		if follow, err = t.Truth(q.redirect); err != nil {
			return err
		}
	}
	url := x.request.to.full
	err := s.tries(t, q, x, url, follow)
	if err == nil || x.cut {
		return err
	}
	e := python.AsException(err)
	if err := s.classes.spares(e); err != nil {
		return err
	}
	if x.answered && e.IsA(s.classes.badStatus) {
		x.err = e
		return nil
	}
	x.answered, x.err, x.status, x.request.lost = false, e, 0, true
	x.end()
	return nil
}

// tries sends the request as often as may be; one that may have changed something goes out only once.
func (s *fastSession) tries(t *thread, q *fastCall, x *fastResponse, url string, follow bool) error {
	var last error
	for range s.retries() + 1 {
		retry, err := s.attempt(t, q, x, url, follow)
		if !retry {
			return err
		}
		if last = err; !repeatable(x.request.method) {
			break
		}
	}
	original := python.None
	if last != nil {
		original = python.AsException(last)
	}
	return s.classes.newFast(t, "RetriesExceeded", []value{python.NewStr(url), python.NewInt(int64(s.retries()))}, "original", original)
}

// repeatable says whether a request of a method may go out again (RFC 9110, section 9.2.2).
func repeatable(method string) bool {
	switch method {
	case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE":
		return true
	}
	return false
}

// attempt sends the request and those that it is redirected to. retry is an error that another attempt may not meet.
func (s *fastSession) attempt(t *thread, q *fastCall, x *fastResponse, url string, follow bool) (retry bool, err error) {
	for range s.redirects() + 1 {
		s.addCookies(x.request)
		if retry, err := s.exchange(t, q, x); err != nil {
			return retry, err
		}
		if s.jar != nil || x.head.Cookies {
			s.keep(x)
		}
		if !validStatus(int(x.status)) {
			return false, s.bad(t, x)
		}
		if !follow || s.redirects() <= 0 || !redirects(int(x.status)) {
			return false, nil
		}
		location := wire.Latin1(x.head.Value("Location"))
		if location == "" {
			return false, nil
		}
		if err := s.redirect(t, x, location); err != nil {
			return false, err
		}
	}
	return false, s.classes.newFast(t, "RetriesExceeded",
		[]value{python.NewStr(url), python.NewStr("Redirection limit reached (" + itoa(s.redirects()) + ")")}, "", nil)
}

func validStatus(status int) bool {
	return status >= 200 && status <= 208 || status == 226 || status >= 301 && status <= 304 || status == 307 || status == 308
}

func redirects(status int) bool {
	return status >= 301 && status <= 303 || status == 307 || status == 308
}

// bad is the failure of an answer with a bad status, whose content is read for a log that nobody sees.
func (s *fastSession) bad(t *thread, x *fastResponse) error {
	if _, err := x.body(t); err != nil {
		return err
	}
	if _, err := python.Decode(string(x.content), "utf-8", "strict"); err != nil {
		return err
	}
	err := s.classes.newFast(t, "LocustBadStatusCode", []value{python.NewStr(x.request.to.full)}, "code", python.NewInt(int64(x.status)))
	if e, ok := err.(*python.Exception); ok { //nolint:errorlint // exceptions are never wrapped
		e.Attrs().SetStr("response", x.inner())
	}
	return err
}

func (s *fastSession) addCookies(q *fastRequest) {
	if s.jar == nil || s.jar.Empty() || q.get("Cookie") != nil {
		return
	}
	q.cookie = s.jar.Line(q.to.full, "")
}

func (s *fastSession) keep(x *fastResponse) {
	if s.jar == nil {
		s.jar = requests.NewJar()
	}
	s.jar.Extract(&x.head, x.request.to.full, "")
}

// redirect makes the request one for another place (CompatRequest.redirect).
func (s *fastSession) redirect(t *thread, x *fastResponse, location string) error {
	before := *x
	before.object, before.history = nil, nil
	old := *x.request
	before.request = &old
	if x.history == nil {
		x.history = new([]*fastResponse)
	}
	*x.history = append(*x.history, &before)
	x.end()
	q := x.request
	full, scheme := resolveFast(q.to.full, location)
	if scheme != "http" && scheme != "https" {
		return s.classes.newFast(t, "UnsupportedRedirectSchemeError",
			[]value{python.NewStr(q.to.full), python.NewStr("refusing to follow redirect to '" + scheme + "' URL")}, "", nil)
	}
	if q.origin == nil {
		first := q.to.Origin
		q.origin = &first
	}
	q.to, q.params = placeAt(full, ""), ""
	q.to.Proxy = s.settings.proxy
	if x.status <= 303 {
		if q.method != "HEAD" {
			q.method = "GET"
		}
		q.payload, q.source = nil, nil
		q.drop("content-length", "content-type", "content-encoding")
	}
	q.cookie = ""
	q.drop("cookie", "cookie2")
	if q.to.Origin != *q.origin {
		q.drop("authorization")
	}
	return nil
}

// exchange sends the request once, again if the connection was closed before an answer and the method allows it.
func (s *fastSession) exchange(t *thread, q *fastCall, x *fastResponse) (retry bool, err error) {
	if err := badPort(&x.request.to); err != nil {
		return false, err
	}
	if x.request.to.Address == "" || strings.HasPrefix(x.request.to.Address, ":") {
		return false, s.classes.newFast(t, "gaierror", []value{python.NewInt(-2), python.NewStr("Name or service not known")}, "", nil)
	}
	stream, err := truthy(t, q.stream)
	if err != nil {
		return false, err
	}
	for left := s.settings.concurrency + 1; ; left-- {
		failed, err := s.once(t, x, stream, q.began)
		q.began = time.Time{}
		if err != nil {
			return isTimeout(python.AsException(err)) && !x.cut, err
		}
		if failed == nil {
			return false, nil
		}
		if closed(failed) && left > 0 && repeatable(x.request.method) && !errors.As(failed, new(*wire.ProxyError)) && !errors.As(failed, new(*wire.HandshakeError)) {
			continue
		}
		return s.classes.fastFailure(t, failed)
	}
}

// badPort is the ValueError of a URL whose port is none.
func badPort(p *fastPlace) error {
	port := p.Address[strings.LastIndexByte(p.Address, ':')+1:]
	n, err := strconv.Atoi(port)
	switch {
	case err != nil:
		return python.Errorf(python.ValueError, "Port could not be cast to integer value as '%s'", port)
	case n > 65535:
		return python.Errorf(python.ValueError, "Port out of range 0-65535")
	}
	return nil
}

// once sends the request. began is when, zero if nobody has looked; failed is why there is no answer.
func (s *fastSession) once(t *thread, x *fastResponse, stream bool, began time.Time) (failed, err error) {
	q := s.classes.calls.Borrow()
	r := x.request
	q.Origin, q.Connect, q.Gap, q.Method, q.Stream = &r.to.Origin, s.settings.connect, s.settings.gap, r.method, stream
	q.Decode, q.Began, q.Unread = encoded, began, s.classes.requests.Unread
	if r.to.TLS {
		q.TLS = s.config()
	}
	buf := wire.Tiny()
	defer buf.GiveBack()
	if buf.B, err = r.appendHead(t, buf.B); err != nil {
		s.classes.calls.GiveBack(q)
		return nil, err
	}
	if q.Content = r.payload; len(q.Content) <= wire.DirectBody {
		buf.B, q.Content = append(buf.B, q.Content...), nil
	}
	q.Message = buf.B
	permits := s.permitsFor(&r.to.Origin)
	if err = permits.enter(t, s.settings.concurrency); err != nil {
		s.classes.calls.GiveBack(q)
		return nil, err
	}
	if stream {
		q.Settled = permits.giveBack
	}
	x.cut, err = s.link.Do(t, q)
	if !stream || err != nil && q.Settled != nil && !q.Streaming { // the user's time was up before it began
		permits.giveBack()
	}
	if err != nil && !x.cut && q.Err == nil && q.BodyErr != nil { // there is an answer: who reads its content is interrupted
		q.BodyErr, err = err, nil
	}
	if x.ended = q.Ended; err != nil || q.Err != nil {
		failed = q.Err
		q.Close()
		q.Answer.GiveBack()
		s.classes.calls.GiveBack(q)
		return failed, err
	}
	if broken := errBadChunk(q.BodyErr); broken != nil {
		q.Answer.GiveBack()
		s.classes.calls.GiveBack(q)
		return broken, nil
	}
	x.take(q)
	if broken := errBadChunk(x.bodyErr); broken != nil { // of a stream that has come with its head
		return broken, nil
	}
	return nil, nil
}

// encoded leaves a content as it is.
func encoded(_ string, in io.Reader) io.Reader { return in }
