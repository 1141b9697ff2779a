package session

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/requests"
	"gregaria/worker/internal/sslcontext"
	"gregaria/worker/internal/wire"
)

// A fastPool is the connections of geventhttpclient's ConnectionPool, to one place.
type fastPool struct {
	classes *Classes
	link    *requests.Link
	own     requests.Link // the link, unless it is a session's
	limit   int
	permits permits
	proxy   *wire.Proxy
	by      [2]string       // the proxy's address and authorization
	trusts  map[value]trust // the TLS settings of a context and a name
}

// A trust is the TLS settings that an SSLContext had in a version of it.
type trust struct {
	name    string
	version int
	config  *tls.Config
}

// A fastLink shows a session's connections to Python code, which hands it to pools.
type fastLink struct{ link *requests.Link }

func (c *Classes) newFastPool(link, size value) (value, error) {
	p := &fastPool{classes: c, limit: 1, trusts: map[value]trust{}}
	if n, ok := python.AsInt(size); ok {
		p.limit = int(n)
	}
	if i, ok := link.(*python.Instance); ok {
		if l, ok := i.Data.(*fastLink); ok {
			p.link = l.link
		}
	}
	if p.link == nil {
		p.link = &p.own
		p.own.OpenShared()
	}
	return python.NewInstance(c.poolClass, p), nil
}

// newPoolClasses makes the classes of pools, of links and of connections.
func (c *Classes) newPoolClasses() {
	of := func(v value) *fastPool { return v.(*python.Instance).Data.(*fastPool) }
	c.linkClass = python.NewClass(python.ClassSpec{
		Name: "Link", Module: "_fast_go",
		Methods: []*python.Native{python.Func("close(self)", func(_ *thread, a []value) (value, error) {
			a[0].(*python.Instance).Data.(*fastLink).link.Pool.Retire()
			return python.None, nil
		})},
	})
	c.poolClass = python.NewClass(python.ClassSpec{
		Name: "Pool", Module: "_fast_go",
		Methods: []*python.Native{
			python.Func("close(self)", func(_ *thread, a []value) (value, error) {
				if p := of(a[0]); p.link == &p.own {
					p.own.Pool.Retire()
				}
				return python.None, nil
			}),
			python.Func("connect(self, to, host, proxied, authorization, context, name, connect, gap, v4)", func(t *thread, a []value) (value, error) {
				return of(a[0]).connect(t, a[1:])
			}),
		},
	})
	c.connectionClass = c.newConnectionClass()
}

// connect waits for a permit and takes a connection.
func (p *fastPool) connect(t *thread, a []value) (value, error) {
	q := &wire.Call{Stream: true, Decode: encoded, Unread: p.classes.requests.Unread}
	if err := p.aim(t, a, q); err != nil {
		return nil, err
	}
	if err := p.permits.enter(t, p.limit); err != nil {
		return nil, err
	}
	if _, err := p.link.Open(t, q); err != nil || q.Err != nil {
		p.permits.giveBack()
		if q.Answer.Conn() != nil && err != nil && q.Err == nil {
			q.Abandon()
		}
		if err == nil {
			_, err = p.classes.fastFailure(t, q.Err)
		}
		return nil, err
	}
	permits := &p.permits
	q.Settled = permits.giveBack
	return python.NewInstance(p.classes.connectionClass, &fastConnection{p, q}), nil
}

// aim says where a connection leads, and with which settings.
func (p *fastPool) aim(t *thread, a []value, q *wire.Call) error {
	host, err := address(t, a[1])
	if err != nil {
		return err
	}
	q.Origin = &wire.Origin{Address: host}
	if err := takeSeconds(t, or(a[6], python.None), &q.Connect); err != nil {
		return err
	}
	if err := takeSeconds(t, or(a[7], python.None), &q.Gap); err != nil {
		return err
	}
	if proxied, err := truthy(t, a[2]); err != nil {
		return err
	} else if proxied {
		to, err := address(t, a[0])
		if err != nil {
			return err
		}
		authorization, _ := python.AsStr(a[3])
		q.Origin.Proxy = p.reached(to, authorization)
	}
	if a[4] != python.None {
		q.Origin.TLS = true
		name, _ := python.AsStr(a[5])
		q.TLS, err = p.trust(t, a[4], name)
	}
	return err
}

// reached is the proxy at an address: the same as the last time, if it has not changed.
func (p *fastPool) reached(to, authorization string) *wire.Proxy {
	if p.proxy == nil || p.by != [2]string{to, authorization} {
		p.by, p.proxy = [2]string{to, authorization}, tunnelling(to, authorization)
	}
	return p.proxy
}

// tunnelling is a proxy that is asked for tunnels as geventhttpclient asks.
func tunnelling(to, authorization string) *wire.Proxy {
	lines := ""
	if authorization != "" {
		lines = "Proxy-Authorization: " + authorization + "\r\n"
	}
	return &wire.Proxy{Address: to, Connect: func(target string) string { return wire.ConnectRequest(target, lines) }}
}

