package recorder

import (
	"bytes"
	"errors"
	"fmt"
)

// errNotOurs means that something else stands where the file was, or in it. It is left alone.
var errNotOurs = errors.New("it is left as it is")

// flush writes the rows that wait, the header before them where the file has none yet.
func (f *File) flush() error {
	if err := f.find(); err != nil {
		return err
	}
	if err := f.cut(); err != nil {
		return err
	}
	if !f.headed {
		n, err := f.put(f.lines.Header())
		if err != nil {
			return err
		}
		f.headed = n > 0
	}
	n, err := f.put(f.waiting.lines)
	if taken := f.waiting.taken(n); len(taken) > 0 {
		f.written += len(taken)
		f.last = taken[len(taken)-1]
	}
	return err
}

// put adds whole lines to the end of the file and returns how many bytes of them are there. What a full disk took of a line it
// gives back: a row that ends in the middle of a number reads as another number.
func (f *File) put(lines []byte) (int, error) {
	if len(lines) == 0 {
		return 0, nil
	}
	n, err := f.handle.Write(lines)
	whole := n
	if err != nil {
		whole = bytes.LastIndexByte(lines[:n], '\n') + 1
	}
	f.size += int64(whole)
	if f.half = n - whole; f.half > 0 {
		if cut := f.cut(); cut != nil {
			return whole, fmt.Errorf("%w; %w", err, cut)
		}
	}
	return whole, err
}

// cut removes the piece of a row behind the whole lines. It removes the monitor's own bytes only: where somebody else has written
// behind them, the file has another size than it would have.
func (f *File) cut() error {
	if f.half == 0 {
		return nil
	}
	info, err := f.handle.Stat()
	if err != nil {
		return fmt.Errorf("cut off half a row: %w", err)
	}
	if info.Size() != f.size+int64(f.half) {
		return fmt.Errorf("somebody else writes to the file, behind half a row: %w", errNotOurs)
	}
	if err := f.handle.Truncate(f.size); err != nil {
		return fmt.Errorf("cut off half a row: %w", err)
	}
	f.half = 0
	return nil
}
