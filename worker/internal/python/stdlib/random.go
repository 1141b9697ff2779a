package stdlib

import (
	crand "crypto/rand"
	"crypto/sha512"
	"encoding/binary"
	"math"
	"math/big"
	"sort"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/libm"
)

// twister is MT19937 as Modules/_randommodule.c drives it.
type twister struct {
	mt        [624]uint32
	i         int
	nextGauss float64
	hasGauss  bool
}

func (r *twister) init(seed uint32) {
	r.mt[0] = seed
	for i := 1; i < 624; i++ {
		r.mt[i] = 1812433253*(r.mt[i-1]^r.mt[i-1]>>30) + uint32(i)
	}
	r.i = 624
}

func (r *twister) initArray(key []uint32) {
	r.init(19650218)
	i, j := 1, 0
	for k := max(624, len(key)); k > 0; k-- {
		r.mt[i] = (r.mt[i] ^ (r.mt[i-1]^r.mt[i-1]>>30)*1664525) + key[j] + uint32(j)
		i++
		j++
		if i >= 624 {
			r.mt[0], i = r.mt[623], 1
		}
		if j >= len(key) {
			j = 0
		}
	}
	for k := 623; k > 0; k-- {
		r.mt[i] = (r.mt[i] ^ (r.mt[i-1]^r.mt[i-1]>>30)*1566083941) - uint32(i)
		i++
		if i >= 624 {
			r.mt[0], i = r.mt[623], 1
		}
	}
	r.mt[0] = 0x80000000
}

