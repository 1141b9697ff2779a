package equal

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// A Server records requests as they are on the wire, to the last byte, and answers by rule. It speaks just enough
// HTTP/1.1 for that: net/http would hide the case of header names and the raw target.
type Server struct {
	mode Mode
	ln   net.Listener // nil when refused
	fd   int          // the socket that nobody listens on, when refused
	port int
	wg   sync.WaitGroup

	mu    sync.Mutex // guards what follows
	got   []Request
	conns map[net.Conn]bool
	seen  map[string]int // requests by method and path
}

// Listen starts a server on a free port of the loopback. In mode Refused the port is taken but refuses connections.
func Listen(mode Mode) (*Server, error) {
	s := &Server{mode: mode, conns: map[net.Conn]bool{}, seen: map[string]int{}}
	if mode == Refused {
		return s, s.reserve()
	}
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("start the recording server: %w", err)
	}
	s.ln, s.port = ln, ln.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // a TCP listener has a TCP address
	s.wg.Go(s.accept)
	return s, nil
}

// reserve binds a port without listening: connections to it are refused, and nobody else gets it.
func (s *Server) reserve() error {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		return fmt.Errorf("make a socket: %w", err)
	}
	syscall.CloseOnExec(fd)
	s.fd = fd
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return fmt.Errorf("bind a port: %w", err)
	}
	addr, err := syscall.Getsockname(fd)
	if err != nil {
		return fmt.Errorf("read the bound port: %w", err)
	}
	s.port = addr.(*syscall.SockaddrInet4).Port //nolint:forcetypeassert // it was bound to one
	return nil
}

// Port returns the server's port.
func (s *Server) Port() int { return s.port }

// URL returns the host under test.
func (s *Server) URL() string { return "http://127.0.0.1:" + strconv.Itoa(s.port) }

// Requests returns what has been recorded.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request{}, s.got...)
}

// Close closes all connections and waits for their goroutines.
func (s *Server) Close() {
	if s.ln == nil {
		_ = syscall.Close(s.fd)
		return
	}
	_ = s.ln.Close()
	s.mu.Lock()
	for c := range s.conns {
		_ = c.Close()
	}
	s.mu.Unlock()
	s.wg.Wait()
}

func (s *Server) accept() {
	for {
		c, err := s.ln.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		s.conns[c] = true
		s.mu.Unlock()
		s.wg.Go(func() { s.serve(c) })
	}
}

// serve answers the requests of one connection until one side has had enough.
func (s *Server) serve(c net.Conn) {
	defer func() {
		_ = c.Close()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	}()
	for r := bufio.NewReader(c); ; {
		q, err := readRequest(r)
		if err != nil {
			return
		}
		if keep, err := s.answer(q).write(c, q.Method); err != nil || !keep {
			return
		}
	}
}

// answer records a request and decides on the answer.
func (s *Server) answer(q Request) answer {
	s.mu.Lock()
	s.got = append(s.got, q)
	key := q.Method + " " + q.path()
	s.seen[key]++
	nth := s.seen[key]
	s.mu.Unlock()
	if s.mode == Failing {
		return asJSON(500, `{"error": "internal", "detail": "the database is on fire"}`)
	}
	return route(q, nth)
}

// readRequest reads one request; the body is read whole.
func readRequest(r *bufio.Reader) (q Request, err error) {
	line, err := readLine(r)
	if err != nil {
		return q, err
	}
	parts := strings.SplitN(line, " ", 3)
	if len(parts) != 3 {
		return q, fmt.Errorf("%q is no request line", line)
	}
	q.Method, q.Target = parts[0], parts[1]
	for {
		line, err := readLine(r)
		if err != nil {
			return q, err
		}
		if line == "" {
			break
		}
		q.Headers = append(q.Headers, line)
	}
	body, err := q.readBody(r)
	q.Body = string(body)
	return q, err
}

func (q *Request) readBody(r *bufio.Reader) ([]byte, error) {
	if q.Header("Transfer-Encoding") == "chunked" {
		return readChunks(r)
	}
	length, _ := strconv.Atoi(q.Header("Content-Length"))
	body := make([]byte, length)
	_, err := io.ReadFull(r, body)
	return body, err
}

// readChunks reads a chunked body and keeps the chunks visible: where one ends is what the client chose.
func readChunks(r *bufio.Reader) (body []byte, err error) {
	for {
		line, err := readLine(r)
		if err != nil {
			return nil, err
		}
		size, err := strconv.ParseInt(line, 16, 32)
		if err != nil {
			return nil, fmt.Errorf("%q is no size of a chunk", line)
		}
		chunk := make([]byte, size)
		if _, err := io.ReadFull(r, chunk); err != nil {
			return nil, err
		}
		if _, err := readLine(r); err != nil {
			return nil, err
		}
		if size == 0 {
			return body, nil
		}
		body = append(append(body, chunk...), '|')
	}
}

func readLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	return strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r"), err
}

// Header returns the value of a header, "" if there is none.
func (q *Request) Header(name string) string {
	for _, line := range q.Headers {
		key, value, _ := strings.Cut(line, ":")
		if textproto.CanonicalMIMEHeaderKey(key) == textproto.CanonicalMIMEHeaderKey(name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// path is that of the target, which a client of a proxy writes with the host in front.
func (q *Request) path() string {
	path, _, _ := strings.Cut(q.Target, "?")
	if _, rest, whole := strings.Cut(path, "://"); whole {
		_, path, _ = strings.Cut(rest, "/")
		return "/" + path
	}
	return path
}
