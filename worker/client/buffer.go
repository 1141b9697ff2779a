package client

import "sync"

// A user who waits holds no buffer: each exchange borrows one, which holds first the request, then the answer.
const (
	smallBuffer = 4 << 10 // what an exchange begins with
	largeBuffer = 4 << 20 // what is not kept for another exchange
)

// A buffer is a slice that is borrowed.
type buffer struct{ b []byte }

var (
	small = sync.Pool{New: func() any { return &buffer{make([]byte, 0, smallBuffer)} }}
	large = sync.Pool{New: func() any { return &buffer{} }}
)

func borrow() *buffer { return small.Get().(*buffer) }

// giveBack keeps the buffer for another exchange. Large ones are kept apart: a small answer does not pin one.
func (b *buffer) giveBack() {
	b.b = b.b[:0]
	switch size := cap(b.b); {
	case size <= 4*smallBuffer:
		small.Put(b)
	case size <= largeBuffer:
		large.Put(b)
	}
}

// grow makes room for at least n more bytes.
func (b *buffer) grow(n int) {
	if cap(b.b)-len(b.b) >= n {
		return
	}
	need := max(len(b.b)+n, 2*cap(b.b))
	bigger := large.Get().(*buffer)
	if cap(bigger.b) < need {
		bigger.b = make([]byte, 0, need)
	}
	bigger.b = append(bigger.b[:0], b.b...)
	b.b, bigger.b = bigger.b, b.b
	bigger.giveBack()
}
