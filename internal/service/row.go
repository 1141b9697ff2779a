// Package service is the CSV of what a server said of itself, service_TS.csv: its columns, the writer that the monitor uses, and a
// reader.
//
// It is long: a line for each series at each tick at which it was read. Timestamp is that of the rows of the metrics CSV, and so a
// key to join the two by. docs/metrics.md says which series are in it.
//
//	rows, err := service.Read(file)
//	method, ok := rows[0].Label("method")
package service

import (
	"iter"
	"math"
	"strconv"
	"strings"
)

// Header is the first line of the file.
const Header = "Timestamp,target,series,labels,kind,value"

// A Kind says what the value of a row is.
type Kind string

// The kinds of rows.
const (
	// Gauge is the value as the server gave it.
	Gauge Kind = "gauge"
	// Rate is how much a counter grew a second since the answer before.
	Rate Kind = "rate"
)

// A Row is one series at one tick.
type Row struct {
	// Timestamp is the tick, in epoch seconds.
	Timestamp float64
	// Target is the server: the URL that was asked, without user and password.
	Target string
	// Series is the name of the series, as the server calls it.
	Series string
	// Labels are its labels in the order of their names, as Prometheus writes them: method="GET",path="/".
	Labels string
	Kind   Kind
	Value  float64
}

// Label returns the value of a label, and false where the series has none of that name.
func (r Row) Label(name string) (string, bool) {
	for label, value := range Labels(r.Labels) {
		if label == name {
			return value, true
		}
	}
	return "", false
}

// Labels goes through the labels of a row, in their order, as far as they are well written.
func Labels(text string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		for text != "" {
			name, quoted, ok := strings.Cut(text, "=")
			if !ok {
				return
			}
			value, rest, ok := unquote(quoted)
			if !ok || !yield(name, value) {
				return
			}
			text = strings.TrimPrefix(rest, ",")
		}
	}
}

// AppendLabel adds a label to those of a row.
func AppendLabel(to []byte, name, value string) []byte {
	if len(to) > 0 {
		to = append(to, ',')
	}
	to = append(to, name...)
	to = append(to, '=', '"')
	for i := range len(value) {
		switch c := value[i]; c {
		case '\n':
			to = append(to, '\\', 'n')
		case '\r':
			to = append(to, '\\', 'r')
		case '\\', '"':
			to = append(to, '\\', c)
		default:
			to = append(to, c)
		}
	}
	return append(to, '"')
}

// unquote is the inverse of what AppendLabel does to a value. It also returns what stands behind it.
func unquote(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var out []byte
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return string(out), text[i+1:], true
		case c == '\\' && i+1 < len(text):
			i++
			switch text[i] {
			case 'n':
				out = append(out, '\n')
			case 'r':
				out = append(out, '\r')
			default:
				out = append(out, text[i])
			}
		default:
			out = append(out, c)
		}
	}
	return "", "", false
}

// digits is how many digits a value that is no whole number keeps.
const digits = 9

// appendValue writes a finite number.
func appendValue(to []byte, value float64) []byte {
	if value == math.Trunc(value) && math.Abs(value) < 1<<53 {
		return strconv.AppendInt(to, int64(value), 10)
	}
	return strconv.AppendFloat(to, value, 'g', digits, 64)
}
