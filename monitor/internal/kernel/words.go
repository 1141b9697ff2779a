// Package kernel reads the text files of /proc, /sys and the cgroups as often as a tick asks for: kept open, read anew with
// pread(2), parsed without allocation.
package kernel

import (
	"bytes"
	"math"
)

// NextLine cuts the first line off data. The line has no newline; ok is false where nothing is left.
func NextLine(data []byte) (line, rest []byte, ok bool) {
	if len(data) == 0 {
		return nil, nil, false
	}
	if end := bytes.IndexByte(data, '\n'); end >= 0 {
		return data[:end], data[end+1:], true
	}
	return data, nil, true
}

// NextWord cuts the first word off a line: what stands between spaces and tabs. It is empty where no word is left.
func NextWord(line []byte) (word, rest []byte) {
	start := 0
	for start < len(line) && isSpace(line[start]) {
		start++
	}
	end := start
	for end < len(line) && !isSpace(line[end]) {
		end++
	}
	return line[start:end], line[end:]
}

// SkipWords cuts n words off a line.
func SkipWords(line []byte, n int) []byte {
	for range n {
		_, line = NextWord(line)
	}
	return line
}

// NextUint cuts the first word off a line and reads it as Uint does.
func NextUint(line []byte) (value uint64, rest []byte, ok bool) {
	word, rest := NextWord(line)
	value, ok = Uint(word)
	return value, rest, ok
}

// Uint reads a number of digits alone. It returns false for any other text and for a number above 2^64 - 1.
func Uint(text []byte) (uint64, bool) {
	if len(text) == 0 {
		return 0, false
	}
	var value uint64
	for _, c := range text {
		digit := uint64(c - '0')
		if c < '0' || c > '9' || value > (math.MaxUint64-digit)/10 {
			return 0, false
		}
		value = value*10 + digit
	}
	return value, true
}

// Value returns the number behind key in lines of the form "key number" or "key: number", as meminfo, memory.stat, cpu.stat
// and /proc/PID/io have them. A unit behind the number is left out.
func Value(data []byte, key string) (uint64, bool) {
	value, _, ok := NextValue(data, key)
	return value, ok
}

// NextValue is Value, and returns what follows the line: where the next key is in a file whose order is known. It returns all of data
// where the key is not in it.
func NextValue(data []byte, key string) (value uint64, rest []byte, ok bool) {
	for rest = data; len(rest) > 0; {
		var line []byte
		line, rest, _ = NextLine(rest)
		if len(line) <= len(key) || string(line[:len(key)]) != key {
			continue
		}
		behind := line[len(key):]
		if behind[0] == ':' {
			behind = behind[1:]
		} else if !isSpace(behind[0]) {
			continue
		}
		value, _, ok = NextUint(behind)
		return value, rest, ok
	}
	return 0, data, false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }
