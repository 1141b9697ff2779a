// Package cells reads CSV (RFC 4180) of which there is much: a line's cells are parts of the file in memory, and nothing is allocated for them.
//
// A last line without its newline is one that is still being written, or that a killed program left: it is no line yet, and neither is one whose quotes
// are still open at the end.
package cells

import "bytes"

// A Reader goes through the lines of a file. Its zero value has none.
type Reader struct {
	rest  []byte
	cells [][]byte
	line  int
	lines int // of the file, that the line takes
}

// mark is what editors and spreadsheets of Windows write before a text in UTF-8.
var mark = []byte("\ufeff")

// NewReader reads a file, or a part of it that begins with a line.
func NewReader(data []byte) *Reader { return &Reader{rest: bytes.TrimPrefix(data, mark), lines: 1} }

// Line is the number of the line that Next went to, from 1 on: quotes may hold line breaks.
func (r *Reader) Line() int { return r.line }

// Rest is what stands behind the line that Next went to.
func (r *Reader) Rest() []byte { return r.rest }

// Next returns the cells of the next line that is not empty, and whether there is one. They are good until the next Next; who keeps one, or changes it, copies it.
func (r *Reader) Next() ([][]byte, bool) {
	for {
		end := bytes.IndexByte(r.rest, '\n')
		if end < 0 {
			return nil, false
		}
		r.line += r.lines
		r.lines = 1
		line := r.rest[:end]
		if bytes.IndexByte(line, '"') >= 0 {
			if !r.quoted() {
				return nil, false
			}
			return r.cells, true
		}
		r.rest = r.rest[end+1:]
		if line = withoutReturn(line); len(line) > 0 {
			r.split(line)
			return r.cells, true
		}
	}
}

// short is the length of cells for which a search by the processor's wide registers does not pay.
const short = 12

// split cuts a line without quotes.
func (r *Reader) split(line []byte) {
	all := r.cells[:0]
	for {
		end := -1
		for i, c := range line[:min(len(line), short)] {
			if c == ',' {
				end = i
				break
			}
		}
		if end < 0 {
			end = bytes.IndexByte(line, ',')
		}
		if end < 0 {
			r.cells = append(all, line)
			return
		}
		all = append(all, line[:end])
		line = line[end+1:]
	}
}

// quoted cuts the next line, which has quotes, and reports whether it has an end. A quote that does not begin its cell is one of the text.
func (r *Reader) quoted() bool {
	r.cells = r.cells[:0]
	rest := r.rest
	for {
		var cell []byte
		var ok bool
		if len(rest) > 0 && rest[0] == '"' {
			cell, rest, ok = r.unquote(rest[1:])
		} else {
			cell, rest, ok = plain(rest)
		}
		if !ok {
			r.rest = nil
			return false
		}
		last := rest[0] == '\n'
		if last {
			cell = withoutReturn(cell)
		}
		r.cells = append(r.cells, cell)
		rest = rest[1:]
		if last {
			r.rest = rest
			return true
		}
	}
}

// plain is the cell up to the next comma or line break, which rest begins with.
func plain(text []byte) (cell, rest []byte, ok bool) {
	end := bytes.IndexAny(text, ",\n")
	if end < 0 {
		return nil, nil, false
	}
	return text[:end], text[end:], true
}

// unquote is the cell up to the quote that closes it, without the doubling of those in it. What stands between that and the next comma belongs to the cell, too.
func (r *Reader) unquote(text []byte) (cell, rest []byte, ok bool) {
	var joined []byte // nil as long as the cell is one piece of the text
	start := 0
	for i := 0; ; {
		next := bytes.IndexByte(text[i:], '"')
		if next < 0 {
			return nil, nil, false
		}
		i += next
		if i+1 < len(text) && text[i+1] == '"' {
			joined = append(joined, text[start:i+1]...)
			i += 2
			start = i
			continue
		}
		piece := text[start:i]
		r.lines += bytes.Count(text[:i], []byte("\n"))
		more, rest, ok := plain(text[i+1:])
		if !ok {
			return nil, nil, false
		}
		if joined == nil && len(withoutReturn(more)) == 0 {
			return piece, rest, true
		}
		return append(append(joined, piece...), withoutReturn(more)...), rest, true
	}
}

// withoutReturn cuts off the first half of a line break of Windows, which Python's csv writes.
func withoutReturn(line []byte) []byte { return bytes.TrimSuffix(line, []byte("\r")) }

// Parts cuts a file into about n parts of whole lines, so that each can be read by a goroutine of its own. Line breaks within quotes cut nothing.
func Parts(data []byte, n int) [][]byte {
	var parts [][]byte
	for ; n > 1; n-- {
		at := len(data) / n
		quotes := bytes.Count(data[:at], []byte{'"'})
		for {
			end := bytes.IndexByte(data[at:], '\n')
			if end < 0 {
				return append(parts, data)
			}
			quotes += bytes.Count(data[at:at+end], []byte{'"'})
			at += end + 1
			if quotes%2 == 0 {
				break
			}
		}
		parts, data = append(parts, data[:at]), data[at:]
	}
	return append(parts, data)
}
