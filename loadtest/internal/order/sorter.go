package order

import (
	"bufio"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"gregaria/internal/requestline"
)

// A sorter makes one sorted file of a log.
type sorter struct {
	path   string
	header []byte
	window int
	lines  int64
	files  []string // the runs; in the end one
	made   int
}

// An item is a line that waits for its turn.
type item struct {
	line []byte
	run  int   // the file that it is for, or that it is from
	end  int64 // of its request
	seq  int64 // as it came
}

// A queue gives the earliest line of the earliest run first.
type queue []item

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	a, b := &q[i], &q[j]
	switch {
	case a.run != b.run:
		return a.run < b.run
	case a.end != b.end:
		return a.end < b.end
	}
	return a.seq < b.seq
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }

// Push is heap.Interface.
func (q *queue) Push(x any) { *q = append(*q, x.(item)) } //nolint:forcetypeassert // it holds nothing else

// Pop is heap.Interface.
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// runs writes sorted runs: a line that comes too late for the one that is being written is for the next.
func (s *sorter) runs(r *reader) error {
	var waiting queue
	var out *output
	size, run, last := 0, 0, int64(0)
	write := func() error {
		first := heap.Pop(&waiting).(item) //nolint:forcetypeassert // it holds nothing else
		size -= len(first.line)
		if out == nil || first.run != run {
			if err := out.close(); err != nil {
				return err
			}
			var err error
			if out, err = s.create(); err != nil {
				return err
			}
			run = first.run
		}
		last = first.end
		return out.write(first.line)
	}
	defer func() { _ = out.close() }()
	for {
		line, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		end, err := requestline.End(line)
		if err != nil {
			return fmt.Errorf("line %d: %w", s.lines+1, err)
		}
		next := item{line: line, run: run, end: end, seq: s.lines}
		if out != nil && end < last {
			next.run++
		}
		heap.Push(&waiting, next)
		s.lines++
		for size += len(line); size > s.window; {
			if err := write(); err != nil {
				return err
			}
		}
	}
	for len(waiting) > 0 {
		if err := write(); err != nil {
			return err
		}
	}
	if out == nil { // nobody has made a request
		var err error
		if out, err = s.create(); err != nil {
			return err
		}
	}
	return out.close()
}

// most is how many runs are merged at once.
const most = 64

// merge makes one file of the runs.
func (s *sorter) merge(ctx context.Context) error {
	for len(s.files) > 1 {
		some := slices.Clone(s.files[:min(most, len(s.files))])
		out, err := s.create()
		if err != nil {
			return err
		}
		if err := errors.Join(s.join(ctx, some, out), out.close()); err != nil {
			return err
		}
		merged := s.files[len(s.files)-1]
		for _, path := range some {
			_ = os.Remove(path)
		}
		// What was merged takes the place of what it was made of: lines of one time stay in order.
		s.files = append([]string{merged}, s.files[len(some):len(s.files)-1]...)
	}
	return nil
}

// join merges some runs.
func (s *sorter) join(ctx context.Context, some []string, out *output) error {
	var readers []*reader
	var waiting queue
	read := func(i int) error {
		line, err := readers[i].next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		end, err := requestline.End(line)
		heap.Push(&waiting, item{line: line, end: end, seq: int64(i)})
		return err
	}
	for i, path := range some {
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer in.Close()
		readers = append(readers, newReader(ctx, in))
		if s.header != nil {
			if _, err := readers[i].next(); err != nil {
				return err
			}
		}
		if err := read(i); err != nil {
			return err
		}
	}
	for len(waiting) > 0 {
		first := heap.Pop(&waiting).(item) //nolint:forcetypeassert // it holds nothing else
		if err := errors.Join(out.write(first.line), read(int(first.seq))); err != nil {
			return err
		}
	}
	return nil
}

// create makes the file of one more run.
func (s *sorter) create() (*output, error) {
	path := fmt.Sprintf("%s.sorting%d", s.path, s.made)
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	s.made++
	s.files = append(s.files, path)
	o := &output{file, bufio.NewWriterSize(file, 1<<20)}
	return o, o.write(s.header)
}

// clean removes what is no result.
func (s *sorter) clean() {
	for _, path := range s.files {
		_ = os.Remove(path) // the one that is the result now has another name
	}
}

// An output is a file that is being written.
type output struct {
	file *os.File
	w    *bufio.Writer
}

func (o *output) write(line []byte) error {
	_, err := o.w.Write(line)
	return err
}

func (o *output) close() error {
	if o == nil || o.file == nil {
		return nil
	}
	err := errors.Join(o.w.Flush(), o.file.Close())
	o.file = nil
	return err
}