func (r *twister) next() uint32 {
	if r.i >= 624 {
		for k := range 624 {
			y := r.mt[k]&0x80000000 | r.mt[(k+1)%624]&0x7fffffff
			v := r.mt[(k+397)%624] ^ y>>1
			if y&1 != 0 {
				v ^= 0x9908b0df
			}
			r.mt[k] = v
		}
		r.i = 0
	}
	y := r.mt[r.i]
	r.i++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (r *twister) random() float64 {
	a, b := r.next()>>5, r.next()>>6
	return (float64(a)*67108864 + float64(b)) * (1.0 / 9007199254740992)
}

func (r *twister) bits(k int) *big.Int {
	z := new(big.Int)
	for shift := 0; k > 0; shift, k = shift+32, k-32 {
		w := r.next()
		if k < 32 {
			w >>= 32 - uint(k)
		}
		z.Or(z, new(big.Int).Lsh(big.NewInt(int64(w)), uint(shift)))
	}
	return z
}

// below is Random._randbelow_with_getrandbits.
func (r *twister) below(n int64) int64 {
	k := 64 - leadingZeros(uint64(n))
	for {
		var v uint64
		if k <= 32 {
			v = uint64(r.next() >> (32 - uint(k)))
		} else {
			v = uint64(r.next())
			v |= uint64(r.next()>>(64-uint(k))) << 32
		}
		if v < uint64(n) {
			return int64(v)
		}
	}
}

func leadingZeros(x uint64) int {
	n := 0
	for ; n < 64 && x&(1<<63) == 0; n++ {
		x <<= 1
	}
	return n
}

func (r *twister) belowBig(n *big.Int) *big.Int {
	if n.IsInt64() {
		return big.NewInt(r.below(n.Int64()))
	}
	for {
		if v := r.bits(n.BitLen()); v.Cmp(n) < 0 {
			return v
		}
	}
}

// seed is Random.seed, version 2.
func (r *twister) seed(t *thread, v value) error {
	r.hasGauss = false
	n := new(big.Int)
	switch {
	case !given(v):
		var b [32]byte
		if _, err := crand.Read(b[:]); err != nil {
			return python.Errorf(python.OSError, "%s", err.Error())
		}
		n.SetBytes(b[:])
	default:
		if i, ok := python.AsBig(v); ok {
			n.Abs(i)
			break
		}
		s, ok := python.AsStr(v)
		if !ok {
			s, ok = python.AsBytes(v)
		}
		if ok {
			h := sha512.Sum512([]byte(s))
			n.SetBytes(append([]byte(s), h[:]...))
			break
		}
		if _, ok := v.(python.Float); !ok {
			return python.Errorf(python.TypeError, "The only supported seed types are: None,\nint, float, str, bytes, and bytearray.")
		}
		h, err := t.Hash(v)
		if err != nil {
			return err
		}
		n.SetUint64(uint64(h))
	}
	key := []uint32{}
	b := n.Bytes()
	for len(b)%4 != 0 {
		b = append([]byte{0}, b...)
	}
	for i := len(b); i > 0; i -= 4 {
		key = append(key, binary.BigEndian.Uint32(b[i-4:i]))
	}
	if len(key) == 0 {
		key = []uint32{0}
	}
	r.initArray(key)
	return nil
}

func (r *twister) gauss() float64 {
	if r.hasGauss {
		r.hasGauss = false
		return r.nextGauss
	}
	x := r.random() * (2 * math.Pi)
	g := math.Sqrt(-2 * libm.Log(1-r.random()))
	r.nextGauss, r.hasGauss = libm.Sin(x)*g, true
	return libm.Cos(x) * g
}

var nvMagic = 4 * libm.Exp(-0.5) / math.Sqrt(2)

func (r *twister) normal() float64 {
	for {
		u1, u2 := r.random(), 1-r.random()
		z := nvMagic * (u1 - 0.5) / u2
		if z*z/4 <= -libm.Log(u2) {
			return z
		}
	}
}

// gamma is Random.gammavariate.
func (r *twister) gamma(alpha, beta float64) float64 {
	switch {
	case alpha > 1:
		ainv := math.Sqrt(2*alpha - 1)
		bbb := alpha - libm.Log(4)
		ccc := alpha + ainv
		for {
			u1 := r.random()
			if !(1e-7 < u1 && u1 < 0.9999999) {
				continue
			}
			u2 := 1 - r.random()
			v := libm.Log(u1/(1-u1)) / ainv
			x := alpha * libm.Exp(v)
			z := u1 * u1 * u2
			rr := bbb + ccc*v - x
			if rr+(1+libm.Log(4.5))-4.5*z >= 0 || rr >= libm.Log(z) {
				return x * beta
			}
		}
	case alpha == 1:
		return -libm.Log(1-r.random()) * beta
	}
	for {
		u := r.random()
		b := (math.E + alpha) / math.E
		p := b * u
		var x float64
		if p <= 1 {
			x = libm.Pow(p, 1/alpha)
		} else {
			x = -libm.Log((b - p) / alpha)
		}
		u1 := r.random()
		if p > 1 {
			if u1 <= libm.Pow(x, alpha-1) {
				return x * beta
			}
		} else if u1 <= libm.Exp(-x) {
			return x * beta
		}
	}
}

// newRandom makes the module: a class Random, and the methods of one hidden object of it.
func newRandom(t *thread) (*python.Module, error) {
	gen := func(self value) *twister {
		i, ok := self.(*python.Instance)
		if !ok {
			return &twister{}
		}
		r, ok := i.Data.(*twister)
		if !ok {
			r = &twister{}
			_ = r.seed(nil, nil)
			i.Data = r
		}
		return r
	}
	fn := func(sig string, f func(t *thread, r *twister, a []value) (value, error)) *python.Native {
		return python.Func(sig, func(t *thread, a []value) (value, error) { return f(t, gen(a[0]), a[1:]) })
	}
	methods := append(randomCore(fn), randomDistributions(fn)...)
	cls := python.NewClass(python.ClassSpec{Name: "Random", Module: "random", Methods: append(methods,
		python.Func("__init__(self, x=None)", func(t *thread, a []value) (value, error) { return python.None, gen(a[0]).seed(t, a[1]) }))})
	hidden := python.NewInstance(cls, nil)
	gen(hidden)
	m := python.NewModule("random", map[string]value{"Random": cls, "SystemRandom": cls})
	for _, n := range methods {
		v, err := t.GetAttr(hidden, n.Name())
		if err != nil {
			return nil, err
		}
		m.Attrs().SetStr(n.Name(), v)
	}
	return m, nil
}

type randomFn = func(sig string, f func(t *thread, r *twister, a []value) (value, error)) *python.Native

func randomCore(fn randomFn) []*python.Native { //nolint:funlen,gocognit // a table of short functions
	return []*python.Native{
		fn("seed(self, a=None, version=2)", func(t *thread, r *twister, a []value) (value, error) { return python.None, r.seed(t, a[0]) }),
		fn("random(self)", func(_ *thread, r *twister, _ []value) (value, error) { return python.Float(r.random()), nil }),
		fn("getrandbits(self, k, /)", func(t *thread, r *twister, a []value) (value, error) {
			k, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			if k < 0 {
				return nil, python.Errorf(python.ValueError, "number of bits must be non-negative")
			}
			if k > 1<<26 {
				return nil, python.NewException(python.MemoryError)
			}
			return python.NewBig(r.bits(int(k))), nil
		}),
		fn("randbytes(self, n)", func(t *thread, r *twister, a []value) (value, error) {
			n, err := t.Index(a[0])
			if err != nil {
				return nil, err
			}
			if n < 0 {
				return nil, python.Errorf(python.ValueError, "number of bits must be non-negative")
			}
			if n > 1<<23 {
				return nil, python.NewException(python.MemoryError)
			}
			b := r.bits(int(n) * 8).FillBytes(make([]byte, n))
			for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
				b[i], b[j] = b[j], b[i]
			}
			return python.NewBytes(b), nil
		}),
		fn("randrange(self, start, stop=None, step=1)", randRange),
		fn("randint(self, a, b)", func(t *thread, r *twister, a []value) (value, error) {
			stop, err := t.BinaryOp("+", a[1], python.NewInt(1))
			if err != nil {
				return nil, err
			}
			return randRange(t, r, []value{a[0], stop, nil})
		}),
		fn("choice(self, seq)", func(t *thread, r *twister, a []value) (value, error) {
			n, err := t.Len(a[0])
			if err != nil {
				return nil, err
			}
			if n == 0 {
				return nil, python.Errorf(python.IndexError, "Cannot choose from an empty sequence")
			}
			return t.GetItem(a[0], python.NewInt(r.below(int64(n))))
		}),
		fn("choices(self, population, weights=None, *, cum_weights=None, k=1)", choices),
		fn("shuffle(self, x)", func(t *thread, r *twister, a []value) (value, error) {
			n, err := t.Len(a[0])
			if err != nil {
				return nil, err
			}
			for i := n - 1; i >= 1; i-- {
				if err := swap(t, a[0], int64(i), r.below(int64(i+1))); err != nil {
					return nil, err
				}
			}
			return python.None, nil
		}),
		fn("sample(self, population, k, *, counts=None)", sample),
		fn("getstate(self)", func(_ *thread, r *twister, _ []value) (value, error) {
			c := *r
			return python.NewInstance(python.ObjectType, &c), nil
		}),
		fn("setstate(self, state)", func(_ *thread, r *twister, a []value) (value, error) {
			if i, ok := a[0].(*python.Instance); ok {
				if s, ok := i.Data.(*twister); ok {
					*r = *s
				}
			}
			return python.None, nil
		}),
	}
}

