package requests

import (
	"errors"
	"io"
	"strings"

	"github.com/molecule-man/go-brrr"

	"gregaria/worker/internal/wire"
)

// Decoder undoes the encodings that requests asks for.
func Decoder(encoding string, r io.Reader) io.Reader {
	if !strings.Contains(strings.ToLower(encoding), "br") {
		return wire.Decoder(encoding, r)
	}
	parts := strings.Split(encoding, ",")
	for i := len(parts) - 1; i >= 0; i-- {
		if strings.EqualFold(strings.TrimSpace(parts[i]), "br") {
			r = &brotli{encoding, brrr.NewReader(r)}
		} else {
			r = wire.Decoder(parts[i], r)
		}
	}
	return r
}

// A brotli reads what is decoded by brotli. As in urllib3, a stream that ends too early is taken for what there is of it.
type brotli struct {
	encoding string
	r        io.Reader
}

// A BrotliError is a body that is not what its Content-Encoding says.
type BrotliError struct{ Encoding string }

func (e *BrotliError) Error() string { return "decode " + e.Encoding + ": brotli: decoder failed" }

// Read implements io.Reader.
func (b *brotli) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	var broken *wire.BrokenBodyError
	var bad *wire.BadEncodingError
	var timeout *wire.ReadTimeoutError
	switch {
	case err == nil, err == io.EOF, errors.As(err, &broken), errors.As(err, &bad), errors.As(err, &timeout):
		return n, err
	case errors.Is(err, io.ErrUnexpectedEOF), err.Error() == "brotli: truncated input":
		return n, io.EOF
	}
	return n, &BrotliError{b.encoding}
}
