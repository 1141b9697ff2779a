package extra

import (
	"bytes"
	"errors"
	"io"
	"os"
	"sync"
	"syscall"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/stdlib"
)

// pipeBuffer is how many bytes a pipe reads ahead.
const pipeBuffer = 1 << 20

// A pipe is this end of a child's pipe. A goroutine reads ahead, so that a reader waits without the lock of the isolate.
type pipe struct {
	file *os.File

	mu      sync.Mutex // guards what follows
	buf     bytes.Buffer
	err     error         // io.EOF, or why it cannot be read any more
	changed chan struct{} // closed at the next change
	room    *sync.Cond    // there is room in the buffer, or the pipe is closed
	closed  bool
}

func newPipe(f *os.File, reads bool) *pipe {
	p := &pipe{file: f, changed: make(chan struct{})}
	p.room = sync.NewCond(&p.mu)
	if reads {
		go p.pump()
	}
	return p
}

// pump reads until the end.
func (p *pipe) pump() {
	chunk := make([]byte, 64<<10)
	for {
		n, err := p.file.Read(chunk)
		p.mu.Lock()
		p.buf.Write(chunk[:n])
		p.err = err
		close(p.changed)
		p.changed = make(chan struct{})
		for p.buf.Len() > pipeBuffer && !p.closed {
			p.room.Wait()
		}
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (p *pipe) close() error {
	p.mu.Lock()
	p.closed = true
	p.room.Broadcast()
	p.mu.Unlock()
	if err := p.file.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return python.OSException(err, "")
	}
	return nil
}

// await calls take with the buffer until it is content, and waits in between; done says that nothing more will come. It says
// whether it was in time; a negative timeout is for ever.
func (p *pipe) await(t *thread, timeout time.Duration, take func(buf *bytes.Buffer, done bool) bool) (bool, error) {
	var end time.Time
	if timeout >= 0 {
		end = time.Now().Add(timeout)
	}
	for {
		p.mu.Lock()
		ok := take(&p.buf, p.err != nil)
		p.room.Broadcast()
		changed := p.changed
		p.mu.Unlock()
		if ok {
			return true, nil
		}
		if timeout >= 0 {
			if timeout = time.Until(end); timeout <= 0 {
				return false, nil
			}
		}
		if _, err := stdlib.Wait(t, changed, timeout); err != nil {
			return false, err
		}
	}
}

// readPipe reads so many bytes, or all that come (size < 0); None says that the time was over before.
func readPipe(t *thread, a []value) (value, error) {
	p := a[0].(*python.Instance).Data.(*pipe)
	size, err := t.Index(a[1])
	if err != nil {
		return nil, err
	}
	timeout := time.Duration(-1)
	if s, ok := python.AsFloat(a[2]); ok {
		timeout = time.Duration(min(max(s, 0), 9e9) * 1e9)
	}
	var out []byte
	ok, err := p.await(t, timeout, func(buf *bytes.Buffer, done bool) bool {
		if size < 0 {
			out = append(out, buf.Next(buf.Len())...) // so that the child can go on
			return done
		}
		if done || int64(buf.Len()) >= size {
			out = bytes.Clone(buf.Next(int(size)))
			return true
		}
		return false
	})
	if err == nil {
		err = t.Grown(len(out), len(out))
	}
	if err != nil {
		return nil, err
	}
	if !ok {
		p.unread(out)
		return python.None, nil
	}
	return python.NewBytes(out), nil
}

// unread puts back what was read in vain.
func (p *pipe) unread(data []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	rest := bytes.Clone(p.buf.Bytes())
	p.buf.Reset()
	p.buf.Write(data)
	p.buf.Write(rest)
}

// readLine reads to the end of a line.
func readLine(t *thread, a []value) (value, error) {
	p := a[0].(*python.Instance).Data.(*pipe)
	var line []byte
	_, err := p.await(t, -1, func(buf *bytes.Buffer, done bool) bool {
		if i := bytes.IndexByte(buf.Bytes(), '\n'); i >= 0 || done || buf.Len() > pipeBuffer/2 {
			if i < 0 {
				i = buf.Len() - 1
			}
			line = bytes.Clone(buf.Next(i + 1))
			return true
		}
		return false
	})
	return python.NewBytes(line), err
}

// writePipe writes all of the data, without the lock.
func writePipe(t *thread, a []value) (value, error) {
	p := a[0].(*python.Instance).Data.(*pipe)
	data, err := bytesOf(a[1])
	if err != nil {
		return nil, err
	}
	done := make(chan struct{})
	var failed error
	go func() {
		_, failed = io.WriteString(p.file, data)
		close(done)
	}()
	if _, err := stdlib.Wait(t, done, -1); err != nil {
		return nil, err
	}
	var path *os.PathError
	if errors.As(failed, &path) && errors.Is(path.Err, syscall.EPIPE) {
		failed = syscall.EPIPE
	}
	if failed != nil {
		return nil, python.OSException(failed, "")
	}
	return python.NewInt(int64(len(data))), nil
}
