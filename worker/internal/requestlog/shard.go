package requestlog

import (
	"sync"
	"time"
)

// A shard has the lines of some users that the writer has not taken yet. The padding keeps two out of one cache line.
type shard struct {
	mu      sync.Mutex // guards what follows
	buffer  []byte
	room    int // of the buffer at most
	taken   int64
	dropped int64
	second  int64 // of day
	day     []byte
	closed  bool
	_       [64]byte
}

// clock returns a second in words. Most requests end in the second of the one before.
func (s *shard) clock(second int64) []byte {
	if s.day == nil || second != s.second {
		s.second = second
		s.day = time.Unix(second, 0).UTC().AppendFormat(s.day[:0], "2006-01-02T15:04:05")
	}
	return s.day
}

// add adds a line, if there is room for it. It says whether the buffer has just become full enough to be written.
func (s *shard) add(e *entry, csv bool) (wake bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed { // a user that is no longer waited for: the worker has ended
		return false
	}
	before := len(s.buffer)
	if before >= s.room {
		s.dropped++
		return false
	}
	l := line{to: s.buffer, csv: csv}
	e.write(&l, s)
	if len(l.to) > s.room {
		s.buffer = l.to[:before]
		s.dropped++
		return false
	}
	s.buffer = l.to
	s.taken++
	return before < full && len(s.buffer) >= full
}

// take takes out what the shard holds, and gives it another buffer.
func (s *shard) take(other []byte, last bool) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	full := s.buffer
	s.buffer = other[:0]
	s.closed = s.closed || last
	return full
}
