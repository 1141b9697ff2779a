package requests

import (
	"testing"

	"gregaria/worker/internal/wire/wiretest"
)

// TestBackoff compares the pauses that testdata/backoff.py asks time.sleep for, between the tries of Retry, with those that
// urllib3 asks it for.
func TestBackoff(t *testing.T) {
	t.Parallel()
	after := func(value string) string {
		return "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: " + value + "\r\n\r\n"
	}
	answers := map[string]string{
		"s500": "HTTP/1.1 500 Broken\r\nContent-Length: 4\r\n\r\noops", "after": after("7"), "after0": after("0"), "long": after("100000"),
		"past": after("Thu, 01 Jan 1970 00:00:00 GMT"), "nonsense": after("soon"), "reset": wiretest.Reset, "hang": wiretest.Hang,
	}
	server := wiretest.Serve(t, answers)
	t.Run("stock", func(t *testing.T) {
		t.Parallel()
		wiretest.Compare(t, server, "backoff", func(source string) string { return wiretest.Run(t, newThread, source, nil) })
	})
	t.Run("general", func(t *testing.T) {
		t.Parallel()
		wiretest.CompareGolden(t, server, "backoff", func(source string) string { return wiretest.Run(t, newGeneralThread, source, nil) })
	})
}
