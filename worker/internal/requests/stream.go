package requests

import (
	"bytes"
	"io"
	"runtime"
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// keepUntilCollected closes the connection of a stream that the file forgets before its end.
func keepUntilCollected(r *Response) {
	runtime.AddCleanup(r, (*wire.Call).Close, r.call)
}

// Close ends the response: what is left of a stream is lost.
func (r *Response) Close() {
	if r.streaming {
		r.call.Close()
		r.call.Answer.GiveBack()
		r.call = nil
		r.streaming, r.consumed = false, true
	}
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
	if blocked := t.Blocking(func() { n, err = q.ReadChunk(p, decoded) }); blocked != nil {
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
			return python.NewIterator("generator", next), nil
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
			return python.NewIterator("generator", l.next), nil
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
	if r.nothing() {
		return unanswered(r.consumed), nil
	}
	var pieces func(t *thread) ([]byte, error)
	if !r.streaming {
		rest := r.content
		pieces = func(*thread) ([]byte, error) {
			if len(rest) == 0 {
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
		r.unread = true
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

// lines is an iteration by iter_lines.
type lines struct {
	r         *Response
	size      int
	unicode   bool
	delimiter value
	chunk     func(t *thread) (value, error)
	ready     []string
	pending   string
	held      bool // pending is the beginning of a line
	text      bool // chunks are str
	done      bool
}

func (l *lines) next(t *thread) (value, error) {
	for len(l.ready) == 0 {
		if l.done {
			return nil, nil //nolint:nilnil // the end
		}
		if err := l.fill(t); err != nil {
			l.done = true
			return nil, err
		}
	}
	line := l.ready[0]
	l.ready = l.ready[1:]
	if l.text {
		return python.NewStr(line), nil
	}
	return python.NewBytes([]byte(line)), nil
}

// fill takes the lines of the next chunk.
func (l *lines) fill(t *thread) (err error) {
	if l.chunk == nil {
		if l.chunk, err = l.r.chunks(t, l.size, l.unicode); err != nil {
			return err
		}
	}
	v, err := l.chunk(t)
	if err != nil {
		return err
	}
	if v == nil {
		if l.done = true; l.held {
			l.ready = append(l.ready, l.pending)
		}
		return nil
	}
	chunk, isText := python.AsStr(v)
	if l.text = isText; !isText {
		chunk, _ = python.AsBytes(v)
	}
	if l.held {
		chunk = l.pending + chunk
	}
	l.ready = l.split(chunk)
	l.held = false
	if n := len(l.ready); n > 0 && chunk != "" {
		if last := l.ready[n-1]; last != "" && endsAlike(last, chunk, l.text) {
			l.pending, l.held = last, true
			l.ready = l.ready[:n-1]
		}
	}
	return nil
}

// endsAlike says whether two texts end with the same character.
func endsAlike(a, b string, text bool) bool {
	if !text {
		return a[len(a)-1] == b[len(b)-1]
	}
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeLastRuneInString(b)
	return x == y
}

func (l *lines) split(chunk string) []string {
	if d, ok := isText(or(l.delimiter, python.None)); ok && d != "" {
		return strings.Split(chunk, d)
	}
	if l.text {
		return python.SplitLines(chunk, false)
	}
	return splitByteLines(chunk)
}

// splitByteLines is bytes.splitlines.
func splitByteLines(s string) []string {
	var out []string
	for s != "" {
		i := strings.IndexAny(s, "\r\n")
		if i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i])
		if s[i] == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			i++
		}
		s = s[i+1:]
	}
	return out
}

// newRawClass makes the class of Response.raw.
func (c *Classes) newRawClass() *python.Type {
	fixed := func(get func(r *Response) value) value {
		return python.Property(func(_ *thread, self value) (value, error) { return get(responseOf(self)), nil })
	}
	read := func(t *thread, a []value) (value, error) { return responseOf(a[0]).rawRead(t, a[1], a[2]) }
	return python.NewClass(python.ClassSpec{
		Name: "HTTPResponse", Module: "urllib3.response",
		Attrs: map[string]value{
			"status":         fixed(func(r *Response) value { return python.NewInt(int64(r.status)) }),
			"reason":         fixed(func(r *Response) value { return python.NewStr(r.reason()) }),
			"headers":        fixed(func(r *Response) value { return python.NewInstance(c.CaseInsensitiveDict, r.headers()) }),
			"closed":         fixed(func(r *Response) value { return python.NewBool(!r.streaming) }),
			"version":        python.NewInt(11),
			"decode_content": python.False,
			"data":           python.Property(func(t *thread, self value) (value, error) { return responseOf(self).rawRead(t, nil, python.True) }),
		},
		Methods: []*python.Native{
			python.Func("read(self, amt=None, decode_content=None, cache_content=False)", read),
			python.Func("stream(self, amt=65536, decode_content=None)", func(t *thread, a []value) (value, error) {
				size, err := chunkSize(t, a[1], 64<<10)
				if err != nil {
					return nil, err
				}
				next, err := responseOf(a[0]).chunks(t, size, false)
				return python.NewIterator("generator", next), err
			}),
			python.Func("__iter__(self)", func(_ *thread, a []value) (value, error) {
				l := &lines{r: responseOf(a[0]), size: 64 << 10}
				return python.NewIterator("generator", l.next), nil
			}),
			python.Func("close(self)", func(_ *thread, a []value) (value, error) { responseOf(a[0]).Close(); return python.None, nil }),
			python.Func("release_conn(self)", none),
			python.Func("getheader(self, name, default=None)", func(_ *thread, a []value) (value, error) {
				name, _ := python.AsStr(a[1])
				return or(responseOf(a[0]).headers().Get(name), a[2]), nil
			}),
			python.Func("getheaders(self)", func(_ *thread, a []value) (value, error) {
				return python.NewInstance(c.CaseInsensitiveDict, responseOf(a[0]).headers()), nil
			}),
		},
	})
}

// rawRead is raw.read: as it came, unless decoding is asked for.
func (r *Response) rawRead(t *thread, size, decode value) (value, error) {
	decoded, err := truthy(t, decode)
	if err != nil {
		return nil, err
	}
	if !r.streaming {
		return python.NewBytes(nil), nil
	}
	r.unread = true
	n, limited := python.AsInt(or(size, python.None))
	var all bytes.Buffer
	buf := make([]byte, 10<<10)
	for !limited || int64(all.Len()) < n {
		p := buf
		if limited {
			p = buf[:min(int64(len(buf)), n-int64(all.Len()))]
		}
		m, err := r.more(t, p, decoded)
		all.Write(p[:m])
		if err == io.EOF { //nolint:errorlint // more's own
			break
		}
		if err != nil {
			return nil, err
		}
	}
	return python.NewBytes(all.Bytes()), nil
}
