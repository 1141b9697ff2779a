package extra

import (
	"time"
	_ "time/tzdata" // zones wherever the worker runs

	"gregaria/worker/internal/python"
)

// newZone makes what zoneinfo is written with.
func newZone(*thread) (*python.Module, error) {
	at := func(a []value, loc *time.Location) time.Time {
		var n [6]int
		for i := range n {
			k, _ := python.AsInt(a[1+i])
			n[i] = int(k)
		}
		return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, loc)
	}
	load := func(v value) (*time.Location, error) {
		name, _ := python.AsStr(v)
		loc, err := time.LoadLocation(name)
		if err != nil {
			return nil, python.Errorf(python.KeyError, "No time zone found with key %s", name)
		}
		return loc, nil
	}
	return python.NewModule("_extra_zone", nil,
		python.Func("known(key)", func(_ *thread, a []value) (value, error) {
			name, _ := python.AsStr(a[0])
			_, err := load(a[0])
			return python.NewBool(err == nil && name != "" && name != "Local"), nil
		}),
		python.Func("wall(key, y, m, d, H, M, S)", func(_ *thread, a []value) (value, error) {
			loc, err := load(a[0])
			if err != nil {
				return nil, err
			}
			w := at(a, loc)
			name, off := w.Zone()
			dst := 0
			if w.IsDST() {
				dst = 3600
			}
			return python.NewTuple(python.NewInt(int64(off)), str(name), python.NewInt(int64(dst))), nil
		}),
		python.Func("utc(key, y, m, d, H, M, S)", func(_ *thread, a []value) (value, error) {
			loc, err := load(a[0])
			if err != nil {
				return nil, err
			}
			_, off := at(a, time.UTC).In(loc).Zone()
			return python.NewInt(int64(off)), nil
		}),
	), nil
}
