package session

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/molecule-man/go-brrr"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/wire"
)

// fastResponse is a FastResponse, an ErrorResponse or a ResponseContextManager of FastHttpSession, and the answer of
// geventhttpclient that it is made of.
type fastResponse struct {
	session *fastSession
	first   fastRequest // what was asked first, and what request points to
	request *fastRequest
	head    wire.Head
	buffer  []byte // what has come of the content, as it came, and nobody has taken
	content []byte // the decoded content, once that has been asked for
	bodyErr error
	call    *wire.Call       // while the content is still coming
	history *[]*fastResponse // nil is none, as of most
	elapsed time.Duration
	ended   time.Time
	object  *python.Instance
	meta    Request
	err     value // why the request failed, if it did
	outcome
	status                 int32
	answered, cut, decoded bool
	encoding               value
	contentShown           *python.Bytes
	text                   *python.Str
	more                   *fastShown
}

// A fastShown is what few look at of a response.
type fastShown struct {
	headers, socket *python.Instance
	inner           *python.Instance // the response that a ResponseContextManager was made of
	asked           value            // the request, if that is not the worker's own
	event           value            // what the response is reported to, if that is not the session's
	history         *python.List     // if that is not the worker's own
	method, sent    string           // of the request, if that is not the worker's own
	watch           *watch           // of a stream
}

// shown is for what few look at.
func (x *fastResponse) shown() *fastShown {
	if x.more == nil {
		x.more = &fastShown{}
	}
	return x.more
}

func fastResponseOf(v value) *fastResponse {
	if i, ok := v.(*python.Instance); ok {
		x, _ := i.Data.(*fastResponse)
		return x
	}
	return nil
}

// take makes x the answer of a call.
func (x *fastResponse) take(q *wire.Call) {
	a := &q.Answer
	x.answered, x.status, x.bodyErr = true, int32(a.Head.Status), q.BodyErr //nolint:gosec // three digits
	x.elapsed = q.Headed.Sub(q.Began)
	x.head, x.buffer = a.Copy()
	if q.Streaming {
		q.Message, q.Content, q.Origin = nil, nil, nil
		x.call = q
		if here := a.Body.Here(); here {
			x.takeAll(q)
			return
		}
		runtime.AddCleanup(x, (*wire.Call).Close, q)
		return
	}
	a.GiveBack()
	x.session.classes.calls.GiveBack(q)
}

// takeAll takes a content that has come with the head, so that its connection is free, as in geventhttpclient.
func (x *fastResponse) takeAll(q *wire.Call) {
	var p [socketBlock]byte
	for {
		n, err := q.ReadChunk(p[:], false)
		x.buffer = append(x.buffer, p[:n]...)
		if err != nil {
			if err != io.EOF { //nolint:errorlint // a broken body is not its end
				x.bodyErr = err
			}
			break
		}
	}
	x.release()
}

// release gives up what is left of a stream.
func (x *fastResponse) release() {
	if x.call != nil {
		x.call.Drop()
		x.call = nil
	}
}

// end makes x the response of another request.
func (x *fastResponse) end() {
	x.release()
	x.decoded, x.bodyErr, x.content, x.buffer, x.more = false, nil, nil, nil, nil
}

func (x *fastResponse) took(began time.Time) time.Duration {
	if !x.ended.IsZero() {
		return x.ended.Sub(began)
	}
	return time.Since(began)
}

// show makes the object of the response, of the class that fits.
func (x *fastResponse) show() value {
	if x.object == nil {
		c := x.session.classes
		class := c.FastResponse
		switch {
		case x.catch:
			class = c.FastContext
		case !x.answered:
			class = c.ErrorResponse
		}
		x.object = python.NewInstance(class, x)
	}
	return x.object
}

// inner is the response as listeners get it: not the ResponseContextManager, but what that was made of.
func (x *fastResponse) inner() value {
	if !x.catch {
		return x.show()
	}
	m := x.shown()
	if m.inner == nil {
		class := x.session.classes.FastResponse
		if !x.answered {
			class = x.session.classes.ErrorResponse
		}
		m.inner = python.NewInstance(class, x)
	}
	return m.inner
}

