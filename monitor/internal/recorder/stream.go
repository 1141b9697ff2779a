package recorder

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"gregaria/internal/resource"
)

// lastWord is how long the end waits for a reader to take the row that is being written.
const lastWord = 200 * time.Millisecond

// errStuck means that the reader of a pipe did not take a row, and that the monitor was told to end.
var errStuck = fmt.Errorf("the reader takes nothing, its pipe is full; the last row is %w", ErrLost)

// A Stream writes rows to a pipe, or to whatever standard output is. A reader that is slow makes Write wait, so ticks are
// missed and counted; it does not keep the monitor from ending. Write is called by one goroutine.
type Stream struct {
	to    io.Writer
	end   <-chan struct{} // closed when the monitor is to end
	lines *resource.Lines

	work    chan []byte
	results chan error
	stuck   bool // a Write is under way that nobody waits for
	written int
}

// NewStream returns a Stream to a writer. Once end is closed, a write that the reader does not take is given up.
func NewStream(to io.Writer, end <-chan struct{}) *Stream {
	s := &Stream{to: to, end: end, work: make(chan []byte, 1), results: make(chan error, 1)}
	go s.run()
	return s
}

// run does the writing, so that nobody else has to wait in a system call that cannot be ended.
func (s *Stream) run() {
	for line := range s.work {
		s.results <- writeWhole(s.to, line)
	}
}

// Begin writes the header. Nothing was written before, so there is no time that rows have to be after.
func (s *Stream) Begin(columns []string) (time.Time, error) {
	lines, err := resource.NewLines(columns)
	if err != nil {
		return time.Time{}, err
	}
	s.lines = lines
	return time.Time{}, s.put(lines.Header())
}

// Write writes a row. It returns ErrReaderGone when nobody reads any more.
func (s *Stream) Write(at time.Time, cells []resource.Cell) error {
	line, err := s.lines.Row(at, cells)
	if err != nil {
		return err
	}
	if err := s.put(line); err != nil {
		return err
	}
	s.written++
	return nil
}

// Close ends the Stream; the writer stays open, for it is not ours.
func (s *Stream) Close() error {
	close(s.work)
	return nil
}

// put has the line written and waits for that, as long as the monitor is not told to end.
func (s *Stream) put(line []byte) error {
	if s.stuck {
		return errStuck
	}
	s.work <- line
	select {
	case err := <-s.results:
		return s.judge(err)
	case <-s.end:
	}
	timeout := time.NewTimer(lastWord)
	defer timeout.Stop()
	select {
	case err := <-s.results:
		return s.judge(err)
	case <-timeout.C:
		s.stuck = true // the line's memory is the goroutine's from now on
		return errStuck
	}
}

func (s *Stream) judge(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return fmt.Errorf("%w after %s", ErrReaderGone, count(s.written, "row", "rows"))
	}
	return err
}

// writeWhole writes a line. Where standard output is a file on a full disk, what was taken of the line is given back.
func writeWhole(to io.Writer, line []byte) error {
	n, err := to.Write(line)
	if err == nil || n == 0 {
		return err
	}
	file, ok := to.(*os.File)
	if !ok {
		return err
	}
	if info, statErr := file.Stat(); statErr != nil || !info.Mode().IsRegular() {
		return err
	}
	end, seekErr := file.Seek(int64(-n), io.SeekCurrent)
	if seekErr == nil {
		seekErr = file.Truncate(end)
	}
	if seekErr != nil {
		return fmt.Errorf("%w; half a row stays: %w", err, seekErr)
	}
	return err
}
