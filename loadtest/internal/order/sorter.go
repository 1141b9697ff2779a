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

// runs writes sorted runs.
func (s *sorter) runs(r *reader) error {
	w := window{sorter: s}
	defer func() { _ = w.out.close() }()
	for {
		line, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			err = w.add(line)
		}
		if err != nil {
			return err
		}
	}
	return w.end()
}

// A window is the lines that are in memory while runs are written.
type window struct {
	sorter *sorter
	queue  queue
	size   int // of the lines
	out    *output
	run    int   // that is being written
	last   int64 // the end of the line that was written last
}

// add takes a line, and writes the earliest of all where they are too many: a line that comes too late for the run that is being written is for the next.
func (w *window) add(line []byte) error {
	end, err := requestline.End(line)
	if err != nil {
		return fmt.Errorf("line %d: %w", w.sorter.lines+1, err)
	}
	next := item{line: line, run: w.run, end: end, seq: w.sorter.lines}
	if w.out != nil && end < w.last {
		next.run++
	}
	heap.Push(&w.queue, next)
	w.sorter.lines++
	for w.size += len(line); w.size > w.sorter.window; {
		if err := w.write(); err != nil {
			return err
		}
	}
	return nil
}

// write writes the earliest line.
func (w *window) write() error {
	first := heap.Pop(&w.queue).(item) //nolint:forcetypeassert // it holds nothing else
	w.size -= len(first.line)
	if w.out == nil || first.run != w.run {
		if err := w.begin(); err != nil {
			return err
		}
	}
	w.run, w.last = first.run, first.end
	return w.out.write(first.line)
}

// begin begins a run.
func (w *window) begin() error {
	if err := w.out.close(); err != nil {
		return err
	}
	var err error
	w.out, err = w.sorter.create()
	return err
}

// end writes what is left. A log without a request has a run, too.
func (w *window) end() error {
	for len(w.queue) > 0 {
		if err := w.write(); err != nil {
			return err
		}
	}
	if w.out == nil {
		if err := w.begin(); err != nil {
			return err
		}
	}
	return w.out.close()
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
