package collector

import (
	"bytes"

	"gregaria/monitor/internal/kernel"
)

// A sockstat is the line TCP of /proc/net/sockstat (sockstat_seq_show in net/ipv4/proc.c): names and numbers in turn. It counts sockets
// of IPv6 too; sockstat6 has nothing that it lacks.
type sockstat struct {
	file   *kernel.File
	keys   []string
	values []uint64
	have   []bool
}

func newSockstat(path string, keys []string) *sockstat {
	return &sockstat{file: kernel.NewRecord(path, new(kernel.Room)), keys: keys, values: make([]uint64, len(keys)), have: make([]bool, len(keys))}
}

func (s *sockstat) read() error {
	clear(s.have)
	data, err := s.file.Read()
	if err != nil {
		return err
	}
	for i, key := range s.keys {
		s.values[i], s.have[i] = findSockstat(data, "TCP:", key)
	}
	return nil
}

func (s *sockstat) value(i int) (uint64, bool) { return s.values[i], s.have[i] }

// findSockstat returns the number behind a name in a line.
func findSockstat(data []byte, prefix, key string) (uint64, bool) {
	for len(data) > 0 {
		var line []byte
		line, data, _ = kernel.NextLine(data)
		if !bytes.HasPrefix(line, []byte(prefix)) {
			continue
		}
		line = line[len(prefix):]
		for len(line) > 0 {
			var name []byte
			name, line = kernel.NextWord(line)
			value, rest, ok := kernel.NextUint(line)
			if string(name) == key {
				return value, ok
			}
			line = rest
		}
	}
	return 0, false
}
