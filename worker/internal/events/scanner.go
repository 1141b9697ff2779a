// Package events finds the events of streams in their bytes as they come, and measures when they do.
package events

import (
	"bytes"
	"strings"

	"gregaria/worker/internal/jsonpath"
)

// A Scanner finds the events of a content that comes in pieces, however it is cut. It holds nothing of the content and allocates nothing, unless
// somebody listens.
//
// In an event stream (https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation) an event ends with a
// blank line and is its lines "data:"; in lines of JSON each line is one. An event carries data if that is not blank, and if one of the
// paths, where there are any, names a value in it that is not empty. "[DONE]", with which OpenAI's API and its like end an event stream, is
// no data.
type Scanner struct {
	format format
	paths  []jsonpath.Scanner
	mark   int // how much of the byte order mark has come; past it or -1: what comes now is the content
	place  place
	match  int  // how much of "data" the field's name has been; -1 is something else
	cr     bool // the last byte was a CR: an LF now is the same end of a line

	data   bool // the event carries data, as far as it has come
	filled bool // a line of data has come
	done   int  // how much of "[DONE]" the event's data has been; -1 is something else
	last   bool // an event was "[DONE]"

	hear func(data []byte) // nil: nobody wants to know what events say
	held []byte            // the event's data for hear, as far as it has come
}

// maxHeld is how much of an event's data is held for whoever listens, in bytes. The rest is cut off.
const maxHeld = 64 << 10

// Listen has hear take the data of each event that is not blank, whether a path names something in it or not. A scanner that somebody
// listens to holds an event.
func (s *Scanner) Listen(hear func(data []byte)) { s.hear = hear }

// say tells of the event that ends.
func (s *Scanner) say() {
	if s.hear == nil {
		return
	}
	if !blank(s.held) {
		s.hear(s.held)
	}
	s.held = s.held[:0]
}

type format int

const (
	none     format = iota // nothing that has events
	stream                 // text/event-stream
	lines                  // JSON, one a line
	messages               // of a WebSocket: whoever has them says where they end
)

type place int

const (
	name    place = iota // of a field, or before it
	content              // of a field "data", or of a line of JSON
	rest                 // of any other line
)

const (
	byteOrderMark = "\xef\xbb\xbf"
	dataField     = "data"
	doneEvent     = "[DONE]"
)

// NewScanner returns a scanner of a content of a type, a header Content-Type. Of types that have no events it finds none.
func NewScanner(contentType string, paths []jsonpath.Path) Scanner {
	s := Scanner{format: formatOf(contentType)}
	if s.format == lines {
		s.place = content
	}
	return withPaths(s, paths)
}

// NewMessages returns a scanner of messages, each of which is an event.
func NewMessages(paths []jsonpath.Path) Scanner { return withPaths(Scanner{format: messages}, paths) }

func withPaths(s Scanner, paths []jsonpath.Path) Scanner {
	if s.format != none && len(paths) > 0 {
		s.paths = make([]jsonpath.Scanner, len(paths))
		for i, p := range paths {
			s.paths[i] = jsonpath.NewScanner(p)
		}
	}
	return s
}

// Message reads a piece of a message, and says whether it is the last and the message carries data.
func (s *Scanner) Message(piece []byte, last bool) bool {
	s.take(piece)
	return last && s.dispatch()
}

// formatOf is the format of a Content-Type.
func formatOf(contentType string) format {
	kind, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "text/event-stream":
		return stream
	case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonl", "application/jsonlines",
		"application/x-jsonlines", "application/stream+json":
		return lines
	}
	return none
}

// Feed reads the next piece and returns how many events that carry data have ended in it.
func (s *Scanner) Feed(piece []byte) (ended int) {
	if s.format != stream && s.format != lines {
		return 0
	}
	for len(piece) > 0 && s.mark >= 0 && s.mark < len(byteOrderMark) {
		if piece[0] != byteOrderMark[s.mark] {
			begun := byteOrderMark[:s.mark]
			s.mark = -1
			ended = s.scan([]byte(begun))
			break
		}
		s.mark++
		piece = piece[1:]
	}
	return ended + s.scan(piece)
}

