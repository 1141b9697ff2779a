package python

import (
	"runtime"
	"runtime/metrics"
	"time"
)

const (
	// DefaultMaxMemory is how much heap and stacks the process may use before Python code gets a MemoryError, in bytes.
	DefaultMaxMemory = 4 << 30
	// memoryEvery is how often a running thread looks; a read takes some microseconds.
	memoryEvery = 5 * time.Millisecond
	// valueSize is how many bytes a value takes in a list.
	valueSize = 16
	// chargedPage is how many bytes count as one tick, so that a loop of few turns with large values is looked at as well.
	chargedPage = 4 << 10
)

// memory watches what the process uses, on behalf of the threads of one isolate and under its lock.
type memory struct {
	limit  uint64
	next   time.Duration
	sample []metrics.Sample
}

func newMemory(limit int64) memory {
	if limit == 0 {
		limit = DefaultMaxMemory
	}
	return memory{limit: uint64(max(limit, 0)), sample: []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/stacks:bytes"},
	}}
}

// extend appends items to a list.
func (l *List) extend(t *Thread, items []Value) error {
	if err := t.grown(valueSize*(len(l.items)+len(items)), valueSize*len(items)); err != nil {
		return err
	}
	l.items = append(l.items, items...)
	return nil
}

// extend appends to a bytearray.
func (b *ByteArray) extend(t *Thread, s string) error {
	if err := t.grown(len(b.b)+len(s), len(s)); err != nil {
		return err
	}
	b.b = append(b.b, s...)
	return nil
}

// check returns a MemoryError while more is in use than may be. now is on the clock of the isolate.
func (m *memory) check(now time.Duration) error {
	if m.limit == 0 || now < m.next {
		return nil
	}
	m.next = now + memoryEvery
	if m.used() <= m.limit {
		return nil
	}
	runtime.GC() // most of it may be garbage
	if m.used() <= m.limit {
		return nil
	}
	m.next = 0
	return NewException(MemoryError)
}

func (m *memory) used() uint64 {
	metrics.Read(m.sample)
	return m.sample[0].Value.Uint64() + m.sample[1].Value.Uint64()
}

// room says whether a value of n bytes may be made, and counts it as work.
func (t *Thread) room(n int) error { return t.grown(n, n) }

// Grown counts by bytes that a value has grown by to n in all: it returns a MemoryError if that is too much, or what a
// cancellation raises. Go code whose results may become large calls it.
func (t *Thread) Grown(n, by int) error { return t.grown(n, by) }

// Tick counts one turn of a loop in Go that may go on for long; it returns what a cancellation raises.
func (t *Thread) Tick() error { return t.tick() }

// grown says whether a value may be n bytes large, of which the last by are new.
func (t *Thread) grown(n, by int) error {
	if n < 0 || n > maxAlloc {
		return NewException(MemoryError)
	}
	if by < chargedPage || t == nil {
		return nil
	}
	if t.ticks -= int32(by / chargedPage); t.ticks > 0 {
		return nil
	}
	return t.check()
}
