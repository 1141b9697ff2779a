package wire

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
	"sync"
)

// unzippers are gzip readers that rest between two answers.
var unzippers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// A BadEncodingError is a body that is not what its Content-Encoding says.
type BadEncodingError struct {
	// Encoding is the header Content-Encoding.
	Encoding string
	err      error
}

func (e *BadEncodingError) Error() string { return "decode " + e.Encoding + ": " + e.err.Error() }
func (e *BadEncodingError) Unwrap() error { return e.err }

// Why is what zlib says.
func (e *BadEncodingError) Why() string {
	switch {
	case errors.Is(e.err, gzip.ErrHeader), errors.Is(e.err, zlib.ErrHeader):
		return "incorrect header check"
	case errors.Is(e.err, gzip.ErrChecksum), errors.Is(e.err, zlib.ErrChecksum):
		return "incorrect data check"
	}
	return "invalid block type"
}

// Decoder returns a reader of the decoded content. Encodings that were not asked for are left as they are, as in requests.
func Decoder(encoding string, r io.Reader) io.Reader {
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
	var broken *BrokenBodyError
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &broken):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), d.out != nil && errors.Is(err, gzip.ErrHeader):
		return io.EOF
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrHeader),
		errors.Is(err, zlib.ErrChecksum), errors.As(err, &corrupt):
		return &BadEncodingError{d.encoding, err}
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

// ReadAll appends all that r has.
func (b *Buffer) ReadAll(r io.Reader) error {
	for {
		b.Grow(512)
		n, err := r.Read(b.B[len(b.B):cap(b.B)])
		b.B = b.B[:len(b.B)+n]
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
