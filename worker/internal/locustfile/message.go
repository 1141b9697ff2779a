package locustfile

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/stats"
)

// send is runner.send_message.
func (f *File) send(t *python.Thread, kind, data python.Value) error {
	name, err := t.Str(kind)
	if err != nil {
		return err
	}
	v, err := plain(t, data, 0)
	if err != nil {
		return err
	}
	send := f.linked().Send
	if send == nil {
		return nil
	}
	if err := send(name, v); err != nil {
		return python.Errorf(python.TypeError, "can not serialize: %v", err)
	}
	return nil
}

// maxNesting is how deep msgpack's packer goes (msgpack._packer.DEFAULT_RECURSE_LIMIT).
const maxNesting = 511

// plain makes Go data of what msgpack can hold.
func plain(t *python.Thread, v python.Value, depth int) (any, error) {
	if depth > maxNesting {
		return nil, python.Errorf(python.ValueError, "recursion limit exceeded")
	}
	switch v := v.(type) {
	case python.Bool:
		return bool(v), nil
	case python.Float:
		return float64(v), nil
	case *python.Dict:
		return plainDict(t, v, depth)
	case *python.List:
		return plainItems(t, v.Items(), depth)
	case *python.Tuple:
		return plainItems(t, v.Items(), depth)
	}
	if v == python.None {
		return nil, nil
	}
	if n, ok := python.AsInt(v); ok {
		return n, nil
	}
	if s, ok := python.AsStr(v); ok {
		return s, nil
	}
	if b, ok := python.AsBytes(v); ok {
		return []byte(b), nil
	}
	if inner := python.Unwrap(v); inner != v {
		return plain(t, inner, depth+1)
	}
	if _, ok := python.AsBig(v); ok {
		return nil, python.Errorf(python.OverflowError, "Integer value out of range")
	}
	if text, ok := datetimeText(t, v); ok {
		return map[string]any{"__datetime__": true, "as_str": text}, nil
	}
	return nil, python.Errorf(python.TypeError, "can not serialize '%s' object", python.TypeOf(v).Name())
}

// datetimeText is how Locust sends a datetime (locust/rpc/protocol.py, encode).
func datetimeText(t *python.Thread, v python.Value) (string, bool) {
	cls := python.TypeOf(v)
	if cls.Module() != "datetime" || cls.Name() != "datetime" {
		return "", false
	}
	text, err := t.CallMethod(v, "strftime", python.NewStr("%Y%m%dT%H:%M:%S.%f"))
	if err != nil {
		return "", false
	}
	return python.AsStr(text)
}

