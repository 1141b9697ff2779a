package target

import (
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// tracked is a listener whose connections remember whether they were counted.
type tracked struct{ net.Listener }

// A connection remembers whether it carried a counted request. The goroutine that serves it owns the field.
type connection struct {
	net.Conn
	counted bool
}

// Accept waits for the next connection.
func (l tracked) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &connection{Conn: conn}, nil
}

// firstOnConnection says whether this is the first counted request on its connection.
func firstOnConnection(ctx *fasthttp.RequestCtx) bool {
	conn, ok := ctx.Conn().(*connection)
	if !ok || conn.counted {
		return false
	}
	conn.counted = true
	return true
}

// SessionCookie is the name of the cookie that each client gets with its first counted response.
const SessionCookie = "session"

// sessions tells clients apart by a cookie, without remembering them: a value is valid if this server gave it out,
// and it gave out prefix + 1 to prefix + given.
type sessions struct {
	prefix string // differs from one server to the next: a cookie of a server that ended is not valid
	given  atomic.Uint64
}

// sessionPrefix is the prefix for a server that starts now.
func sessionPrefix(now time.Time) string { return strconv.FormatInt(now.UnixNano(), 36) + "-" }

// begin gives the client a cookie if it sent no valid one, and says whether it did.
func (s *sessions) begin(ctx *fasthttp.RequestCtx) bool {
	if s.valid(string(ctx.Request.Header.Cookie(SessionCookie))) {
		return false
	}
	cookie := fasthttp.AcquireCookie()
	defer fasthttp.ReleaseCookie(cookie)
	cookie.SetKey(SessionCookie)
	cookie.SetValue(s.prefix + strconv.FormatUint(s.given.Add(1), 10))
	cookie.SetPath("/")
	cookie.SetHTTPOnly(true)
	ctx.Response.Header.SetCookie(cookie)
	return true
}

func (s *sessions) valid(value string) bool {
	number, ok := strings.CutPrefix(value, s.prefix)
	if !ok {
		return false
	}
	n, err := strconv.ParseUint(number, 10, 64)
	return err == nil && n >= 1 && n <= s.given.Load()
}
