package wire

import (
	"bytes"
	"io"
	"strconv"
)

// A reader reads one answer from a connection through a borrowed buffer: first the head, then the body.
type reader struct {
	c   *Conn
	buf *Buffer
	pos int // what of buf is read
	low int // where the head ends in buf
}

// fill reads more into the buffer. An end is io.EOF.
func (r *reader) fill() error {
	r.buf.Grow(512)
	b := r.buf.B
	n, err := r.c.Read(b[len(b):cap(b)])
	r.buf.B = b[:len(b)+n]
	if n > 0 {
		return nil
	}
	if err == nil {
		err = io.ErrNoProgress
	}
	return err
}

// ReadHead reads the head of the answer; those of interim answers (status 1xx) are skipped.
func (r *reader) ReadHead(h *Head) error {
	for {
		if err := r.nextHead(h); err != nil || h.final() {
			return err
		}
	}
}

// interim reads the head that comes next and says whether it is that of an interim answer; any other stays to be read.
func (r *reader) interim(h *Head) (bool, error) {
	at := r.pos
	if err := r.nextHead(h); err != nil {
		return false, err
	}
	if h.final() {
		r.pos = at
		return false, nil
	}
	return true, nil
}

// nextHead reads a head, whatever it is of.
func (r *reader) nextHead(h *Head) error {
	from := r.pos
	for {
		if end := headEnd(r.buf.B[r.pos:], from-r.pos); end > 0 {
			if err := h.parse(r.buf.B[r.pos : r.pos+end]); err != nil {
				return err
			}
			r.pos += end
			r.low = r.pos
			return nil
		}
		from = len(r.buf.B)
		if size := from - r.pos; size > maxLine*(maxHeaders+1) || size > maxLine && bytes.IndexByte(r.buf.B[r.pos:], '\n') < 0 {
			return lineTooLong("header line")
		}
		if err := r.fill(); err != nil {
			return r.cutHead(err)
		}
	}
}

// cutHead is why a head that the server broke off is none.
func (r *reader) cutHead(err error) error {
	line := r.buf.B[r.pos:]
	if err == io.EOF && len(line) > 0 && !bytes.HasPrefix(line, []byte("HTTP/")) { //nolint:errorlint // fill's own
		return badStatusLine(line)
	}
	if err == io.EOF && len(line) > 0 { //nolint:errorlint // fill's own
		return io.ErrUnexpectedEOF
	}
	return err
}

// A Body is the rest of an answer, read from its connection as it comes.
type Body struct {
	reader
	kind bodyKind
	left int64 // of a sized body, or of the chunk
	read int64 // of a sized body, or of the chunk
	cut  bool  // the connection has ended with the body
	err  error // io.EOF when the body is whole
}

type bodyKind int

const (
	sized   bodyKind = iota // its length is in the head
	chunked                 // in chunks, each with its length
	toEnd                   // as far as the connection goes
)

// Begin begins the body that follows the head.
func (b *Body) Begin(h *Head, method string) {
	switch {
	case method == "HEAD" || h.Status == 204 || h.Status == 304 || h.Status == 101:
		b.err = io.EOF
	case h.Chunked:
		b.kind = chunked
	case h.Length >= 0:
		b.left = h.Length
		if b.left == 0 {
			b.err = io.EOF
		}
	default:
		b.kind, h.Closes = toEnd, true
	}
}

// Whole says whether all of the body is read, and nothing more has come.
func (b *Body) Whole() bool { return b.err == io.EOF && !b.cut && b.pos == len(b.buf.B) } //nolint:errorlint // its own

// Ended says whether all of the body has been read.
func (b *Body) Ended() bool { return b.err == io.EOF } //nolint:errorlint // its own

// Here says whether all of the body has come with the head: reading it waits for nothing.
func (b *Body) Here() bool {
	rest := b.buf.B[b.pos:]
	switch {
	case b.err != nil:
		return true
	case b.kind == sized:
		return int64(len(rest)) >= b.left
	}
	return b.kind == chunked && (bytes.HasSuffix(rest, []byte("\n0\r\n\r\n")) || string(rest) == "0\r\n\r\n")
}