func swap(t *thread, v value, i, j int64) error {
	a, err := t.GetItem(v, python.NewInt(i))
	if err != nil {
		return err
	}
	b, err := t.GetItem(v, python.NewInt(j))
	if err != nil {
		return err
	}
	if err := t.SetItem(v, python.NewInt(i), b); err != nil {
		return err
	}
	return t.SetItem(v, python.NewInt(j), a)
}

func randRange(_ *thread, r *twister, a []value) (value, error) {
	var n [3]*big.Int
	for i, v := range a {
		if !given(v) {
			continue
		}
		b, ok := python.AsBig(v)
		if !ok {
			if f, isFloat := v.(python.Float); isFloat && float64(f) == math.Trunc(float64(f)) {
				b, _ = big.NewFloat(float64(f)).Int(nil)
			} else if isFloat {
				return nil, python.Errorf(python.ValueError, "non-integer %s for randrange()", []string{"arg 1", "stop", "step"}[i])
			} else {
				return nil, python.Errorf(python.TypeError, "'%s' object cannot be interpreted as an integer", python.TypeOf(v).Name())
			}
		}
		n[i] = b
	}
	if n[1] == nil {
		if n[0].Sign() <= 0 {
			return nil, python.Errorf(python.ValueError, "empty range for randrange()")
		}
		return python.NewBig(r.belowBig(n[0])), nil
	}
	width := new(big.Int).Sub(n[1], n[0])
	step := n[2]
	if step == nil || (step.IsInt64() && step.Int64() == 1) {
		if width.Sign() <= 0 {
			return nil, python.Errorf(python.ValueError, "empty range for randrange() (%s, %s, %s)", n[0], n[1], width)
		}
		return python.NewBig(new(big.Int).Add(n[0], r.belowBig(width))), nil
	}
	switch step.Sign() {
	case 0:
		return nil, python.Errorf(python.ValueError, "zero step for randrange()")
	case 1:
		width.Add(width, step).Sub(width, big.NewInt(1))
	default:
		width.Add(width, step).Add(width, big.NewInt(1))
	}
	count := new(big.Int).Quo(width, step)
	if count.Sign() <= 0 || width.Sign() != step.Sign() {
		return nil, python.Errorf(python.ValueError, "empty range for randrange()")
	}
	return python.NewBig(new(big.Int).Add(n[0], new(big.Int).Mul(step, r.belowBig(count)))), nil
}

