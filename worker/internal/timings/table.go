package timings

// A table counts the values of all phases of a row: few of the thousands of buckets have any. Its slots are found by hashing; they are
// a power of two, and at most three quarters are used.
type table struct {
	slots []slot
	used  int
}

// A slot counts one bucket of one phase: the key is phase<<phaseShift | bucket. Without a count it is free.
type slot struct {
	key   uint16
	count uint32
}

const (
	phaseShift = 12
	fewest     = 32 // slots
)

// add counts n values.
func (t *table) add(key uint16, n uint32) {
	if t.used >= len(t.slots)/4*3 {
		t.grow()
	}
	mask := uint32(len(t.slots) - 1)
	for i := uint32(key) * 0x9E3779B1 >> 16 & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.count == 0 {
			s.key = key
			t.used++
		} else if s.key != key {
			continue
		}
		s.count += n
		return
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots, t.used = make([]slot, max(2*len(old), fewest)), 0
	for _, s := range old {
		if s.count > 0 {
			t.add(s.key, s.count)
		}
	}
}

// merge adds what another table has counted.
func (t *table) merge(o *table) {
	for _, s := range o.slots {
		if s.count > 0 {
			t.add(s.key, s.count)
		}
	}
}
