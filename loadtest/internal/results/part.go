package results

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// A Part is those lines of a file whose time is in [First, Next), in seconds of the epoch: of a CSV whose first column that is, or of a request log. A line without a
// time belongs to the one before it; those before the first time are the head of the file, and so of each part.
type Part struct {
	From, To    string
	First, Next float64
	// Without are the beginnings of names of columns that are left out, of a CSV whose cells have no line ends.
	Without []string
}

// Make writes the part, whole or not at all. A file that is not there has none, and that is no error: it is missing in the run itself.
func (p Part) Make() (err error) {
	from, err := os.Open(p.From)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a part of the results: %w", err)
	}
	defer from.Close()
	to, err := os.Create(p.To + ".new")
	if err != nil {
		return fmt.Errorf("write a part of the results: %w", err)
	}
	out := bufio.NewWriterSize(to, 1<<16)
	err = p.copy(out, bufio.NewReaderSize(from, 1<<16))
	if err = errors.Join(err, out.Flush(), to.Close()); err == nil {
		err = os.Rename(to.Name(), p.To)
	}
	if err != nil {
		_ = os.Remove(to.Name())
		return fmt.Errorf("write %s, a part of %s: %w", p.To, p.From, err)
	}
	return nil
}

// copy copies the lines. A half line at the end is one that is just being written.
func (p Part) copy(out io.Writer, in *bufio.Reader) error {
	head, within := true, true
	var dropped []bool
	for {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if at, ok := timeOf(line); ok {
			head, within = false, at >= p.First && at < p.Next
		}
		if !within {
			continue
		}
		if len(p.Without) > 0 {
			if head {
				dropped = p.columns(line)
			}
			line = drop(line, dropped)
		}
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
}

// timeOf is the time that a line begins with.
func timeOf(line []byte) (seconds float64, ok bool) {
	line = bytes.TrimPrefix(line, []byte(`{"timestamp":`))
	end := bytes.IndexAny(line, ",}\r\n")
	if end <= 0 {
		return 0, false
	}
	seconds, err := strconv.ParseFloat(string(line[:end]), 64)
	return seconds, err == nil
}

// columns says of each column of a head whether it is left out.
func (p Part) columns(head []byte) (dropped []bool) {
	for name := range strings.SplitSeq(string(head), ",") {
		dropped = append(dropped, slices.ContainsFunc(p.Without, func(begin string) bool { return strings.HasPrefix(name, begin) }))
	}
	return dropped
}

// drop is a line of a CSV without some of its columns. One that is no row stays as it is: it is read as damaged.
func drop(line []byte, dropped []bool) []byte {
	row, err := csv.NewReader(bytes.NewReader(line)).Read()
	if err != nil || len(row) != len(dropped) {
		return line
	}
	kept := row[:0]
	for i, cell := range row {
		if !dropped[i] {
			kept = append(kept, cell)
		}
	}
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	_ = writer.Write(kept) // into memory
	writer.Flush()
	return out.Bytes()
}