// Read implements io.Reader.
func (b *Body) Read(p []byte) (int, error) {
	if b.err != nil || len(p) == 0 {
		return 0, b.err
	}
	if b.kind == chunked && b.left == 0 {
		if b.err = b.nextChunk(); b.err != nil {
			return 0, b.err
		}
	}
	if b.kind != toEnd && int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.take(p)
	b.left -= int64(n)
	b.read += int64(n)
	switch {
	case err == io.EOF && b.kind == toEnd: //nolint:errorlint // a connection's own
		b.err = io.EOF
	case err == io.EOF: //nolint:errorlint // a connection's own
		b.err = &BrokenBodyError{Read: b.read, Left: b.left, Err: err}
	case err != nil:
		b.err = brokenBy(err)
	case b.kind == sized && b.left == 0:
		b.err = io.EOF
	}
	if n > 0 && b.err != io.EOF { //nolint:errorlint // its own
		return n, nil // the error comes with the next call
	}
	return n, b.err
}

// take reads what is buffered, else from the connection.
func (r *reader) take(p []byte) (int, error) {
	if rest := r.buf.B[r.pos:]; len(rest) > 0 {
		n := copy(p, rest)
		r.pos += n
		return n, nil
	}
	n, err := r.c.Read(p)
	if n > 0 {
		err = nil
	}
	return n, err
}

// line reads to the end of a line. It leaves alone what is before low: the head, which others still read.
func (r *reader) line() ([]byte, error) {
	for from := r.pos; ; {
		if n := bytes.IndexByte(r.buf.B[from:], '\n'); n >= 0 {
			line := r.buf.B[r.pos : from+n+1]
			r.pos = from + n + 1
			return line, nil
		}
		unread := r.buf.B[r.pos:]
		if len(unread) > maxLine {
			return nil, lineTooLong("header line")
		}
		r.buf.B, r.pos = append(r.buf.B[:r.low], unread...), r.low
		if cap(r.buf.B)-len(r.buf.B) < 512 {
			r.buf.B = append(make([]byte, 0, 2*cap(r.buf.B)), r.buf.B...)
		}
		from = len(r.buf.B)
		if err := r.fill(); err != nil {
			rest := r.buf.B[r.pos:]
			r.pos = len(r.buf.B)
			return rest, err
		}
	}
}

// nextChunk reads a chunk's size line, and after the last chunk the trailers (urllib3.response._update_chunk_length).
func (b *Body) nextChunk() error {
	if b.read > 0 { // the end of the chunk before
		line, err := b.line()
		if err == io.EOF { //nolint:errorlint // a connection's own
			return &BrokenBodyError{Read: int64(len(line)), Left: 2 - int64(len(line)), Err: err}
		}
		if err != nil {
			return brokenBy(err)
		}
	}
	line, err := b.line()
	if err != nil && err != io.EOF { //nolint:errorlint // a connection's own
		return brokenBy(err)
	}
	text, _, _ := bytes.Cut(line, []byte(";"))
	size, bad := strconv.ParseInt(string(bytes.TrimSpace(text)), 16, 64)
	switch {
	case len(text) == 0:
		return &BrokenBodyError{Early: true, Err: io.ErrUnexpectedEOF}
	case bad != nil || size < 0:
		return &BrokenBodyError{Chunk: Latin1(text), Err: errBadChunk}
	case size > 0:
		b.left, b.read = size, 0
		return nil
	}
	return b.trailers()
}

// trailers reads what follows the last chunk, to the empty line or, as some servers have it, to the connection's end.
func (b *Body) trailers() error {
	for {
		line, err := b.line()
		switch {
		case err == io.EOF: //nolint:errorlint // a connection's own
			b.cut = true
			return io.EOF
		case err != nil:
			return brokenBy(err)
		case len(bytes.TrimSpace(line)) == 0:
			return io.EOF
		}
	}
}
