package collector

import (
	"bytes"
	"slices"

	"gregaria/monitor/internal/kernel"
)

// An snmp is a file of the form of /proc/net/snmp and netstat: a line of names and one of numbers for each prefix, "Tcp: ".
type snmp struct {
	file   *kernel.File
	prefix []byte
	keys   []string
	titles []byte   // the line of names that places are of
	places []int    // of each key among the names; -1 where this kernel has none
	values []uint64 // of each key
	have   []bool   // which of them could be read
}

func newSNMP(path, prefix string, keys []string) *snmp {
	return &snmp{
		file: kernel.NewRecord(path, new(kernel.Room)), prefix: []byte(prefix), keys: keys,
		places: make([]int, len(keys)), values: make([]uint64, len(keys)), have: make([]bool, len(keys)),
	}
}

// read reads the values of the keys.
func (s *snmp) read() error {
	clear(s.have)
	data, err := s.file.Read()
	if err != nil {
		return err
	}
	titles, numbers := findSNMP(data, s.prefix)
	if !bytes.Equal(titles, s.titles) { // at the first reading, if ever
		s.titles = slices.Clone(titles)
		for i, key := range s.keys {
			s.places[i] = placeOf(titles, key)
		}
	}
	for place := 0; len(numbers) > 0; place++ {
		var word []byte
		word, numbers = kernel.NextWord(numbers)
		for i, wanted := range s.places {
			if wanted == place {
				s.values[i], s.have[i] = kernel.Uint(word) // MaxConn is -1
			}
		}
	}
	return nil
}

// value returns what the last read found for key i.
func (s *snmp) value(i int) (uint64, bool) { return s.values[i], s.have[i] }

// findSNMP returns the names and the numbers of a prefix, such as "Tcp:"; both are nil where one is missing.
func findSNMP(data, prefix []byte) (titles, numbers []byte) {
	for len(data) > 0 {
		var line []byte
		line, data, _ = kernel.NextLine(data)
		rest, ok := bytes.CutPrefix(line, prefix)
		if !ok {
			continue
		}
		if titles != nil {
			return titles, rest
		}
		titles = rest
	}
	return nil, nil
}

// placeOf is which word of a line a word is, -1 where it is none.
func placeOf(line []byte, key string) int {
	for place := 0; ; place++ {
		word, rest := kernel.NextWord(line)
		if len(word) == 0 {
			return -1
		}
		if string(word) == key {
			return place
		}
		line = rest
	}
}
