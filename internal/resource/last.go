package resource

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// The most that Last reads of a file: its header and its tail. A header with 16 GPUs is 2 KiB, and a row is shorter.
const (
	headLimit = 64 << 10
	tailLimit = 64 << 10
)

// Last returns the newest complete row of the metrics CSV at path. It reads the header and the end of the file only, so
// that it may be called every second on a file of any size while the monitor writes it. It returns false without
// an error while there is no row yet: no file, an empty one, or a header alone.
func Last(path string) (Row, bool, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Row{}, false, nil
	}
	if err != nil {
		return Row{}, false, fmt.Errorf("last row of metrics: %w", err)
	}
	defer file.Close()
	row, ok, err := lastRow(file)
	if err != nil {
		return Row{}, false, fmt.Errorf("last row of %s: %w", path, err)
	}
	return row, ok, nil
}

// lastRow parses the header of file and its last complete line, as if nothing stood between them.
func lastRow(file *os.File) (Row, bool, error) {
	info, err := file.Stat()
	if err != nil {
		return Row{}, false, err
	}
	header, err := readHeader(file)
	if err != nil {
		return Row{}, false, err
	}
	start := max(int64(len(header)), info.Size()-tailLimit)
	tail := make([]byte, max(0, info.Size()-start))
	n, err := file.ReadAt(tail, start)
	if err != nil && !errors.Is(err, io.EOF) { // EOF: the file was cut since Stat
		return Row{}, false, err
	}
	rows, err := Parse(append(header, lastLine(tail[:n])...))
	if err != nil || len(rows) == 0 {
		return Row{}, false, err
	}
	return rows[0], true, nil
}

// readHeader returns the first line of file with its newline, and nothing where that line is not complete yet.
func readHeader(file *os.File) ([]byte, error) {
	head := make([]byte, 4<<10)
	for {
		n, err := file.ReadAt(head, 0)
		if end := bytes.IndexByte(head[:n], '\n'); end >= 0 {
			return head[: end+1 : end+1], nil
		}
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if len(head) >= headLimit {
			return nil, fmt.Errorf("no header in the first %d bytes: not a metrics CSV", headLimit)
		}
		head = make([]byte, 2*len(head))
	}
}

// lastLine returns the last complete line of data with its newline.
func lastLine(data []byte) []byte {
	data = complete(data)
	if len(data) == 0 {
		return nil
	}
	return data[bytes.LastIndexByte(data[:len(data)-1], '\n')+1:]
}
