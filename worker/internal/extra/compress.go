package extra

import (
	"archive/tar"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"hash/adler32"
	"hash/crc32"
	"io"
	"time"

	"gregaria/worker/internal/python"
)

// maxInflated bounds what one call unpacks, so that a bomb ends as a MemoryError.
const maxInflated = 256 << 20

// newCompress makes what zlib, gzip, zipfile and tarfile are written with. kind is "zlib", "raw" or "gzip".
func newCompress(*thread) (*python.Module, error) {
	return python.NewModule("_extra_compress", nil,
		python.Func("deflate(kind, data, level)", func(_ *thread, a []value) (value, error) {
			kind, _ := python.AsStr(a[0])
			b, err := bytesOf(a[1])
			if err != nil {
				return nil, err
			}
			level, _ := python.AsInt(a[2])
			out, derr := deflate(kind, b, int(level))
			if derr != nil {
				return nil, python.Errorf(python.ValueError, "Bad compression level")
			}
			return python.NewBytes(out), nil
		}),
		// inflate returns the data and what follows it, or the text of an error.
		python.Func("inflate(kind, data)", func(_ *thread, a []value) (value, error) {
			kind, _ := python.AsStr(a[0])
			b, err := bytesOf(a[1])
			if err != nil {
				return nil, err
			}
			out, rest, ierr := inflate(kind, b)
			switch {
			case errors.Is(ierr, errTooLarge):
				return nil, python.NewException(python.MemoryError)
			case errors.Is(ierr, io.ErrUnexpectedEOF), errors.Is(ierr, io.EOF):
				return str("incomplete"), nil
			case ierr != nil:
				return str(ierr.Error()), nil
			}
			return python.NewTuple(python.NewBytes(out), python.NewBytes(rest)), nil
		}),
		checksum("adler32(data, value=1, /)", 1, func(sum uint32, b []byte) uint32 {
			if sum == 1 {
				return adler32.Checksum(b)
			}
			return adlerUpdate(sum, b)
		}),
		checksum("crc32(data, value=0, /)", 0, func(sum uint32, b []byte) uint32 { return crc32.Update(sum, crc32.IEEETable, b) }),
		python.Func("untar(data)", func(_ *thread, a []value) (value, error) {
			b, err := bytesOf(a[0])
			if err != nil {
				return nil, err
			}
			return untar(b)
		}),
		python.Func("tar(entries)", func(t *thread, a []value) (value, error) { return makeTar(t, a[0]) }),
	), nil
}

var errTooLarge = errors.New("too large")

func bytesOf(v value) (string, error) {
	b, ok := python.AsBytes(v)
	if !ok {
		return "", python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(v).Name())
	}
	return b, nil
}

func deflate(kind, data string, level int) ([]byte, error) {
	var out bytes.Buffer
	var w io.WriteCloser
	var err error
	switch kind {
	case "gzip":
		w, err = gzip.NewWriterLevel(&out, level)
	case "raw":
		w, err = flate.NewWriter(&out, level)
	default:
		w, err = zlib.NewWriterLevel(&out, level)
	}
	if err != nil {
		return nil, err
	}
	if _, err := io.WriteString(w, data); err != nil {
		return nil, err
	}
	err = w.Close()
	return out.Bytes(), err
}

func inflate(kind, data string) (out, rest []byte, err error) {
	in := bytes.NewReader([]byte(data))
	var r io.Reader
	switch kind {
	case "gzip":
		r, err = gzip.NewReader(in)
	case "raw":
		r = flate.NewReader(in)
	case "bzip2":
		r = bzip2.NewReader(in)
	default:
		r, err = zlib.NewReader(in)
	}
	if err != nil {
		return nil, nil, err
	}
	out, err = io.ReadAll(io.LimitReader(r, maxInflated+1))
	if len(out) > maxInflated {
		return nil, nil, errTooLarge
	}
	rest, _ = io.ReadAll(in)
	return out, rest, err
}

func checksum(sig string, start int64, f func(sum uint32, b []byte) uint32) *python.Native {
	return python.Func(sig, func(_ *thread, a []value) (value, error) {
		b, err := bytesOf(a[0])
		if err != nil {
			return nil, err
		}
		v, ok := python.AsInt(orNone(a[1]))
		if !ok {
			v = start
		}
		return python.NewInt(int64(f(uint32(v), []byte(b)))), nil
	})
}

// adlerUpdate goes on with an Adler-32 sum (RFC 1950).
func adlerUpdate(sum uint32, p []byte) uint32 {
	const mod = 65521
	a, b := sum&0xffff, sum>>16
	for _, c := range p {
		a = (a + uint32(c)) % mod
		b = (b + a) % mod
	}
	return b<<16 | a
}

// untar lists (name, is a folder, mode, mtime, data) of an archive.
func untar(data string) (value, error) {
	out := python.NewList()
	r, total := tar.NewReader(bytes.NewReader([]byte(data))), 0
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, python.Errorf(python.ValueError, "%s", err)
		}
		b, err := io.ReadAll(io.LimitReader(r, maxInflated))
		if err != nil {
			return nil, python.Errorf(python.ValueError, "%s", err)
		}
		if total += len(b); total >= maxInflated {
			return nil, python.NewException(python.MemoryError)
		}
		out.Append(python.NewTuple(str(h.Name), python.NewBool(h.Typeflag == tar.TypeDir), python.NewInt(h.Mode), python.NewInt(h.ModTime.Unix()), python.NewBytes(b)))
	}
}

// makeTar is untar's other way.
func makeTar(t *thread, entries value) (value, error) {
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	err := t.Each(entries, func(v value) error {
		e, err := t.ToSlice(v)
		if err != nil {
			return err
		}
		h := &tar.Header{Typeflag: tar.TypeReg}
		h.Name, _ = python.AsStr(e[0])
		if e[1] == python.True {
			h.Typeflag = tar.TypeDir
		}
		h.Mode, _ = python.AsInt(e[2])
		seconds, _ := python.AsInt(e[3])
		h.ModTime = time.Unix(seconds, 0)
		b, _ := python.AsBytes(e[4])
		h.Size = int64(len(b))
		if err := w.WriteHeader(h); err != nil {
			return python.Errorf(python.ValueError, "%s", err)
		}
		_, err = io.WriteString(w, b)
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, python.Errorf(python.ValueError, "%s", err)
	}
	return python.NewBytes(buf.Bytes()), nil
}
