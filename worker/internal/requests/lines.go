package requests

import (
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

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
