package stdlib

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"gregaria/worker/internal/python"
)

func newTime(t *thread) (*python.Module, error) {
	start, cls := time.Now(), structTime()
	fl := func(sig string, f func() float64) *python.Native {
		return python.Func(sig, func(*thread, []value) (value, error) { return python.Float(f()), nil })
	}
	ns := func(sig string, f func() int64) *python.Native {
		return python.Func(sig, func(*thread, []value) (value, error) { return python.NewInt(f()), nil })
	}
	since := func() float64 { return 1000 + time.Since(start).Seconds() }
	m := python.NewModule("time", map[string]value{"struct_time": cls},
		fl("time()", func() float64 { return float64(time.Now().UnixNano()) / 1e9 }),
		fl("perf_counter()", since), fl("monotonic()", since),
		ns("time_ns()", func() int64 { return time.Now().UnixNano() }),
		ns("perf_counter_ns()", func() int64 { return 1e12 + int64(time.Since(start)) }),
		ns("monotonic_ns()", func() int64 { return 1e12 + int64(time.Since(start)) }),
		python.Func("strftime(format, t=None, /)", func(t *thread, a []value) (value, error) {
			when := time.Now()
			if given(a[1]) {
				var err error
				if when, err = fromStruct(t, a[1]); err != nil {
					return nil, err
				}
			}
			return str(Strftime(when, textOr(a[0], ""))), nil
		}),
		python.Func("localtime(secs=None, /)", func(_ *thread, a []value) (value, error) { return timeStruct(cls, at(a[0]).Local()), nil }),
		python.Func("gmtime(secs=None, /)", func(_ *thread, a []value) (value, error) { return timeStruct(cls, at(a[0]).UTC()), nil }),
		python.Func("mktime(t, /)", func(t *thread, a []value) (value, error) {
			w, err := fromStruct(t, a[0])
			return python.Float(w.Unix()), err
		}),
		python.Func("asctime(t=None, /)", func(t *thread, a []value) (value, error) {
			w := time.Now()
			var err error
			if given(a[0]) {
				w, err = fromStruct(t, a[0])
			}
			return str(w.Format(time.ANSIC)), err
		}),
		python.Func("strptime(data_string, format='%a %b %d %H:%M:%S %Y', /)", strptime),
		python.Func("ctime(secs=None, /)", func(_ *thread, a []value) (value, error) { return str(at(a[0]).Local().Format(time.ANSIC)), nil }),
	)
	clocks(m)
	sleep, err := sleepFunc(t)
	if err != nil {
		return nil, err
	}
	m.Attrs().SetStr("sleep", sleep)
	return m, nil
}

func at(v value) time.Time {
	if f, ok := python.AsFloat(orNone(v)); ok {
		return time.Unix(0, int64(f*1e9))
	}
	return time.Now()
}

func orNone(v value) value {
	if v == nil {
		return python.None
	}
	return v
}

func fromStruct(t *thread, v value) (time.Time, error) {
	items, err := t.ToSlice(v)
	if err != nil {
		return time.Time{}, err
	}
	var n [6]int
	for i := range min(6, len(items)) {
		k, _ := python.AsInt(items[i])
		n[i] = int(k)
	}
	return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.Local), nil
}

// Strftime formats a time as C's strftime does in the C locale; %f are microseconds, as in datetime.
func Strftime(w time.Time, format string) string {
	var sb strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 >= len(format) {
			sb.WriteByte(format[i])
			continue
		}
		i++
		if format[i] == '-' && i+1 < len(format) {
			i++
			d := directive(w, format[i])
			sb.WriteString(cmp.Or(strings.TrimLeft(d, "0 "), d[max(0, len(d)-1):]))
			continue
		}
		sb.WriteString(directive(w, format[i]))
	}
	return sb.String()
}

func directive(w time.Time, c byte) string {
	layouts := map[byte]string{
		'a': "Mon", 'A': "Monday", 'b': "Jan", 'B': "January", 'h': "Jan", 'd': "02", 'm': "01", 'y': "06", 'H': "15", 'I': "03",
		'M': "04", 'S': "05", 'p': "PM", 'Z': "MST", 'z': "-0700", 'c': "Mon Jan _2 15:04:05 2006", 'x': "01/02/06", 'X': "15:04:05",
		'D': "01/02/06", 'F': "2006-01-02", 'T': "15:04:05", 'R': "15:04", 'e': "_2", 'Y': "2006",
	}
	if l, ok := layouts[c]; ok {
		return w.Format(l)
	}
	yearWeek := func(first time.Weekday) string {
		return fmt.Sprintf("%02d", (w.YearDay()+6-(int(w.Weekday()-first)+7)%7)/7)
	}
	switch c {
	case 'f':
		return fmt.Sprintf("%06d", w.Nanosecond()/1000)
	case 'j':
		return fmt.Sprintf("%03d", w.YearDay())
	case 'w':
		return fmt.Sprint(int(w.Weekday()))
	case 'u':
		return fmt.Sprint((int(w.Weekday())+6)%7 + 1)
	case 'U':
		return yearWeek(time.Sunday)
	case 'W':
		return yearWeek(time.Monday)
	case 's':
		return fmt.Sprint(w.Unix())
	case 'G':
		y, _ := w.ISOWeek()
		return fmt.Sprint(y)
	case 'V':
		_, n := w.ISOWeek()
		return fmt.Sprintf("%02d", n)
	case '%':
		return "%"
	case 'n':
		return "\n"
	case 't':
		return "\t"
	}
	return "%" + string(c)
}
