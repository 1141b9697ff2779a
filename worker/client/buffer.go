package client

import "sync"

// A user who waits holds no buffer. An exchange borrows a tiny one for what it sends, and when the answer comes a small
// one, which grows into a large one if it has to.
const (
	tinyBuffer  = 512
	smallBuffer = 4 << 10
	largeBuffer = 4 << 20 // what is bigger is not kept
)

// A buffer is a slice that is borrowed.
type buffer struct{ b []byte }

// A pool lends buffers.
type pool struct{ sync.Pool }

var (
	tiny  = pool{sync.Pool{New: func() any { return &buffer{make([]byte, 0, tinyBuffer)} }}}
	small = pool{sync.Pool{New: func() any { return &buffer{make([]byte, 0, smallBuffer)} }}}
	large = pool{sync.Pool{New: func() any { return &buffer{} }}}
)

func (p *pool) borrow() *buffer { return p.Get().(*buffer) }

// giveBack keeps the buffer for another exchange, with those of its size: a small answer does not pin a large one.
func (b *buffer) giveBack() {
	b.b = b.b[:0]
	switch size := cap(b.b); {
	case size < smallBuffer:
		tiny.Put(b)
	case size < 4*smallBuffer:
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
	bigger := large.borrow()
	if cap(bigger.b) < need {
		bigger.b = make([]byte, 0, need)
	}
	bigger.b = append(bigger.b[:0], b.b...)
	b.b, bigger.b = bigger.b, b.b
	bigger.giveBack()
}
