package locustfile

import (
	"log/slog"
	"maps"
	"reflect"
	"slices"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/python"
)

// Attach is locust.Config's: the reports of a file that listens to them or has counted on its own. Of the regular ones of any
// other file the session takes care, without the file's lock.
func (c *Crew) Attach(why locust.Occasion, send func(any)) {
	c.afterInit(func() { c.attach(why, send) })
}

func (c *Crew) attach(why locust.Occasion, send func(any)) {
	if env := c.file.nobody(); why == locust.Last && env != nil {
		env.LeaveStreams() // those of users have been left as they ended
	}
	if why == locust.Regular && !c.file.says.Load() {
		send(nil)
		return
	}
	c.reporter.Add(func() {
		var data any
		c.reporter.do(func(t *python.Thread) (err error) {
			data, err = c.file.makeReport(t, why, c.Counts())
			return err
		})
		send(data)
	})
}

// makeReport is WorkerRunner._send_stats. The users were counted before the measurements are taken.
func (f *File) makeReport(t *python.Thread, why locust.Occasion, users map[string]int) (any, error) {
	if why == locust.Early {
		return f.earlyReport(t, users)
	}
	h := f.hook(t, "report_to_master")
	if h != nil && h.stock() && f.stockReport(h) {
		return locust.Report(f.linked().Stats.Take(), users), nil
	}
	f.counted = users
	data := python.NewDict()
	err := f.fireEvent(t, "report_to_master", "client_id", python.NewStr(f.linked().NodeID), "data", data)
	return f.plainReport(t, data), err
}

// stockReport says whether nothing of the file has a say in the report.
func (f *File) stockReport(h *hook) bool {
	items := h.handlers.Items()
	return !f.ownStats && len(items) == 2 && items[0] == python.Value(f.statsReporter) && items[1] == python.Value(f.usersReporter)
}

// earlyReport is what the file has counted on its own and not reported, nil if that is nothing. The file goes on seeing it.
func (f *File) earlyReport(t *python.Thread, users map[string]int) (any, error) {
	if !f.ownStats {
		return nil, nil
	}
	v, err := t.CallMethod(f.stats, "_report_early")
	if data, ok := v.(*python.Dict); ok && err == nil {
		f.counted = users
		f.addUsers(data)
		return f.plainReport(t, data), nil
	}
	return nil, err
}

// addReporters adds the two listeners of report_to_master that Locust's own runner has.
func (f *File) addReporters(t *python.Thread) {
	f.statsReporter = python.Func("on_report_to_master(client_id, data)", func(t *python.Thread, a []python.Value) (python.Value, error) {
		return python.None, f.addStats(t, a[1])
	})
	f.usersReporter = python.Func("on_report_to_master(client_id, data)", func(_ *python.Thread, a []python.Value) (python.Value, error) {
		if data, ok := a[1].(*python.Dict); ok {
			f.addUsers(data)
		}
		return python.None, nil
	})
	if h := f.hook(t, "report_to_master"); h != nil {
		h.handlers.Append(f.statsReporter)
		h.handlers.Append(f.usersReporter)
	}
}

func (f *File) addStats(t *python.Thread, data python.Value) error {
	d, ok := data.(*python.Dict)
	if !ok {
		return python.Errorf(python.TypeError, "'%s' object does not support item assignment", python.TypeOf(data).Name())
	}
	var (
		from python.Value
		err  error
	)
	if f.ownStats {
		from, err = t.CallMethod(f.stats, "_report")
	} else {
		from, err = reportValue(f.linked().Stats.Take())
	}
	if err != nil {
		return err
	}
	from.(*python.Dict).All(func(k, v python.Value) bool {
		d.SetStr(k.(*python.Str).String(), v)
		return true
	})
	return nil
}

func (f *File) addUsers(data *python.Dict) {
	sum, counts := 0, python.NewDict()
	for _, name := range slices.Sorted(maps.Keys(f.counted)) {
		sum += f.counted[name]
		counts.SetStr(name, python.NewInt(int64(f.counted[name])))
	}
	data.SetStr("user_classes_count", counts)
	data.SetStr("user_count", python.NewInt(int64(sum)))
}

// plainReport makes Go data of a report. What cannot be sent is left out, or sent as near as may be, and said: a worker of
// Locust that meets it reports nothing any more.
func (f *File) plainReport(t *python.Thread, data *python.Dict) map[string]any {
	report := map[string]any{}
	data.All(func(k, v python.Value) bool {
		name, ok := python.AsStr(k)
		if !ok {
			return true
		}
		value, err := plain(t, v, 0)
		if err != nil {
			f.log(slog.LevelError, "locust.runners", name+" of a report cannot be sent as it is: "+python.AsException(err).Error())
			if value = nearest(t, v); value == nil {
				return true
			}
		}
		report[name] = value
		return true
	})
	return report
}

// nearest is what of a value can be sent: of a list or a dict, what of each of its items can be, of a number without bounds a float,
// of anything else nothing.
func nearest(t *python.Thread, v python.Value) any {
	if sent, err := plain(t, v, 0); err == nil {
		return sent
	}
	switch v := v.(type) {
	case *python.List:
		out := []any{}
		for _, item := range v.Items() {
			if sent := nearest(t, item); sent != nil {
				out = append(out, sent)
			}
		}
		return out
	case *python.Dict:
		out := map[any]any{}
		v.All(func(k, item python.Value) bool {
			key, err := plain(t, k, 0)
			if sent := nearest(t, item); err == nil && key != nil && reflect.TypeOf(key).Comparable() && (sent != nil || item == python.None) {
				out[key] = sent
			}
			return true
		})
		return out
	}
	if x, ok := python.AsFloat(v); ok {
		return x
	}
	return nil
}
