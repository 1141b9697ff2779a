package stdlib

import (
	"time"

	"gregaria/worker/internal/python"
)

func newDatetimeGo(*thread) (*python.Module, error) {
	return python.NewModule("_datetime_go", nil,
		python.Func("strftime(y, m, d, H, M, S, us, off, fmt)", func(_ *thread, a []value) (value, error) {
			var n [7]int
			for i := range n {
				k, _ := python.AsInt(a[i])
				n[i] = int(k)
			}
			loc := time.FixedZone("", 0)
			f := textOr(a[8], "")
			if off, ok := python.AsInt(a[7]); ok {
				loc = time.FixedZone("UTC", int(off))
			} else {
				f = removeZone(f)
			}
			return str(Strftime(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6]*1000, loc), f)), nil
		}),
		python.Func("now()", func(*thread, []value) (value, error) { return wallClock(time.Now()), nil }),
		python.Func("utcnow()", func(*thread, []value) (value, error) { return wallClock(time.Now().UTC()), nil }),
		python.Func("local(ts)", func(_ *thread, a []value) (value, error) { return wallClock(at(a[0])), nil }),
		python.Func("utc(ts)", func(_ *thread, a []value) (value, error) { return wallClock(at(a[0]).UTC()), nil }),
		python.Func("mktime(y, m, d, H, M, S)", func(_ *thread, a []value) (value, error) {
			var n [6]int
			for i := range n {
				k, _ := python.AsInt(a[i])
				n[i] = int(k)
			}
			return python.NewInt(time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.Local).Unix()), nil
		}),
	), nil
}

func removeZone(f string) string {
	out := []byte{}
	for i := 0; i < len(f); i++ {
		if f[i] == '%' && i+1 < len(f) {
			if f[i+1] != 'z' && f[i+1] != 'Z' {
				out = append(out, f[i], f[i+1])
			}
			i++
			continue
		}
		out = append(out, f[i])
	}
	return string(out)
}

func wallClock(w time.Time) value {
	_, off := w.Zone()
	var out []value
	for _, n := range []int{w.Year(), int(w.Month()), w.Day(), w.Hour(), w.Minute(), w.Second(), w.Nanosecond() / 1000, off} {
		out = append(out, python.NewInt(int64(n)))
	}
	return python.NewTuple(out...)
}
