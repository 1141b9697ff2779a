package python

// Dict is a dict: it keeps the order of insertion (Objects/dictobject.c). Up to eight entries are searched one after the
// other, more through a hash index. shape changes whenever a key comes or goes, so that compiled code can remember at
// which entry it found a name.
type Dict struct {
	entries []entry
	index   []int32 // 0 is free, else entry+1; the length is a power of two
	live    int32
	shape   uint32
}

type entry struct {
	key  Value // nil: deleted
	hash uint64
	val  Value
}

const smallDict = 8

// NewDict returns an empty dict.
func NewDict() *Dict { return &Dict{} }

func (*Dict) typ() *Type { return dictType }

func slot(h uint64, n int) int { return int((h*0x9e3779b97f4a7c15)>>32) & (n - 1) }

// findStr returns the entry of a str key, or -1. It cannot fail, because only a str is compared in full.
func (d *Dict) findStr(k *Str) int {
	h := k.hashed()
	if d.index == nil {
		for i := range d.entries {
			e := &d.entries[i]
			if e.hash == h && sameStr(e.key, k) {
				return i
			}
		}
		return -1
	}
	for s := slot(h, len(d.index)); ; s = (s + 1) & (len(d.index) - 1) {
		i := d.index[s]
		if i == 0 {
			return -1
		}
		if e := &d.entries[i-1]; e.hash == h && sameStr(e.key, k) {
			return int(i - 1)
		}
	}
}

func sameStr(key Value, k *Str) bool {
	if s, ok := key.(*Str); ok {
		return s == k || s.s == k.s
	}
	if i, ok := key.(*Instance); ok {
		s, ok := i.base.(*Str)
		return ok && s.s == k.s
	}
	return false
}

func (d *Dict) find(t *Thread, k Value, h uint64) (int, error) {
	if s, ok := k.(*Str); ok {
		return d.findStr(s), nil
	}
	check := func(i int) (bool, error) {
		e := &d.entries[i]
		if e.key == nil || e.hash != h {
			return false, nil
		}
		return sameOrEqual(t, e.key, k)
	}
	if d.index == nil {
		for i := 0; i < len(d.entries); i++ {
			if ok, err := check(i); ok || err != nil {
				return i, err
			}
		}
		return -1, nil
	}
	for s := slot(h, len(d.index)); ; s = (s + 1) & (len(d.index) - 1) {
		i := d.index[s]
		if i == 0 {
			return -1, nil
		}
		if ok, err := check(int(i - 1)); ok || err != nil {
			return int(i - 1), err
		}
	}
}

// Len returns the number of keys.
func (d *Dict) Len() int { return int(d.live) }

// Get returns the value of any key; absent is nil.
func (d *Dict) Get(t *Thread, k Value) (Value, error) {
	if s, ok := k.(*Str); ok {
		if i := d.findStr(s); i >= 0 {
			return d.entries[i].val, nil
		}
		return nil, nil //nolint:nilnil // nil is absent
	}
	h, err := hashValue(t, k)
	if err != nil {
		return nil, err
	}
	i, err := d.find(t, k, h)
	if err != nil || i < 0 {
		return nil, err
	}
	return d.entries[i].val, nil
}

// GetStr returns the value of a str key; absent is nil.
func (d *Dict) GetStr(name string) Value {
	if d.index == nil {
		for i := range d.entries {
			if s, ok := d.entries[i].key.(*Str); ok && s.s == name {
				return d.entries[i].val
			}
		}
		return nil
	}
	return d.getStr(&Str{s: name, n: -1})
}

func (d *Dict) getStr(k *Str) Value {
	if i := d.findStr(k); i >= 0 {
		return d.entries[i].val
	}
	return nil
}

// Set stores a value under any key.
func (d *Dict) Set(t *Thread, k, v Value) error {
	if s, ok := k.(*Str); ok {
		d.setStr(s, v)
		return nil
	}
	h, err := hashValue(t, k)
	if err != nil {
		return err
	}
	i, err := d.find(t, k, h)
	if err != nil {
		return err
	}
	if i >= 0 {
		d.entries[i].val = v
		return nil
	}
	d.insert(k, h, v)
	return nil
}

// SetStr stores a value under a str key.
func (d *Dict) SetStr(name string, v Value) { d.setStr(NewStr(name), v) }

func (d *Dict) setStr(k *Str, v Value) {
	if i := d.findStr(k); i >= 0 {
		d.entries[i].val = v
		return
	}
	d.insert(k, k.hashed(), v)
}

func (d *Dict) insert(k Value, h uint64, v Value) {
	if len(d.entries) == cap(d.entries) && int(d.live) < len(d.entries)/2 {
		d.compact()
	}
	d.entries = append(d.entries, entry{k, h, v})
	d.live++
	d.shape++
	if n := len(d.entries); n > smallDict {
		if n*3/2 >= len(d.index) {
			d.reindex()
		} else {
			d.link(n - 1)
		}
	}
}

func (d *Dict) link(i int) {
	s := slot(d.entries[i].hash, len(d.index))
	for d.index[s] != 0 {
		s = (s + 1) & (len(d.index) - 1)
	}
	d.index[s] = int32(i + 1)
}

func (d *Dict) reindex() {
	n := 32
	for n < len(d.entries)*3 {
		n *= 2
	}
	d.index = make([]int32, n)
	for i := range d.entries {
		if d.entries[i].key != nil {
			d.link(i)
		}
	}
}

// compact drops deleted entries.
func (d *Dict) compact() {
	out := d.entries[:0]
	for _, e := range d.entries {
		if e.key != nil {
			out = append(out, e)
		}
	}
	clear(d.entries[len(out):])
	d.entries = out
	d.index = nil
	d.shape++
	if len(out) > smallDict {
		d.reindex()
	}
}

// Delete removes a key and returns its value; absent is nil.
func (d *Dict) Delete(t *Thread, k Value) (Value, error) {
	h, err := hashValue(t, k)
	if err != nil {
		return nil, err
	}
	i, err := d.find(t, k, h)
	if err != nil || i < 0 {
		return nil, err
	}
	return d.removeAt(i), nil
}

func (d *Dict) removeAt(i int) Value {
	v := d.entries[i].val
	d.entries[i] = entry{hash: ^d.entries[i].hash}
	d.live--
	d.shape++
	if d.live == 0 {
		d.entries, d.index = d.entries[:0], nil
	} else if d.index == nil && i == len(d.entries)-1 {
		d.entries = d.entries[:i]
	}
	return v
}

// Shape changes whenever a key comes or goes.
func (d *Dict) Shape() uint32 { return d.shape }

// Clear removes all keys.
func (d *Dict) Clear() { d.entries, d.index, d.live, d.shape = nil, nil, 0, d.shape+1 }

// Copy returns a copy.
func (d *Dict) Copy() *Dict {
	c := &Dict{entries: append(make([]entry, 0, len(d.entries)), d.entries...), live: d.live}
	if int(c.live) < len(c.entries) {
		c.compact()
	} else if len(c.entries) > smallDict {
		c.reindex()
	}
	return c
}

// All calls f for every key and value until it returns false. The dict may change meanwhile.
func (d *Dict) All(f func(k, v Value) bool) {
	for i := 0; i < len(d.entries); i++ {
		if e := d.entries[i]; e.key != nil && !f(e.key, e.val) {
			return
		}
	}
}
