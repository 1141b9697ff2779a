package goroutine

import (
	"bytes"
	"runtime"
	"strconv"
)

// fromStack is the number that the runtime prints.
func fromStack() uint64 {
	var text [64]byte // "goroutine 18 [running]:"
	line := text[:runtime.Stack(text[:], false)]
	number, _, _ := bytes.Cut(bytes.TrimPrefix(line, []byte("goroutine ")), []byte(" "))
	id, _ := strconv.ParseUint(string(number), 10, 64)
	return id
}
