// Package order sorts a request log by the time at which requests ended. What several users write at once comes nearly sorted, so one pass is enough
// as a rule: a window of lines moves over the file, and the earliest of it is written. Only what is further out of order than the window makes runs, sorted
// files that are merged in the end. Memory is bounded by the window, whatever the file's size.
package order

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"gregaria/internal/requestline"
)

// Window is how many bytes of lines are in memory.
const Window = 32 << 20

// A Result is what is in a sorted file.
type Result struct {
	// Lines are the requests.
	Lines int64
	// Half says that the file ended in half a line, of a worker that was killed. It is left out.
	Half bool
}

// File sorts a file by time, lines of one time as they came. On an error, and when ctx ends, the file is as it was.
func File(ctx context.Context, path string) (Result, error) { return sort(ctx, path, Window) }

func sort(ctx context.Context, path string, window int) (result Result, err error) {
	in, err := os.Open(path)
	if err != nil {
		return result, err
	}
	defer in.Close()
	r := newReader(ctx, in)
	header, err := r.header(requestline.IsCSV(path))
	if err != nil {
		return result, fmt.Errorf("read %s: %w", path, err)
	}
	s := &sorter{path: path, header: header, window: window}
	defer s.clean()
	if err := s.runs(r); err != nil {
		return result, fmt.Errorf("sort %s: %w", path, err)
	}
	if err := s.merge(ctx); err != nil {
		return result, fmt.Errorf("sort %s: %w", path, err)
	}
	return Result{s.lines, r.half}, os.Rename(s.files[0], path)
}

// A reader reads lines.
type reader struct {
	ctx  context.Context //nolint:containedctx // of one call
	r    *bufio.Reader
	n    int
	half bool // the last line has no end
}

func newReader(ctx context.Context, in io.Reader) *reader {
	return &reader{ctx: ctx, r: bufio.NewReaderSize(in, 1<<20)}
}

// checkEvery is how many lines are read between two looks at whether to go on.
const checkEvery = 1 << 12

// next returns a line, with its end. At the end of the file it is io.EOF.
func (r *reader) next() ([]byte, error) {
	if r.n++; r.n%checkEvery == 0 && r.ctx.Err() != nil {
		return nil, context.Cause(r.ctx)
	}
	line, err := r.r.ReadBytes('\n')
	r.half = r.half || errors.Is(err, io.EOF) && len(line) > 0
	return line, err
}

// header returns the first line of a CSV, nil if there is none.
func (r *reader) header(isCSV bool) ([]byte, error) {
	if !isCSV {
		return nil, nil
	}
	line, err := r.next()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err == nil && !bytes.Equal(line, []byte(requestline.Header())) {
		return nil, errors.New("its first line is not the header of a request log")
	}
	return line, err
}
