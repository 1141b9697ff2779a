package recorder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/resource"
)

func begin(t *testing.T, s *Stream) {
	t.Helper()
	if _, err := s.Begin(columns()); err != nil {
		t.Fatal(err)
	}
}

func write(s *Stream, second int64) error {
	return s.Write(time.Unix(second, 0), []resource.Cell{resource.Of(12.3456), {}, resource.Of(float64(second + 1))})
}

func TestReaderHasGone(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	do(t, err)
	defer w.Close()
	s := NewStream(w, nil)
	begin(t, s)
	do(t, write(s, firstSecond))
	do(t, r.Close())
	if err := write(s, firstSecond+1); !errors.Is(err, ErrReaderGone) || err.Error() != "the reader has gone after 1 row" {
		t.Errorf("Write = %v, want %v", err, ErrReaderGone)
	}
	do(t, s.Close())
}

// blocked is a pipe whose reader takes nothing until it is released.
type blocked struct{ release chan struct{} }

func (b blocked) Write(p []byte) (int, error) {
	<-b.release
	return len(p), nil
}

func TestSlowReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pipe, end := blocked{make(chan struct{})}, make(chan struct{})
		s := NewStream(pipe, end)
		time.AfterFunc(3*time.Second, func() { pipe.release <- struct{}{} })
		start := time.Now()
		begin(t, s)
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("the header took %s, want as long as the reader: 3s", took)
		}
		time.AfterFunc(5*time.Second, func() { close(end) })
		if err := write(s, firstSecond); !errors.Is(err, errStuck) {
			t.Errorf("Write after the end = %v, want %v", err, errStuck)
		}
		if took := time.Since(start); took != 8*time.Second+lastWord {
			t.Errorf("the end came after %s, want %s", took, 8*time.Second+lastWord)
		}
		if err := write(s, firstSecond+1); !errors.Is(err, errStuck) {
			t.Errorf("another Write = %v, want %v", err, errStuck)
		}
		do(t, s.Close())
		close(pipe.release)
	})
}

// TestTheRowAtTheEndIsTaken: a reader that reads gets the row that was being written when the end came.
func TestTheRowAtTheEndIsTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		pipe, end := blocked{make(chan struct{})}, make(chan struct{})
		s := NewStream(pipe, end)
		time.AfterFunc(lastWord/2, func() { close(pipe.release) })
		close(end)
		begin(t, s)
		do(t, write(s, firstSecond))
		do(t, s.Close())
	})
}

func TestStandardOutputOnAFullDisk(t *testing.T) {
	t.Parallel()
	dir := smallDisk(t)
	path := filepath.Join(dir, "out")
	file, err := os.Create(path)
	do(t, err)
	defer file.Close()
	s := NewStream(file, nil)
	begin(t, s)
	ballast(t, dir)
	last := int64(firstSecond)
	for err = write(s, last); err == nil; err = write(s, last) {
		last++
	}
	if !errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "half") {
		t.Errorf("Write = %v, want %v", err, syscall.ENOSPC)
	}
	want(t, path, firstSecond, last-1)
	do(t, os.Remove(filepath.Join(dir, "ballast")))
	do(t, write(s, last))
	want(t, path, firstSecond, last)
	do(t, s.Close())
}