func choices(t *thread, r *twister, a []value) (value, error) {
	n, err := t.Len(a[0])
	if err != nil {
		return nil, err
	}
	k := int64(1)
	if a[3] != nil {
		if k, err = t.Index(a[3]); err != nil {
			return nil, err
		}
	}
	if k > 1<<24 {
		return nil, python.NewException(python.MemoryError)
	}
	out := python.NewList()
	pick := func() int { return int(math.Floor(r.random() * float64(n))) }
	if given(a[1]) || given(a[2]) {
		cum, err := cumulate(t, a[1], a[2])
		if err != nil {
			return nil, err
		}
		if len(cum) != n {
			return nil, python.Errorf(python.ValueError, "The number of weights does not match the population")
		}
		total := cum[n-1]
		if total <= 0 {
			return nil, python.Errorf(python.ValueError, "Total of weights must be greater than zero")
		}
		pick = func() int {
			x := r.random() * total
			return sort.Search(n-1, func(i int) bool { return x < cum[i] })
		}
	} else if n == 0 && k > 0 {
		return nil, python.Errorf(python.IndexError, "list index out of range")
	}
	for range k {
		v, err := t.GetItem(a[0], python.NewInt(int64(pick())))
		if err != nil {
			return nil, err
		}
		out.Append(v)
	}
	return out, nil
}

func cumulate(t *thread, weights, cum value) ([]float64, error) {
	src := weights
	if given(cum) {
		src = cum
	}
	items, err := t.ToSlice(src)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(items))
	sum := 0.0
	for i, v := range items {
		f, err := t.ToFloat(v)
		if err != nil {
			return nil, err
		}
		sum += f
		out[i] = sum
		if given(cum) {
			out[i] = f
		}
	}
	return out, nil
}

