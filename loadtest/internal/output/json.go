package output

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"strings"

	"gregaria/loadtest/internal/analysis"
)

// JSON is a run in JSON: the fields of analysis.Findings in their order, lists that are empty as [], and null for a number that is not known. JSON has no
// NaN and no infinity, and encoding/json refuses a whole document for one of them.
func JSON(f *analysis.Findings) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(tree(reflect.ValueOf(*f))); err != nil {
		return nil, marshalled("summary", err)
	}
	return b.Bytes(), nil
}

// An object is a JSON object whose members have an order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return nil, err
		}
		b.Write(append(name, ':'))
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// tree is a value made of what encoding/json takes as it is. Maps are left to it: it sorts their keys.
func tree(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Float32, reflect.Float64:
		if x := v.Float(); math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return tree(v.Elem())
	case reflect.Slice, reflect.Array:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = tree(v.Index(i))
		}
		return list
	case reflect.Map:
		values := make(map[string]any, v.Len())
		for _, key := range v.MapKeys() {
			values[key.String()] = tree(v.MapIndex(key))
		}
		return values
	case reflect.Struct:
		return members(v)
	}
	return v.Interface()
}

// members are the fields of a struct by the names in their tags.
func members(v reflect.Value) object {
	var o object
	for i := range v.NumField() {
		name, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "-" || strings.Contains(options, "omitempty") && empty(v.Field(i)) {
			continue
		}
		if name == "" {
			name = v.Type().Field(i).Name
		}
		o = append(o, member{name, tree(v.Field(i))})
	}
	return o
}

// empty is what omitempty leaves out.
func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