// trust is the TLS settings of an SSLContext for a host.
func (p *fastPool) trust(t *thread, context value, name string) (*tls.Config, error) {
	ctx := sslcontext.Of(context)
	if ctx == nil {
		return nil, python.Errorf(python.TypeError, "'%s' object is no SSLContext", python.TypeOf(context).Name())
	}
	if known, ok := p.trusts[context]; ok && known.name == name && known.version == ctx.Version() {
		return known.config, nil
	}
	config, err := ctx.Config(t, name)
	if err != nil {
		return nil, err
	}
	p.trusts[context] = trust{name, ctx.Version(), config}
	return config, nil
}

// address is host:port of a pair.
func address(t *thread, v value) (string, error) {
	pair, err := t.ToSlice(v)
	if err != nil {
		return "", err
	}
	host, ok := python.AsStr(pair[0])
	if !ok {
		return "", python.Errorf(python.TypeError, "getaddrinfo() argument 1 must be string or None")
	}
	port, ok := python.AsInt(pair[1])
	if !ok {
		text, isText := python.AsStr(pair[1])
		if port, err = strconv.ParseInt(text, 10, 64); err != nil || !isText {
			return "", python.Errorf(python.OSError, "Int or String expected")
		}
	}
	return joinHostPort(host, port), nil
}

// joinHostPort is an address that Go can take apart whatever the host is.
func joinHostPort(host string, port int64) string {
	return net.JoinHostPort(strings.Trim(host, "[]"), strconv.FormatInt(port, 10))
}

// lingering is how long a small content may come after its head and still free its connection at once, as it does for
// geventhttpclient, which looks later.
const lingering = 5 * time.Millisecond

// A fastConnection is a connection on which a request is made.
type fastConnection struct {
	pool *fastPool
	call *wire.Call
}

func (c *Classes) newConnectionClass() *python.Type {
	of := func(v value) *fastConnection { return v.(*python.Instance).Data.(*fastConnection) }
	return python.NewClass(python.ClassSpec{
		Name: "Connection", Module: "_fast_go",
		Methods: []*python.Native{
			python.Func("sendall(self, data)", func(t *thread, a []value) (value, error) {
				b, ok := python.AsBytes(a[1])
				if !ok {
					return nil, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(a[1]).Name())
				}
				return python.None, of(a[0]).send(t, []byte(b))
			}),
			python.Func("invited(self)", func(t *thread, a []value) (value, error) {
				yes, err := of(a[0]).invited(t)
				return python.NewBool(yes), err
			}),
			python.Func("release(self, usable=False)", func(_ *thread, a []value) (value, error) {
				of(a[0]).drop()
				return python.None, nil
			}),
			python.Func("answer(self, method, client, sent)", func(t *thread, a []value) (value, error) {
				method, _ := python.AsStr(a[1])
				sent, _ := python.AsStr(a[3])
				return of(a[0]).answer(t, method, sent)
			}),
		},
	})
}

// drop closes the connection, if no answer has come.
func (k *fastConnection) drop() {
	if k.call != nil {
		k.call.Abandon()
		k.call.Answer.GiveBack()
		k.call = nil
	}
}

func (k *fastConnection) send(t *thread, b []byte) error {
	if k.call == nil {
		return python.Errorf(python.OSError, "Bad file descriptor")
	}
	var failed error
	if _, err := k.pool.link.Step(t, k.call, func() error {
		failed = k.call.Write(b)
		return failed
	}); err != nil {
		return err
	}
	if failed == nil {
		return nil
	}
	return k.pool.classes.sendFailure(t, failed)
}

// invited says whether the server has asked for the content of a request that waits for its word. A connection that is closed
// instead is an HTTPConnectionClosed.
func (k *fastConnection) invited(t *thread) (yes bool, err error) {
	if k.call == nil {
		return false, python.Errorf(python.OSError, "Bad file descriptor")
	}
	var failed error
	if _, err := k.pool.link.Step(t, k.call, func() error {
		yes, failed = k.call.Invited()
		return failed
	}); err != nil {
		return false, err
	}
	c := k.pool.classes
	switch errno, system := errors.AsType[syscall.Errno](failed); {
	case failed == nil:
		return yes, nil
	case system:
		return false, requests.OSError(errno)
	case errors.Is(failed, io.EOF), errors.Is(failed, io.ErrUnexpectedEOF):
		return false, c.newFast(t, "HTTPConnectionClosed", []value{python.NewStr("connection closed while waiting for 100 Continue response")}, "", nil)
	}
	_, err = c.fastFailure(t, failed)
	return false, err
}

// answer waits for the answer and returns it as an HTTPSocketPoolResponse.
func (k *fastConnection) answer(t *thread, method, sent string) (value, error) {
	q := k.call
	if q == nil {
		return nil, python.Errorf(python.OSError, "Bad file descriptor")
	}
	k.call, q.Method, q.Began = nil, method, time.Now()
	cut, err := k.pool.link.Receive(t, q, func() { q.Linger(lingering) })
	if err == nil && q.Err != nil {
		_, err = k.pool.classes.fastFailure(t, q.Err)
	}
	if err != nil {
		q.Close()
		q.Answer.GiveBack()
		return nil, err
	}
	c := k.pool.classes
	x := &fastResponse{session: c.nobody, more: &fastShown{method: method, sent: sent}}
	x.request, x.cut = &x.first, cut
	x.take(q)
	if broken := errBadChunk(x.bodyErr); broken != nil {
		return nil, c.parseFailure(t, broken)
	}
	return x.socket(), nil
}
