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

// fastResponse is a FastResponse, an ErrorResponse or a ResponseContextManager of FastHttpSession.
type fastResponse struct {
	session *fastSession
	first   fastRequest // what was asked first, and what request points to
	request *fastRequest
	status  int
	head    wire.Head
	content []byte // as it came, or decoded
	bodyErr error
	call    *wire.Call // while the content is still coming
	history []*fastResponse
	elapsed time.Duration
	ended   time.Time
	object  *python.Instance
	meta    Request
	err     value // why the request failed, if it did
	outcome
	answered, cut, decoded, failedOnce bool
	encoding                           value
	contentShown                       *python.Bytes
	text                               *python.Str
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
	x.answered, x.status, x.bodyErr = true, a.Head.Status, q.BodyErr
	x.elapsed = q.Headed.Sub(q.Began)
	x.head, x.content = a.Copy()
	if q.Streaming {
		q.Message, q.Content = nil, nil
		x.call = q
		runtime.AddCleanup(x, (*wire.Call).Close, q)
		return
	}
	a.GiveBack()
	x.session.classes.calls.GiveBack(q)
}

// end gives up what is left of a stream.
func (x *fastResponse) end() {
	if x.call != nil {
		x.call.Close()
		x.call.Answer.GiveBack()
		x.call = nil
	}
	x.decoded, x.failedOnce, x.bodyErr, x.content = false, false, nil, nil
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

// declared is the length that the head says, 0 if it says none.
func (x *fastResponse) declared() int64 {
	n, err := strconv.ParseInt(string(x.head.Value("Content-Length")), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// body is the decoded content; ok is false if there is no answer.
func (x *fastResponse) body(t *thread) (ok bool, err error) {
	if !x.answered {
		return false, nil
	}
	if x.decoded {
		return true, nil
	}
	if err := x.load(t); err != nil {
		return true, err
	}
	if x.bodyErr != nil {
		err := x.bodyErr
		x.bodyErr = nil // what came is there the next time
		return true, x.session.classes.fastBodyFailure(t, err)
	}
	if err := x.unzip(t); err != nil {
		return true, err
	}
	x.decoded = true
	return true, nil
}

// load reads what is left of a stream.
func (x *fastResponse) load(t *thread) error {
	buf := make([]byte, 0)
	for x.call != nil {
		if len(buf) == 0 {
			buf = make([]byte, 16<<10)
		}
		n, err := x.more(t, buf)
		x.content = append(x.content, buf[:n]...)
		if err == io.EOF { //nolint:errorlint // more's own
			break
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// more reads the next of a stream without the lock of the isolate; io.EOF is its end.
func (x *fastResponse) more(t *thread, p []byte) (int, error) {
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
	if blocked := t.Blocking(func() { n, err = q.ReadChunk(p, false) }); blocked != nil {
		return 0, blocked
	}
	if err == nil || n > 0 {
		return n, nil
	}
	x.call.Answer.GiveBack()
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
	switch {
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
func (x *fastResponse) unzip(t *thread) error {
	if !x.head.Encoded {
		return nil
	}
	encoding := strings.ToLower(wire.Latin1(x.head.Value("Content-Encoding")))
	if encoding == "identity" {
		return nil
	}
	var in io.Reader
	var err error
	switch encoding {
	case "gzip":
		in, err = gzip.NewReader(bytes.NewReader(x.content))
	case "deflate":
		if in, err = zlib.NewReader(bytes.NewReader(x.content)); err != nil {
			in, err = flate.NewReader(bytes.NewReader(x.content)), nil
		}
	case "br":
		in = brrr.NewReader(bytes.NewReader(x.content))
	case "compress":
		return python.Errorf(python.ValueError, "Compression type not supported: %s", encoding)
	default:
		return python.Errorf(python.ValueError, "Unknown content encoding: %s", encoding)
	}
	var plain []byte
	if err == nil {
		plain, err = io.ReadAll(in)
	}
	if err != nil {
		return x.badZip(t, encoding, err)
	}
	x.content = plain
	return nil
}

// badZip is the exception for a content that is not what its encoding says. The content is gone with it.
func (x *fastResponse) badZip(t *thread, encoding string, err error) error {
	text := "Error -3 while decompressing data: incorrect header check"
	switch {
	case encoding == "br":
		return python.Errorf(python.ValueError, "brotli: decoder process called with data when 'can_accept_more_data()' is False")
	case encoding == "gzip" && len(x.content) > 1 && !bytes.HasPrefix(x.content, []byte("\x1f\x8b")):
	case len(x.content) == 0 || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		text = "Error -5 while decompressing data: incomplete or truncated stream"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrChecksum):
		text = "Error -3 while decompressing data: incorrect data check"
	}
	x.content = nil
	return x.session.classes.newFast(t, "ZlibError", []value{python.NewStr(text)}, "", nil)
}

// exit is ResponseContextManager.__exit__.
func (x *fastResponse) exit(t *thread, class, exception value) (handled bool, err error) {
	if x.manual != nil {
		if x.manual == python.True {
			x.meta.fail(nil)
		} else {
			x.meta.fail(x.manual)
		}
		return class == python.None, x.meta.fire(t, x.session.event)
	}
	if class != python.None {
		e, ok := exception.(*python.Exception)
		if !ok || !e.IsA(x.session.classes.responseError) {
			return false, nil
		}
		x.meta.fail(e)
	} else if x.err != nil {
		if e, ok := x.err.(*python.Exception); ok && !x.session.classes.fails(e) {
			return false, e
		}
		x.meta.fail(x.err)
	}
	return true, x.meta.fire(t, x.session.event)
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

// charset is the encoding of the text, nil if there is none: what was set, what the headers say, or a guess.
func (x *fastResponse) charset() value {
	if x.encoding != nil && x.encoding != python.None {
		return x.encoding
	}
	if x.encoding = x.session.classes.charsetOf(x.head.Value("Content-Type")); x.encoding == nil {
		x.encoding = python.NewStr(requests.Detect(x.content))
	}
	return x.encoding
}

// charsetOf is the encoding that a Content-Type says, nil if it says none. Most say the same as the last.
func (c *Classes) charsetOf(kind []byte) value {
	if last := c.charset; last.kind != string(kind) || last.name == nil {
		name := requests.CharsetOf(wire.Latin1(kind))
		if name == "" {
			return nil
		}
		c.charset = charset{string(kind), python.NewStr(name)}
	}
	return c.charset.name
}

// A charset is what a Content-Type says of the encoding.
type charset struct {
	kind string
	name value
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
