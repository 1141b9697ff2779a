package requests

import (
	"io"
	"runtime"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// keepUntilCollected closes the connection of a stream that the file forgets before its end. Nothing that the call refers to may refer to
// the response, or it is never collected: where the request went is part of that.
func keepUntilCollected(r *Response) {
	r.call.Message, r.call.Content, r.call.Origin = nil, nil, nil
	runtime.AddCleanup(r, (*wire.Call).Forget, r.call)
}

// A Watch sees the content of a stream as it is read. Ready comes before each read, and has the lock of the isolate.
type Watch interface {
	wire.Watch
	Ready()
}

// Watch lets w see what is read of the response, if that is a stream.
func (r *Response) Watch(w Watch) {
	if r.streaming {
		r.call.Watch, r.look().watch = w, w
	}
}

// Watched is what sees the response; nil is nothing.
func (r *Response) Watched() Watch {
	if r.shown == nil {
		return nil
	}
	return r.shown.watch
}

// Streaming says that there is content still to be read.
func (r *Response) Streaming() bool { return r.streaming }

// ContentType is the header of that name.
func (r *Response) ContentType() string { return wire.Latin1(r.head.Value("Content-Type")) }

// Close ends the response: what is left of a stream is lost.
func (r *Response) Close() {
	if r.streaming {
		r.call.Drop()
		r.call = nil
		r.streaming, r.consumed = false, true
	}
}

// leave is the end of a generator that has not come to the end of the content: of one in chunks urllib3 then closes the connection, and what is
// read afterwards is nothing (HTTPResponse.read_chunked, _error_catcher). Of others it knows nothing.
func (r *Response) leave() {
	if r.streaming && r.head.Chunked && r.call.Begun {
		r.giveUp()
	}
}

// giveUp closes a stream; what is read afterwards is nothing.
func (r *Response) giveUp() {
	r.Close()
	r.consumed, r.unread, r.left = false, false, true
}

// more reads the next of a stream into p without the lock of the isolate; io.EOF is its end.
func (r *Response) more(t *thread, p []byte, decoded bool) (int, error) {
	if !r.streaming {
		return 0, io.EOF
	}
	if owner := ownerOf(t); owner != nil && owner.Context().Err() != nil {
		return 0, owner.Exit()
	}
	var n int
	var err error
	q := r.call
	if w, ok := q.Watch.(Watch); ok {
		w.Ready()
	}
	stop := q.Close
	if blocked := t.BlockingUntil(&stop, func() { n, err = q.ReadChunk(p, decoded) }); blocked != nil {
		r.giveUp() // as urllib3 does at whatever it is interrupted by (HTTPResponse._error_catcher)
		return 0, blocked
	}
	switch {
	case err == nil || n > 0:
		return n, nil
	case err == io.EOF: //nolint:errorlint // a broken body is not its end
		r.Close()
		return 0, io.EOF
	}
	r.Close()
	if owner := ownerOf(t); owner != nil && owner.Context().Err() != nil {
		return 0, owner.Exit()
	}
	return 0, r.classes.bodyFailure(t, err, r.request)
}

// load reads all that is left of a stream, as Response.content does.
func (r *Response) load(t *thread) error {
	if r.raising != nil {
		return r.raising
	}
	if raw := r.unreadRaw(); raw != nil {
		return r.loadFrom(t, raw)
	}
	if !r.streaming {
		r.consumed = r.consumed || r.failed
		if r.unread {
			return python.Errorf(python.RuntimeError, "The content for this response was already consumed")
		}
		return nil
	}
	if r.consumed {
		return python.Errorf(python.RuntimeError, "The content for this response was already consumed")
	}
	var all []byte
	buf := make([]byte, 10<<10)
	for {
		n, err := r.more(t, buf, true)
		all = append(all, buf[:n]...)
		if err == io.EOF { //nolint:errorlint // more's own
			r.content, r.consumed = all, true
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readingMethods are iter_content and iter_lines.
func (c *Classes) readingMethods() []*python.Native {
	return []*python.Native{
		python.Func("iter_content(self, chunk_size=1, decode_unicode=False)", func(t *thread, a []value) (value, error) {
			size, err := chunkSize(t, a[1], 1)
			if err != nil {
				return nil, err
			}
			unicode, err := truthy(t, a[2])
			if err != nil {
				return nil, err
			}
			next, err := responseOf(a[0]).chunks(t, size, unicode)
			if err != nil {
				return nil, err
			}
			return python.NewGenerator("iter_content", next, responseOf(a[0]).leave), nil
		}),
		python.Func("iter_lines(self, chunk_size=512, decode_unicode=False, delimiter=None)", func(t *thread, a []value) (value, error) {
			size, err := chunkSize(t, a[1], 512)
			if err != nil {
				return nil, err
			}
			unicode, err := truthy(t, a[2])
			if err != nil {
				return nil, err
			}
			l := &lines{size: size, unicode: unicode, delimiter: a[3], r: responseOf(a[0])}
			return python.NewGenerator("iter_lines", l.next, l.r.leave), nil
		}),
	}
}

// chunkSize is an argument chunk_size; 0 is None.
func chunkSize(t *thread, v value, dflt int) (int, error) {
	if v == nil {
		return dflt, nil
	}
	if v == python.None {
		return 0, nil
	}
	n, ok := python.AsInt(v)
	if !ok {
		r, err := t.Repr(python.TypeOf(v))
		if err != nil {
			return 0, err
		}
		return 0, python.Errorf(python.TypeError, "chunk_size must be an int, it is instead a %s.", r)
	}
	return int(max(1, min(n, 16<<20))), nil
}

// chunks returns a function that returns the content chunk by chunk, nil at its end.
func (r *Response) chunks(t *thread, size int, unicode bool) (func(t *thread) (value, error), error) {
	if r.unread && !r.streaming {
		return nil, r.classes.fail(t, "consumed")
	}
	if raw := r.unreadRaw(); raw != nil {
		r.unread = true
		return r.chunksOf(t, raw, size, unicode)
	}
	if r.nothing() {
		return unanswered(r.consumed), nil
	}
	var pieces func(t *thread) ([]byte, error)
	if !r.streaming {
		rest, left := r.content, r.left
		pieces = func(*thread) ([]byte, error) {
			if len(rest) == 0 {
				r.consumed, r.unread = r.consumed || left, r.unread || left
				return nil, io.EOF
			}
			n := len(rest)
			if size > 0 {
				n = min(size, n)
			}
			piece := rest[:n]
			rest = rest[n:]
			return piece, nil
		}
	} else {
		pieces = r.pieces(size)
	}
	if !unicode {
		return func(t *thread) (value, error) {
			b, err := pieces(t)
			if err != nil {
				return ended(err)
			}
			return python.NewBytes(b), nil
		}, nil
	}
	e, err := r.encoding(t)
	if err != nil {
		return nil, err
	}
	name, ok := python.AsStr(e)
	if !ok {
		return r.chunks(t, size, false)
	}
	return decodedPieces(name, pieces), nil
}

// unanswered is the iterator over the content of a request without an answer: requests does not expect that, and fails in one
// way once the content has been read, in another before.
func unanswered(consumed bool) func(*thread) (value, error) {
	return func(*thread) (value, error) {
		if consumed {
			return nil, python.Errorf(python.TypeError, "object of type 'NoneType' has no len()")
		}
		return nil, python.Errorf(python.AttributeError, "'NoneType' object has no attribute 'read'")
	}
}

// ended is what an iterator returns at an error: nothing at the end.
func ended(err error) (value, error) {
	if err == io.EOF { //nolint:errorlint // pieces' own
		return nil, nil //nolint:nilnil // the end
	}
	return nil, err
}

// pieces reads a stream in pieces of at most size bytes.
func (r *Response) pieces(size int) func(t *thread) ([]byte, error) {
	if size == 0 {
		size = 64 << 10
	}
	buf := make([]byte, min(size, 64<<10))
	return func(t *thread) ([]byte, error) {
		if r.unread = true; r.call != nil {
			r.call.Begun = true
		}
		if size > len(buf) {
			buf = make([]byte, size)
		}
		n, err := r.more(t, buf, true)
		if err == io.EOF { //nolint:errorlint // more's own
			r.consumed = true
		}
		return buf[:n], err
	}
}

// decodedPieces decodes pieces of text; a character that is cut waits for the rest of it.
func decodedPieces(encoding string, pieces func(t *thread) ([]byte, error)) func(t *thread) (value, error) {
	utf := strings.EqualFold(encoding, "utf-8") || strings.EqualFold(encoding, "utf8")
	var held []byte
	done := false
	return func(t *thread) (value, error) {
		for !done {
			b, err := pieces(t)
			if err == io.EOF { //nolint:errorlint // pieces' own
				done, b = true, nil
			} else if err != nil {
				return nil, err
			}
			held = append(held, b...)
			n := len(held)
			if utf && !done {
				n = wholeRunes(held)
			}
			s, err := DecodeText(string(held[:n]), encoding)
			if err != nil {
				return nil, err
			}
			held = append(held[:0], held[n:]...)
			if s != "" {
				return python.NewStr(s), nil
			}
		}
		return nil, nil //nolint:nilnil // the end
	}
}

// wholeRunes is the length of b without a character at its end that is not all there.
func wholeRunes(b []byte) int {
	for i := 1; i <= min(3, len(b)); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return len(b) - i
			}
			break
		}
	}
	return len(b)
}