// End says whether the end of the content ends an event that carries data: the last line of JSON needs no other end.
func (s *Scanner) End() bool {
	if s.format == lines {
		s.say()
	}
	return s.format == lines && s.data
}

// Done says whether the stream has said that it is over: nobody need read what follows.
func (s *Scanner) Done() bool { return s.last }

func (s *Scanner) scan(p []byte) (ended int) {
	for len(p) > 0 {
		n := 0
		if s.place != name {
			n = s.lineEnd(p)
			if s.place == content {
				s.take(p[:n])
			}
			if n == len(p) {
				break
			}
		}
		if s.step(p[n]) {
			ended++
		}
		p = p[n+1:]
	}
	return ended
}

// lineEnd is how much of p belongs to the line: JSON's lines end with an LF, and a CR before it is blank.
func (s *Scanner) lineEnd(p []byte) int {
	n := bytes.IndexByte(p, '\n')
	if n < 0 {
		n = len(p)
	}
	if s.format == stream {
		if cr := bytes.IndexByte(p[:n], '\r'); cr >= 0 {
			return cr
		}
	}
	return n
}

// step reads a byte of a field's name, or the end of a line, and says whether that ends an event that carries data.
func (s *Scanner) step(c byte) (ended bool) {
	if s.format == lines {
		return s.dispatch()
	}
	cr := s.cr
	s.cr = c == '\r'
	switch {
	case c == '\n' && cr:
	case c == '\n' || c == '\r':
		return s.endLine()
	case c == ':':
		s.place = rest
		if s.match == len(dataField) {
			s.beginData()
		}
	case s.match >= 0 && s.match < len(dataField) && dataField[s.match] == c:
		s.match++
	default:
		s.match = -1
	}
	return false
}

// beginData begins a line of data, which a newline parts from that before.
func (s *Scanner) beginData() {
	s.place = content
	if s.filled {
		s.take([]byte{'\n'})
	}
	s.filled = true
}

// endLine ends a line of an event stream. A blank one ends the event.
func (s *Scanner) endLine() (ended bool) {
	blank := s.place == name && s.match == 0
	if s.place == name && s.match == len(dataField) { // without a colon: a line of no data
		s.beginData()
	}
	s.place, s.match = name, 0
	return blank && s.dispatch()
}

// dispatch ends an event.
func (s *Scanner) dispatch() (carried bool) {
	s.say()
	s.last = s.last || s.format == stream && s.done == len(doneEvent)
	carried = s.data && (s.format != stream || s.done != len(doneEvent))
	s.data, s.filled, s.done = false, false, 0
	for i := range s.paths {
		s.paths[i].Reset()
	}
	return carried
}

// take reads data of the event.
func (s *Scanner) take(p []byte) {
	if s.hear != nil {
		s.held = append(s.held, p[:min(len(p), maxHeld-len(s.held))]...)
	}
	if s.format == stream && s.done >= 0 {
		s.compare(p)
	}
	switch {
	case s.data:
	case len(s.paths) == 0:
		s.data = !blank(p)
	default:
		for i := range s.paths {
			s.data = s.paths[i].Feed(p) || s.data
		}
	}
}

// compare compares data with what ends a stream.
func (s *Scanner) compare(p []byte) {
	for _, c := range p {
		switch {
		case s.done < len(doneEvent) && doneEvent[s.done] == c:
			s.done++
		case isBlank(c) && (s.done == 0 || s.done == len(doneEvent)):
		default:
			s.done = -1
			return
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func blank(p []byte) bool {
	for _, c := range p {
		if !isBlank(c) {
			return false
		}
	}
	return true
}
