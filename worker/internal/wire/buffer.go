package wire

import "sync"

// A user who waits holds no buffer. An exchange borrows a tiny one for what it sends, and when the answer comes a small
// one, which grows into a large one if it has to.
const (
	tinyBuffer  = 512
	smallBuffer = 4 << 10
	// LargeBuffer is the size from which on a buffer is not kept.
	LargeBuffer = 4 << 20
)

// A Buffer is a slice that is borrowed.
type Buffer struct{ B []byte }

// A pool lends buffers.
type pool struct{ sync.Pool }

var (
	tiny  = pool{sync.Pool{New: func() any { return &Buffer{make([]byte, 0, tinyBuffer)} }}}
	small = pool{sync.Pool{New: func() any { return &Buffer{make([]byte, 0, smallBuffer)} }}}
	large = pool{sync.Pool{New: func() any { return &Buffer{} }}}
)

func (p *pool) borrow() *Buffer { return p.Get().(*Buffer) }

// Tiny lends a buffer for what is sent.
func Tiny() *Buffer { return tiny.borrow() }

// Small lends a buffer for what comes.
func Small() *Buffer { return small.borrow() }

// GiveBack keeps the buffer for another exchange, with those of its size: a small answer does not pin a large one.
func (b *Buffer) GiveBack() {
	b.B = b.B[:0]
	switch size := cap(b.B); {
	case size < smallBuffer:
		tiny.Put(b)
	case size < 4*smallBuffer:
		small.Put(b)
	case size <= LargeBuffer:
		large.Put(b)
	}
}

// Grow makes room for at least n more bytes.
func (b *Buffer) Grow(n int) {
	if cap(b.B)-len(b.B) >= n {
		return
	}
	need := max(len(b.B)+n, 2*cap(b.B))
	bigger := large.borrow()
	if cap(bigger.B) < need {
		bigger.B = make([]byte, 0, need)
	}
	bigger.B = append(bigger.B[:0], b.B...)
	b.B, bigger.B = bigger.B, b.B
	bigger.GiveBack()
}
