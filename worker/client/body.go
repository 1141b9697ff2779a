package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"gregaria/worker/internal/pytext"
)

// A reader reads one answer from a connection through a borrowed buffer: first the head, then the body.
type reader struct {
	c   *conn
	buf *buffer
	pos int // what of buf is read
	low int // where the head ends in buf
}

// fill reads more into the buffer. An end is io.EOF.
func (r *reader) fill() error {
	r.buf.grow(512)
	b := r.buf.b
	n, err := r.c.Read(b[len(b):cap(b)])
	r.buf.b = b[:len(b)+n]
	if n > 0 {
		return nil
	}
	if err == nil {
		err = io.ErrNoProgress
	}
	return err
}

// head reads the head of the answer; those of interim answers (status 1xx) are skipped.
func (r *reader) head(h *head) error {
	from := r.pos
	for {
		if end := headEnd(r.buf.b[r.pos:], from-r.pos); end > 0 {
			if err := h.parse(r.buf.b[r.pos : r.pos+end]); err != nil {
				return err
			}
			r.pos += end
			r.low = r.pos
			if h.status >= 200 || h.status == 101 {
				return nil
			}
			from = r.pos
			continue
		}
		from = len(r.buf.b)
		if size := from - r.pos; size > maxLine*(maxHeaders+1) || size > maxLine && bytes.IndexByte(r.buf.b[r.pos:], '\n') < 0 {
			return lineTooLong("header line")
		}
		if err := r.fill(); err != nil {
			return r.cutHead(err)
		}
	}
}

// cutHead is why a head that the server broke off is none.
func (r *reader) cutHead(err error) error {
	line := r.buf.b[r.pos:]
	if err == io.EOF && len(line) > 0 && !bytes.HasPrefix(line, []byte("HTTP/")) { //nolint:errorlint // fill's own
		return badStatusLine(line)
	}
	return err
}

// A body is the rest of an answer, read from its connection as it comes.
type body struct {
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

// begin begins the body that follows the head.
func (b *body) begin(h *head, method string) {
	switch {
	case method == "HEAD" || h.status == 204 || h.status == 304 || h.status == 101:
		b.err = io.EOF
	case h.chunked:
		b.kind = chunked
	case h.length >= 0:
		b.left = h.length
		if b.left == 0 {
			b.err = io.EOF
		}
	default:
		b.kind, h.closes = toEnd, true
	}
}

// whole says whether all of the body is read, and nothing more has come.
func (b *body) whole() bool { return b.err == io.EOF && !b.cut && b.pos == len(b.buf.b) } //nolint:errorlint // its own

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
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
		b.err = &brokenBodyError{incompleteRead(b.read, b.left), err}
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
	if rest := r.buf.b[r.pos:]; len(rest) > 0 {
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
		if n := bytes.IndexByte(r.buf.b[from:], '\n'); n >= 0 {
			line := r.buf.b[r.pos : from+n+1]
			r.pos = from + n + 1
			return line, nil
		}
		unread := r.buf.b[r.pos:]
		if len(unread) > maxLine {
			return nil, lineTooLong("header line")
		}
		r.buf.b, r.pos = append(r.buf.b[:r.low], unread...), r.low
		if cap(r.buf.b)-len(r.buf.b) < 512 {
			r.buf.b = append(make([]byte, 0, 2*cap(r.buf.b)), r.buf.b...)
		}
		from = len(r.buf.b)
		if err := r.fill(); err != nil {
			rest := r.buf.b[r.pos:]
			r.pos = len(r.buf.b)
			return rest, err
		}
	}
}

// nextChunk reads a chunk's size line, and after the last chunk the trailers (urllib3.response._update_chunk_length).
func (b *body) nextChunk() error {
	if b.read > 0 { // the end of the chunk before
		line, err := b.line()
		if err == io.EOF { //nolint:errorlint // a connection's own
			return &brokenBodyError{incompleteRead(int64(len(line)), 2-int64(len(line))), err}
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
		return &brokenBodyError{"ProtocolError('Response ended prematurely')", io.ErrUnexpectedEOF}
	case bad != nil || size < 0:
		inner := "InvalidChunkLength(got length b" + pytext.Repr(latin1(text)) + ", 0 bytes read)"
		return &brokenBodyError{"ProtocolError(" + pytext.Repr("Connection broken: "+inner) + ", " + inner + ")", errBadChunk}
	case size > 0:
		b.left, b.read = size, 0
		return nil
	}
	return b.trailers()
}

// trailers reads what follows the last chunk, to the empty line or, as some servers have it, to the connection's end.
func (b *body) trailers() error {
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

var errBadChunk = errors.New("the answer's chunks are broken")

// A brokenBodyError is an answer that ends too early. Text is what is inside Python's ChunkedEncodingError.
type brokenBodyError struct {
	text string
	err  error
}

func (e *brokenBodyError) Error() string { return "read body: " + e.err.Error() }
func (e *brokenBodyError) Unwrap() error { return e.err }

func incompleteRead(read, left int64) string {
	inner := fmt.Sprintf("IncompleteRead(%d bytes read, %d more expected)", read, left)
	return "ProtocolError('Connection broken: " + inner + "', " + inner + ")"
}
