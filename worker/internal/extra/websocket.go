package extra

import (
	"context"
	"net/netip"
	"time"

	"github.com/gobwas/ws"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sockopt"
	"gregaria/worker/internal/sslcontext"
	"gregaria/worker/internal/wire"
)

// newWebSocket makes what the module websocket is built on.
func newWebSocket(*thread) (*python.Module, error) {
	return python.NewModule("_extra_websocket", nil, append(socketFunctions(&wire.Unread{}),
		python.Func("mask(key, data)", func(_ *thread, a []value) (value, error) {
			key, _ := python.AsBytes(a[0])
			b, _ := python.AsBytes(a[1])
			out := []byte(b)
			if len(key) == 4 {
				ws.Cipher(out, [4]byte([]byte(key)), 0)
			}
			return python.NewBytes(out), nil
		}),
		python.Func("in_network(ip, network)", func(_ *thread, a []value) (value, error) {
			ip, _ := python.AsStr(a[0])
			network, _ := python.AsStr(a[1])
			addr, err := netip.ParseAddr(ip)
			if err != nil {
				return python.False, nil //nolint:nilerr // a name is in no network
			}
			prefix, err := netip.ParsePrefix(network)
			return python.NewBool(err == nil && prefix.Contains(addr)), nil
		}),
	)...), nil
}

func socketFunctions(unread *wire.Unread) []*python.Native { //nolint:funlen // a table of short functions
	return []*python.Native{
		python.Func("connect(host, port, options, timeout)", func(t *thread, a []value) (value, error) {
			host, _ := python.AsStr(a[0])
			port, _ := python.AsInt(a[1])
			options, err := sockopt.Read(t, a[2])
			if err != nil {
				return nil, err
			}
			timeout, ctx := timeoutOf(a[3]), lifetime(t)
			var s *socket
			var failed error
			if err := t.BlockingIn(ctx, func(dialing context.Context) { s, failed = connect(dialing, ctx, host, port, options, timeout, unread) }); err != nil {
				return nil, err
			}
			if failed != nil {
				return nil, networkError(t, failed)
			}
			return python.NewInstance(python.ObjectType, s), nil
		}),
		python.Func("secure(socket, context, name, timeout)", func(t *thread, a []value) (value, error) {
			settings := sslcontext.Of(a[1])
			if settings == nil {
				return nil, python.Errorf(python.TypeError, "'%s' object is no SSLContext", python.TypeOf(a[1]).Name())
			}
			name, _ := python.AsStr(a[2])
			config, err := settings.Config(t, name)
			if err != nil {
				return nil, err
			}
			s, timeout := socketOf(a[0]), timeoutOf(a[3])
			var failed error
			if err := t.BlockingIn(lifetime(t), func(ctx context.Context) { failed = s.secure(ctx, config, timeout) }); err != nil {
				return nil, err
			}
			if failed == nil {
				return python.None, nil
			}
			if f := sslcontext.EndOfHandshake(failed); f != nil {
				return nil, raise(t, f.Class, python.NewInt(f.Number), str(f.Text))
			}
			return nil, networkError(t, failed)
		}),
		python.Func("opened(socket, resource)", func(t *thread, a []value) (value, error) {
			resource, _ := python.AsStr(a[1])
			socketOf(a[0]).opened(environ(t), resource)
			return python.None, nil
		}),
		python.Func("send(socket, data, timeout)", func(t *thread, a []value) (value, error) {
			b, _ := python.AsBytes(a[1])
			s, timeout := socketOf(a[0]), timeoutOf(a[2])
			return python.NewInt(int64(len(b))), s.writes.blocking(t, func() error { return s.send([]byte(b), timeout) })
		}),
		python.Func("receive(socket, n, timeout)", func(t *thread, a []value) (value, error) {
			n, _ := python.AsInt(a[1])
			s, timeout := socketOf(a[0]), timeoutOf(a[2])
			var b []byte
			err := s.reads.blocking(t, func() (err error) {
				b, err = s.receive(int(n), timeout)
				return err
			})
			return python.NewBytes(b), err
		}),
		python.Func("line(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			var line []byte
			err := s.reads.blocking(t, func() (err error) {
				line, err = s.line(timeout)
				return err
			})
			return python.NewBytes(line), err
		}),
		python.Func("frame(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			var b []byte
			err := s.reads.blocking(t, func() (err error) {
				b, err = s.next(timeout)
				return err
			})
			if err != nil || b == nil {
				return python.None, err
			}
			return frameValue(b), nil
		}),
		python.Func("readable(socket, timeout)", func(t *thread, a []value) (value, error) {
			s, timeout := socketOf(a[0]), timeoutOf(a[1])
			ready := false
			err := s.reads.blocking(t, func() (err error) {
				ready, err = s.readable(timeout)
				return err
			})
			return python.NewBool(ready), err
		}),
		python.Func("fileno(socket)", func(t *thread, a []value) (value, error) {
			n, err := socketOf(a[0]).fileno()
			return python.NewInt(n), networkError(t, err)
		}),
		python.Func("close(socket)", func(t *thread, a []value) (value, error) {
			s := socketOf(a[0])
			return python.None, t.Blocking(func() { _ = s.close() })
		}),
	}
}

// frameValue is a frame in parts: its first byte, whether it was masked, and its content without the mask.
func frameValue(b []byte) value {
	head := headSize(b)
	if b[1]&0x80 != 0 {
		ws.Cipher(b[head:], [4]byte(b[head-4:head]), 0)
	}
	return python.NewTuple(python.NewInt(int64(b[0])), python.NewInt(int64(b[1]>>7)), python.NewBytes(b[head:]))
}

// headSize is how much of a frame stands before its content.
func headSize(b []byte) int {
	head := 2
	switch b[1] & 0x7f {
	case 126:
		head = 4
	case 127:
		head = 10
	}
	if b[1]&0x80 != 0 {
		head += 4
	}
	return head
}

func socketOf(v value) *socket { return v.(*python.Instance).Data.(*socket) }

// timeoutOf converts seconds; None is for ever.
func timeoutOf(v value) time.Duration {
	if f, ok := python.AsFloat(orNone(v)); ok {
		return max(time.Duration(min(f, 9e9)*1e9), 1)
	}
	return 0
}
