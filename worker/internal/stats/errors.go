package stats

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"gregaria/worker/internal/pytext"
)

// ErrorKey is the master's key of a row in the failures: the same for a Python worker and this one, so that their
// failures are one row (locust.stats.StatsError.create_key).
func ErrorKey(method, name, text string) string {
	sum := sha256.Sum256([]byte(method + "." + name + "." + pytext.Repr(text)))
	return hex.EncodeToString(sum[:])
}

// ErrorText masks the address in Python's default repr, `<X object at 0x7f2a...>`, so that one kind of failure is one
// row (locust.stats.StatsError.parse_error).
func ErrorText(text string) string {
	const target = "object at 0x"
	at := strings.Index(text, target)
	if at < 0 {
		return text
	}
	start := at + len(target) - len("0x")
	end := strings.Index(text[start:], ">")
	if end < 0 {
		return text
	}
	return strings.ReplaceAll(text, text[start:start+end], "0x....")
}

// text makes s valid UTF-8: one invalid byte would make the master drop the whole report (locust/rpc/zmqrpc.py,
// recv_from_client).
func text(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
