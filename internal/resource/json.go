package resource

import (
	"encoding/json"
	"time"
)

// AppendJSON adds a row to a buffer as a line of JSON: an object with the file's columns as keys, in the file's order. Numbers are
// written as in the file, words are strings. An empty cell is left out, so that no reader takes it for a 0.
func (l *Lines) AppendJSON(to []byte, at time.Time, cells []Cell) []byte {
	to = append(to, l.keys[0]...)
	to = appendTimestamp(to, at)
	for place, i := range l.order {
		key := l.keys[place+1]
		switch {
		case i == timePlace:
			to = append(to, key...)
			to = append(to, '"')
			to = append(appendTime(to, at), '"')
		case cells[i].text != "":
			word, _ := json.Marshal(cells[i].text) // a string always can
			to = append(append(to, key...), word...)
		case cells[i].present:
			to = append(to, key...)
			to = cells[i].append(to)
		}
	}
	return append(to, "}\n"...)
}

// keys are the columns' names with what stands around them in an object.
func keys(names []string) [][]byte {
	var all [][]byte
	for i, name := range names {
		text, _ := json.Marshal(name) // a string always can
		before := byte(',')
		if i == 0 {
			before = '{'
		}
		all = append(all, append(append([]byte{before}, text...), ':'))
	}
	return all
}
