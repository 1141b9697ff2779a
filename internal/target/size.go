package target

import (
	"fmt"
	"strconv"
	"strings"
)

// A Size is a number of bytes. Its text is a number with an optional unit: B, KB, MB or GB, powers of 1024.
type Size int64

// The units of a Size, largest first.
const (
	gigabyte Size = 1 << 30
	megabyte Size = 1 << 20
	kilobyte Size = 1 << 10
)

// unit returns the number of bytes that a suffix stands for.
func unit(suffix string) (Size, bool) {
	switch strings.ToUpper(suffix) {
	case "", "B":
		return 1, true
	case "KB":
		return kilobyte, true
	case "MB":
		return megabyte, true
	case "GB":
		return gigabyte, true
	}
	return 0, false
}

// UnmarshalText reads a size such as "512KB", "1.5MB" or "4096".
func (s *Size) UnmarshalText(text []byte) error {
	digits := strings.TrimRight(string(text), "bBkKmMgG")
	bytes, known := unit(string(text)[len(digits):])
	number, err := strconv.ParseFloat(digits, 64)
	size := number * float64(bytes)
	if err != nil || !known || !(size >= 0 && size < 1<<62) {
		return fmt.Errorf("%q is not a size like 512KB, 1MB or 4096", text)
	}
	*s = Size(size)
	return nil
}

// MarshalText writes the size in the largest unit that divides it.
func (s Size) MarshalText() ([]byte, error) {
	for _, u := range []struct {
		bytes Size
		name  string
	}{{gigabyte, "GB"}, {megabyte, "MB"}, {kilobyte, "KB"}} {
		if s != 0 && s%u.bytes == 0 {
			return fmt.Appendf(nil, "%d%s", s/u.bytes, u.name), nil
		}
	}
	return fmt.Appendf(nil, "%dB", int64(s)), nil
}
