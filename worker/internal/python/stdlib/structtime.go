package stdlib

import (
	"fmt"
	"strings"
	"time"

	"gregaria/worker/internal/python"
)

// structFields are the attributes of a struct_time, in order.
func structFields() []string {
	return []string{"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst"}
}

// structTime makes time.struct_time.
func structTime() *python.Type {
	attrs := map[string]value{"n_fields": python.NewInt(11), "n_sequence_fields": python.NewInt(9), "tm_zone": str("UTC"), "tm_gmtoff": python.NewInt(0)}
	for i, name := range structFields() {
		attrs[name] = python.Property(func(_ *thread, self value) (value, error) {
			return python.Unwrap(self).(*python.Tuple).Items()[i], nil
		})
	}
	return python.NewClass(python.ClassSpec{
		Name: "struct_time", Module: "time", Bases: []*python.Type{python.TupleType}, Attrs: attrs,
		New: func(t *thread, cls *python.Type, args python.Args) (value, error) {
			if len(args.Pos) == 0 {
				return nil, python.Errorf(python.TypeError, "structseq() missing required argument 'sequence' (pos 1)")
			}
			items, err := t.ToSlice(args.Pos[0])
			if err != nil {
				return nil, err
			}
			if len(items) < 9 {
				return nil, python.Errorf(python.TypeError, "time.struct_time() takes an at least 9-sequence (%d-sequence given)", len(items))
			}
			return python.Wrap(cls, python.NewTuple(items[:9]...)), nil
		},
		Methods: []*python.Native{
			python.RawFunc("__init__", func(*thread, python.Args) (value, error) { return python.None, nil }),
			python.Func("__repr__(self)", func(t *thread, a []value) (value, error) {
				var parts []string
				for i, v := range python.Unwrap(a[0]).(*python.Tuple).Items() {
					s, err := t.Repr(v)
					if err != nil {
						return nil, err
					}
					parts = append(parts, structFields()[i]+"="+s)
				}
				return str(fmt.Sprintf("time.struct_time(%s)", strings.Join(parts, ", "))), nil
			}),
		},
	})
}

func timeStruct(cls *python.Type, w time.Time) value {
	items := make([]value, 9)
	for i, n := range []int{w.Year(), int(w.Month()), w.Day(), w.Hour(), w.Minute(), w.Second(), (int(w.Weekday()) + 6) % 7, w.YearDay(), 0} {
		items[i] = python.NewInt(int64(n))
	}
	return python.Wrap(cls, python.NewTuple(items...))
}

// strptime is datetime's, as a struct_time.
func strptime(t *thread, a []value) (value, error) {
	m, err := t.Import("datetime")
	if err != nil {
		return nil, err
	}
	format := a[1]
	if format == nil {
		format = str("%a %b %d %H:%M:%S %Y")
	}
	when, err := t.CallMethod(m.Attrs().GetStr("datetime"), "strptime", a[0], format)
	if err != nil {
		return nil, err
	}
	return t.CallMethod(when, "timetuple")
}
