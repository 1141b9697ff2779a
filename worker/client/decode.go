package client

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
)

// unzippers are gzip readers that rest between two answers.
var unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// A badEncodingError is a body that is not what its Content-Encoding says.
type badEncodingError struct {
	encoding string
	err      error
}

func (e *badEncodingError) Error() string { return "decode " + e.encoding + ": " + e.err.Error() }
func (e *badEncodingError) Unwrap() error { return e.err }

// python is the exception that HttpUser has for it.
func (e *badEncodingError) python() string {
	why := "invalid block type"
	switch {
	case errors.Is(e.err, gzip.ErrHeader), errors.Is(e.err, zlib.ErrHeader):
		why = "incorrect header check"
	case errors.Is(e.err, gzip.ErrChecksum), errors.Is(e.err, zlib.ErrChecksum):
		why = "incorrect data check"
	}
	return fmt.Sprintf("ContentDecodingError(DecodeError('Received response with content-encoding: %s, but failed to decode it.', "+
		"error('Error -3 while decompressing data: %s')))", e.encoding, why)
}

// decoder returns a reader of the decoded content. Encodings that were not asked for are left as they are, as in requests.
func decoder(encoding string, r io.Reader) io.Reader {
	parts := strings.Split(encoding, ",")
	for i := len(parts) - 1; i >= 0; i-- {
		switch strings.ToLower(strings.TrimSpace(parts[i])) {
		case "gzip", "x-gzip":
			r = &decoding{encoding: encoding, in: bufio.NewReader(r), open: openGzip}
		case "deflate":
			r = &decoding{encoding: encoding, in: bufio.NewReader(r), open: openDeflate}
		}
	}
	return r
}

// A decoding opens its decoder when the first byte is asked for: an empty body is no error. As in urllib3, a stream that
// ends too early is taken for what there is of it, and what follows its end is left alone.
type decoding struct {
	encoding string
	in       *bufio.Reader
	open     func(*bufio.Reader) (io.ReadCloser, error)
	out      io.ReadCloser
	err      error
}

func (d *decoding) Read(p []byte) (n int, err error) {
	if d.err != nil {
		return 0, d.err
	}
	if d.out == nil {
		if _, err := d.in.Peek(1); err != nil {
			d.err = err
			return 0, err
		}
		d.out, err = d.open(d.in)
	}
	if err == nil {
		n, err = d.out.Read(p)
	}
	if err != nil {
		d.err = d.verdict(err)
		if d.out != nil {
			_ = d.out.Close()
		}
	}
	return n, d.err
}

func (d *decoding) verdict(err error) error {
	var broken *brokenBodyError
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &broken):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), d.out != nil && errors.Is(err, gzip.ErrHeader):
		return io.EOF
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrHeader),
		errors.Is(err, zlib.ErrChecksum), errors.As(err, &corrupt):
		return &badEncodingError{d.encoding, err}
	default:
		return err
	}
}

// A pooled gzip reader goes back when it is closed.
type pooled struct{ *gzip.Reader }

func (p pooled) Close() error {
	err := p.Reader.Close()
	unzippers.Put(p.Reader)
	return err
}

func openGzip(in *bufio.Reader) (io.ReadCloser, error) {
	if magic, _ := in.Peek(2); !bytes.HasPrefix([]byte("\x1f\x8b"), magic) { // too short for a header is still wrong
		return nil, gzip.ErrHeader
	}
	z := unzippers.Get().(*gzip.Reader)
	if err := z.Reset(in); err != nil {
		unzippers.Put(z)
		return nil, err
	}
	return pooled{z}, nil
}

// openDeflate tells zlib's format from bare deflate, which some servers send.
func openDeflate(in *bufio.Reader) (io.ReadCloser, error) {
	if b, err := in.Peek(2); err == nil && b[0]&0x0f == 8 && (uint(b[0])<<8|uint(b[1]))%31 == 0 {
		return zlib.NewReader(in)
	}
	return flate.NewReader(in), nil
}

// decode undoes the encodings of a whole body.
func decode(encoding string, content []byte) (*buffer, error) {
	out := small.borrow()
	return out, out.readAll(decoder(encoding, bytes.NewReader(content)))
}

// readAll appends all that r has.
func (b *buffer) readAll(r io.Reader) error {
	for {
		b.grow(512)
		n, err := r.Read(b.b[len(b.b):cap(b.b)])
		b.b = b.b[:len(b.b)+n]
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
