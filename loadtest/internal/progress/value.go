package progress

import (
	"fmt"
	"math"
)

// A Value is a number that may be unknown: then it is shown as a dash, never as 0.
type Value struct {
	Number float64
	Known  bool
}

// Known returns a Value; it takes what a function with a "number, ok" result returns.
func Known(number float64, known bool) Value { return Value{number, known} }

// show formats a known value.
func (v Value) show(format string) string {
	if !v.Known {
		return "-"
	}
	return fmt.Sprintf(format, v.Number)
}

// milliseconds shows a time: in seconds where it is long, with a digit more where it is short.
func (v Value) milliseconds() string {
	switch {
	case v.Known && v.Number >= 9999.5:
		return fmt.Sprintf("%.1f s", v.Number/1000)
	case v.Known && v.Number < 9.95 && v.Number != math.Trunc(v.Number):
		return v.show("%.1f ms")
	default:
		return v.show("%.0f ms")
	}
}

// megabytes shows memory in MB of 2^20 bytes, in GB where it is much.
func (v Value) megabytes() string {
	if v.Known && v.Number >= 10240 {
		return fmt.Sprintf("%.1f GB", v.Number/1024)
	}
	return v.show("%.0f MB")
}

// rate shows how often something comes in a second.
func (v Value) rate() string {
	if v.Known && v.Number >= 9999.5 {
		return v.show("%.0f")
	}
	return v.show("%.1f")
}
