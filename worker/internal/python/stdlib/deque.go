package stdlib

import (
	"fmt"
	"slices"

	"gregaria/worker/internal/python"
)

// deque is collections.deque: a ring, so that both ends are cheap.
type deque struct {
	ring       []value
	head, size int
	max        int // -1 is without a bound
	turn       int // counts changes, for iterators
}

// at returns the place of an item, 0 <= i < len(ring).
func (d *deque) at(i int) *value { return &d.ring[(d.head+i)%len(d.ring)] }

// all returns the items in order, in a slice of their own.
func (d *deque) all() []value {
	out := make([]value, d.size)
	for i := range out {
		out[i] = *d.at(i)
	}
	return out
}

func (d *deque) set(items []value) {
	if d.max >= 0 && len(items) > d.max {
		items = items[len(items)-d.max:]
	}
	d.ring, d.head, d.size = items, 0, len(items)
	d.turn++
}

func (d *deque) grow() {
	if d.turn++; d.size == len(d.ring) {
		ring := make([]value, max(8, 2*d.size))
		copy(ring, d.all())
		d.ring, d.head = ring, 0
	}
}

func (d *deque) push(v value) {
	if d.max == 0 {
		return
	}
	if d.size == d.max {
		d.shift()
	}
	d.grow()
	d.size++
	*d.at(d.size - 1) = v
}

func (d *deque) pushLeft(v value) {
	if d.max == 0 {
		return
	}
	if d.size == d.max {
		d.pop()
	}
	d.grow()
	d.head = (d.head + len(d.ring) - 1) % len(d.ring)
	d.size++
	d.ring[d.head] = v
}

func (d *deque) pop() value {
	p := d.at(d.size - 1)
	v := *p
	*p = nil
	d.size--
	d.turn++
	return v
}

func (d *deque) shift() value {
	p := d.at(0)
	v := *p
	*p = nil
	d.head = (d.head + 1) % len(d.ring)
	d.size--
	d.turn++
	return v
}

func (d *deque) rotate(n int) {
	if d.size < 2 {
		return
	}
	n = ((n % d.size) + d.size) % d.size
	items := d.all()
	d.set(append(slices.Clone(items[d.size-n:]), items[:d.size-n]...))
}

// find returns the index of a value, -1 if there is none.
func (d *deque) find(t *thread, v value) (int, error) {
	turn := d.turn
	for i := 0; i < d.size; i++ {
		same, err := t.Equal(*d.at(i), v)
		if err != nil {
			return 0, err
		}
		if d.turn != turn {
			return 0, python.Errorf(python.RuntimeError, "deque mutated during iteration")
		}
		if same {
			return i, nil
		}
	}
	return -1, nil
}

// where is find for a value that has to be there.
func (d *deque) where(t *thread, v value) (int, error) {
	i, err := d.find(t, v)
	if err != nil || i >= 0 {
		return i, err
	}
	s, err := t.Repr(v)
	if err != nil {
		return 0, err
	}
	return 0, python.Errorf(python.ValueError, "%s is not in deque", s)
}

// index converts an index from Python.
func (d *deque) index(t *thread, v value) (int, error) {
	if _, ok := v.(*python.Slice); ok {
		return 0, python.Errorf(python.TypeError, "sequence index must be integer, not 'slice'")
	}
	i, err := t.Index(v)
	if err != nil {
		return 0, err
	}
	if i < 0 {
		i += int64(d.size)
	}
	if i < 0 || i >= int64(d.size) {
		return 0, python.Errorf(python.IndexError, "deque index out of range")
	}
	return int(i), nil
}

func (d *deque) extend(t *thread, it value, push func(value)) error {
	items, err := t.ToSlice(it)
	for _, v := range items {
		push(v)
	}
	return err
}

func (d *deque) iterator(from, step int) value {
	i, turn := from, d.turn
	return python.NewIterator("_deque_iterator", func(*thread) (value, error) {
		switch {
		case i < 0 || i >= d.size:
			return nil, nil //nolint:nilnil // the end
		case d.turn != turn:
			return nil, python.Errorf(python.RuntimeError, "deque mutated during iteration")
		}
		i += step
		return *d.at(i - step), nil
	})
}

func (d *deque) repr(t *thread, name string) (value, error) {
	s, err := t.Repr(python.NewList(d.all()...))
	if err != nil {
		return nil, err
	}
	if d.max >= 0 {
		s += fmt.Sprintf(", maxlen=%d", d.max)
	}
	return str(name + "(" + s + ")"), nil
}