func sample(t *thread, r *twister, a []value) (value, error) {
	if _, isSet := python.Unwrap(a[0]).(*python.Set); isSet || python.TypeOf(a[0]).Lookup("__getitem__") == nil || python.TypeOf(a[0]) == python.DictType {
		return nil, python.Errorf(python.TypeError, "Population must be a sequence.  For dicts or sets, use sorted(d).")
	}
	pool, err := t.ToSlice(a[0])
	if err != nil {
		return nil, err
	}
	if given(a[2]) {
		counts, err := t.ToSlice(a[2])
		if err != nil {
			return nil, err
		}
		var all []value
		for i, c := range counts {
			for n, _ := python.AsInt(c); n > 0 && len(all) < 1<<24; n-- {
				all = append(all, pool[i])
			}
		}
		pool = all
	}
	k, err := t.Index(a[1])
	if err != nil {
		return nil, err
	}
	n := int64(len(pool))
	if k < 0 || k > n {
		return nil, python.Errorf(python.ValueError, "Sample larger than population or is negative")
	}
	size := int64(21)
	if k > 5 {
		size += int64(math.Pow(4, math.Ceil(libm.Log(float64(k*3))/libm.Log(4))))
	}
	out := make([]value, k)
	if n <= size {
		for i := range k {
			j := r.below(n - i)
			out[i] = pool[j]
			pool[j] = pool[n-i-1]
		}
		return python.NewList(out...), nil
	}
	seen := map[int64]bool{}
	for i := range k {
		j := r.below(n)
		for seen[j] {
			j = r.below(n)
		}
		seen[j] = true
		out[i] = pool[j]
	}
	return python.NewList(out...), nil
}

func randomDistributions(fn randomFn) []*python.Native {
	dist := func(sig string, dflt []float64, f func(r *twister, x []float64) float64) *python.Native {
		return fn(sig, func(t *thread, r *twister, a []value) (value, error) {
			x := append([]float64(nil), dflt...)
			for i, v := range a {
				if given(v) {
					var err error
					if x[i], err = t.ToFloat(v); err != nil {
						return nil, err
					}
				}
			}
			return python.Float(f(r, x)), nil
		})
	}
	return []*python.Native{
		dist("uniform(self, a, b)", []float64{0, 0}, func(r *twister, x []float64) float64 { return x[0] + (x[1]-x[0])*r.random() }),
		dist("gauss(self, mu=0.0, sigma=1.0)", []float64{0, 1}, func(r *twister, x []float64) float64 { return x[0] + r.gauss()*x[1] }),
		dist("normalvariate(self, mu=0.0, sigma=1.0)", []float64{0, 1}, func(r *twister, x []float64) float64 { return x[0] + r.normal()*x[1] }),
		dist("lognormvariate(self, mu, sigma)", []float64{0, 0}, func(r *twister, x []float64) float64 { return libm.Exp(x[0] + r.normal()*x[1]) }),
		dist("expovariate(self, lambd)", []float64{0}, func(r *twister, x []float64) float64 { return -libm.Log(1-r.random()) / x[0] }),
		dist("triangular(self, low=0.0, high=1.0, mode=None)", []float64{0, 1, math.NaN()}, func(r *twister, x []float64) float64 {
			u, c, lo, hi := r.random(), 0.5, x[0], x[1]
			if !math.IsNaN(x[2]) {
				if hi == lo {
					return lo
				}
				c = (x[2] - lo) / (hi - lo)
			}
			if u > c {
				u, c, lo, hi = 1-u, 1-c, hi, lo
			}
			return lo + (hi-lo)*math.Sqrt(u*c)
		}),
		dist("gammavariate(self, alpha, beta)", []float64{0, 0}, func(r *twister, x []float64) float64 { return r.gamma(x[0], x[1]) }),
		dist("betavariate(self, alpha, beta)", []float64{0, 0}, func(r *twister, x []float64) float64 {
			y := r.gamma(x[0], 1)
			if y == 0 {
				return 0
			}
			return y / (y + r.gamma(x[1], 1))
		}),
		dist("paretovariate(self, alpha)", []float64{0}, func(r *twister, x []float64) float64 { return libm.Pow(1-r.random(), -1/x[0]) }),
		dist("weibullvariate(self, alpha, beta)", []float64{0, 0}, func(r *twister, x []float64) float64 {
			return x[0] * libm.Pow(-libm.Log(1-r.random()), 1/x[1])
		}),
	}
}