func plainItems(t *python.Thread, items []python.Value, depth int) (any, error) {
	out := make([]any, len(items))
	for i, v := range items {
		var err error
		if out[i], err = plain(t, v, depth+1); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func plainDict(t *python.Thread, d *python.Dict, depth int) (any, error) {
	out := map[any]any{}
	var err error
	d.All(func(k, v python.Value) bool {
		var key, value any
		if key, err = plain(t, k, depth+1); err != nil {
			return false
		}
		if key != nil && !reflect.TypeOf(key).Comparable() {
			err = python.Errorf(python.TypeError, "a key of a message must be a number or text, not %s", python.TypeOf(k).Name())
			return false
		}
		value, err = plain(t, v, depth+1)
		out[key] = value
		return err == nil
	})
	return out, err
}

// value makes Python data of what a message holds. Maps come in the order of their keys' text: the wire has none.
func value(t *python.Thread, v any) (python.Value, error) {
	switch v := v.(type) {
	case nil:
		return python.None, nil
	case bool:
		return python.NewBool(v), nil
	case int:
		return python.NewInt(int64(v)), nil
	case int64:
		return python.NewInt(v), nil
	case uint64:
		return python.NewInt(int64(v)), nil
	case float64:
		return python.Float(v), nil
	case string:
		return python.NewStr(v), nil
	case []byte:
		return python.NewBytes(v), nil
	case []any:
		items := make([]python.Value, len(v))
		for i := range v {
			var err error
			if items[i], err = value(t, v[i]); err != nil {
				return nil, err
			}
		}
		return python.NewList(items...), nil
	case map[string]any:
		if text, ok := v["as_str"].(string); ok && v["__datetime__"] != nil {
			return parseDatetime(t, text)
		}
		return dictValue(t, v)
	case map[any]any:
		return dictValue(t, v)
	}
	return nil, python.Errorf(python.ValueError, "a message holds a %T", v)
}

func parseDatetime(t *python.Thread, text string) (python.Value, error) {
	m, err := t.Import("datetime")
	if err != nil {
		return nil, err
	}
	return t.CallMethod(m.Attrs().GetStr("datetime"), "strptime", python.NewStr(text), python.NewStr("%Y%m%dT%H:%M:%S.%f"))
}

func dictValue[K comparable](t *python.Thread, m map[K]any) (python.Value, error) {
	d := python.NewDict()
	for _, k := range sortedByText(m) {
		key, err := value(t, any(k))
		if err != nil {
			return nil, err
		}
		v, err := value(t, m[k])
		if err != nil {
			return nil, err
		}
		if err := d.Set(t, key, v); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// haulValue is what the statistics in Python take over. Anew says that they begin with it.
func haulValue(h *stats.Haul, anew bool) (python.Value, error) {
	known := python.NewList()
	for _, e := range h.Known {
		known.Append(python.NewTuple(python.NewStr(e.Name), python.NewStr(e.Method), python.Float(e.StartTime)))
	}
	sent, err := reportValue(h.Sent)
	if err != nil {
		return nil, err
	}
	fresh, err := reportValue(h.Fresh)
	if err != nil {
		return nil, err
	}
	if !anew {
		return python.NewTuple(python.None, python.NewList(), sent, fresh), nil
	}
	return python.NewTuple(python.Float(h.Started), known, sent, fresh), nil
}

// reportValue is a report as the dict that Locust sends (locust.stats.StatsEntryDict).
func reportValue(r stats.Report) (python.Value, error) {
	slices.SortStableFunc(r.Stats, func(a, b stats.Entry) int { return cmp.Compare(a.StartTime, b.StartTime) }) // whose first request came first
	rows := python.NewList()
	for _, e := range r.Stats {
		rows.Append(entryValue(&e))
	}
	errors := python.NewDict()
	for _, k := range sortedByText(r.Errors) {
		e := r.Errors[k]
		d := python.NewDict()
		d.SetStr("method", python.NewStr(e.Method))
		d.SetStr("name", python.NewStr(e.Name))
		d.SetStr("error", python.NewStr(e.Error))
		d.SetStr("occurrences", python.NewInt(e.Occurrences))
		d.SetStr("first_seen", optional(e.FirstSeen))
		d.SetStr("last_seen", optional(e.LastSeen))
		errors.SetStr(k, d)
	}
	d := python.NewDict()
	d.SetStr("stats", rows)
	d.SetStr("stats_total", entryValue(&r.Total))
	d.SetStr("errors", errors)
	return d, nil
}

func entryValue(e *stats.Entry) python.Value {
	d := python.NewDict()
	for name, v := range map[string]python.Value{
		"name": python.NewStr(e.Name), "method": python.NewStr(e.Method), "last_request_timestamp": optional(e.LastRequestTimestamp),
		"start_time": python.Float(e.StartTime), "num_requests": python.NewInt(e.NumRequests),
		"num_none_requests": python.NewInt(e.NumNoneRequests), "num_failures": python.NewInt(e.NumFailures),
		"total_response_time": numberValue(e.TotalResponseTime), "max_response_time": numberValue(e.MaxResponseTime),
		"min_response_time": optionalNumber(e.MinResponseTime), "total_content_length": numberValue(e.TotalContentLength),
		"response_times": countsValue(e.ResponseTimes), "num_reqs_per_sec": countsValue(e.NumReqsPerSec),
		"num_fail_per_sec": countsValue(e.NumFailPerSec),
	} {
		d.SetStr(name, v)
	}
	return d
}

func optional(f *float64) python.Value {
	if f == nil {
		return python.None
	}
	return python.Float(*f)
}

func numberValue(n stats.Number) python.Value {
	if whole, ok := n.Int64(); ok {
		return python.NewInt(whole)
	}
	return python.Float(n.Float64())
}

func optionalNumber(n *stats.Number) python.Value {
	if n == nil {
		return python.None
	}
	return numberValue(*n)
}

func countsValue[K int | int64](m map[K]int64) python.Value {
	d := python.NewDict()
	for k, n := range m {
		_ = d.Set(nil, python.NewInt(int64(k)), python.NewInt(n)) // ints always hash
	}
	return d
}

func sortedByText[K comparable, V any](m map[K]V) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b K) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return keys
}