// declared is the length that the head says, 0 if it says none.
func (x *fastResponse) declared() int64 {
	n, err := strconv.ParseInt(string(x.head.Value("Content-Length")), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Header is the first value of a header, "" if there is none.
func (x *fastResponse) Header(name string) string { return wire.Latin1(x.head.Value(name)) }

// body is the decoded content; ok is false if there is no answer.
func (x *fastResponse) body(t *thread) (ok bool, err error) {
	if !x.answered {
		return false, nil
	}
	if x.decoded {
		return true, nil
	}
	raw, err := x.rest(t)
	if err != nil {
		return true, err
	}
	if x.content, err = x.unzip(t, raw); err != nil {
		return true, err
	}
	x.decoded = true
	return true, nil
}

// rest takes all of the content that nobody has taken, as it came. After an error, what has come is there the next time.
func (x *fastResponse) rest(t *thread) ([]byte, error) {
	if err := x.fill(t, -1); err != nil {
		return nil, err
	}
	raw := x.buffer
	x.buffer = nil
	return raw, nil
}

// block takes the next n bytes of the content, fewer only at its end (HTTPSocketResponse.read).
func (x *fastResponse) block(t *thread, n int) ([]byte, error) {
	if err := x.fill(t, n); err != nil {
		return nil, err
	}
	n = min(n, len(x.buffer))
	b := x.buffer[:n:n]
	x.buffer = x.buffer[n:]
	return b, nil
}

// fill reads until n bytes are there, or all if n is negative.
func (x *fastResponse) fill(t *thread, n int) error {
	var buf []byte
	for x.call != nil && (n < 0 || len(x.buffer) < n) {
		if buf == nil {
			size := 16 << 10
			if n > 0 {
				size = n
			}
			buf = make([]byte, size)
		}
		got, err := x.receive(t, buf)
		x.buffer = append(x.buffer, buf[:got]...)
		if err == io.EOF { //nolint:errorlint // receive's own
			break
		}
		if err != nil {
			return err
		}
	}
	if err := x.bodyErr; err != nil && (n < 0 || len(x.buffer) < n) {
		x.bodyErr = nil
		return x.session.classes.fastBodyFailure(t, err)
	}
	return nil
}

// receive reads the next of a stream without the lock of the isolate; io.EOF is its end.
func (x *fastResponse) receive(t *thread, p []byte) (int, error) {
	if x.call == nil {
		return 0, io.EOF
	}
	owner, _ := t.Local.(requests.Owner)
	if owner != nil && owner.Context().Err() != nil {
		return 0, owner.Exit()
	}
	var n int
	var err error
	q := x.call
	x.ready()
	stop := q.Close
	if blocked := t.BlockingUntil(&stop, func() { n, err = q.ReadChunk(p, false) }); blocked != nil {
		x.release() // as geventhttpclient does at whatever it is interrupted by (HTTPSocketResponse.read)
		return 0, blocked
	}
	if err == nil || n > 0 {
		return n, nil
	}
	q.Drop()
	x.call = nil
	if err == io.EOF { //nolint:errorlint // a broken body is not its end
		return 0, io.EOF
	}
	if owner != nil && owner.Context().Err() != nil {
		x.cut = true
		return 0, owner.Exit()
	}
	return 0, x.session.classes.fastBodyFailure(t, err)
}

// fastBodyFailure is the exception for a content that is not whole.
func (c *Classes) fastBodyFailure(t *thread, err error) error {
	var errno syscall.Errno
	var interrupted *python.Exception
	switch {
	case errors.As(err, &interrupted):
		return interrupted
	case errors.Is(err, os.ErrDeadlineExceeded):
		return python.Errorf(python.TimeoutError, "timed out")
	case errors.As(err, &errno):
		return requests.OSError(errno)
	case errBadChunk(err) != nil:
		return c.parseFailure(t, err)
	}
	return c.newFast(t, "HTTPParseError", []value{python.NewStr("Incomplete response.")}, "", nil)
}

// unzip undoes the content's encoding (CompatResponse._content).
func (x *fastResponse) unzip(t *thread, raw []byte) ([]byte, error) {
	if !x.head.Encoded {
		return raw, nil
	}
	encoding := strings.ToLower(wire.Latin1(x.head.Value("Content-Encoding")))
	if encoding == "identity" {
		return raw, nil
	}
	var in io.Reader
	var err error
	switch encoding {
	case "gzip":
		in, err = gzip.NewReader(bytes.NewReader(raw))
	case "deflate":
		if in, err = zlib.NewReader(bytes.NewReader(raw)); err != nil {
			in, err = flate.NewReader(bytes.NewReader(raw)), nil
		}
	case "br":
		in = brrr.NewReader(bytes.NewReader(raw))
	case "compress":
		return nil, python.Errorf(python.ValueError, "Compression type not supported: %s", encoding)
	default:
		return nil, python.Errorf(python.ValueError, "Unknown content encoding: %s", encoding)
	}
	var plain []byte
	if err == nil {
		plain, err = io.ReadAll(in)
	}
	if err != nil {
		return nil, x.badZip(t, encoding, raw, err)
	}
	return plain, nil
}

// badZip is the exception for a content that is not what its encoding says. The content is gone with it.
func (x *fastResponse) badZip(t *thread, encoding string, raw []byte, err error) error {
	text := "Error -3 while decompressing data: incorrect header check"
	switch {
	case encoding == "br":
		return python.Errorf(python.ValueError, "brotli: decoder process called with data when 'can_accept_more_data()' is False")
	case encoding == "gzip" && len(raw) > 1 && !bytes.HasPrefix(raw, []byte("\x1f\x8b")):
	case len(raw) == 0 || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		text = "Error -5 while decompressing data: incomplete or truncated stream"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrChecksum):
		text = "Error -3 while decompressing data: incorrect data check"
	}
	return x.session.classes.newFast(t, "ZlibError", []value{python.NewStr(text)}, "", nil)
}

// raiseForStatus raises why the request failed, or what the file made of it.
func (x *fastResponse) raiseForStatus() error {
	switch m := x.manual.(type) {
	case nil:
		if e, ok := x.err.(*python.Exception); ok {
			return e
		}
	case *python.Exception:
		return m
	}
	return nil
}

// textValue is FastResponse.text.
func (x *fastResponse) textValue(t *thread) (value, error) {
	ok, err := x.body(t)
	if err != nil || !ok {
		return python.None, err
	}
	if x.text != nil {
		return x.text, nil
	}
	name, err := t.Str(x.charset())
	if err != nil {
		return nil, err
	}
	s, err := requests.DecodeStrictly(string(x.content), name)
	if err != nil {
		return nil, err
	}
	x.text = python.NewStr(s)
	return x.text, nil
}
