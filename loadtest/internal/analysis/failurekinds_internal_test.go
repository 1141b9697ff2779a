package analysis

import "testing"

// TestKindOf has the words of stock Locust 2.47.0 with requests 2.32 and geventhttpclient 2.3, and those of the workers in Go, which are the same.
func TestKindOf(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ConnectionRefusedError(111, 'Connection refused')": "refused connections",
		"ConnectionError(MaxRetryError('HTTPConnectionPool(host=\\'a\\', port=1): Max retries exceeded with url: / (Caused by NewConnectionError(\"HTTPConnection(...): Failed to establish a new connection: [Errno 111] Connection refused\"))'))": "refused connections",
		"ConnectionError(ProtocolError('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer')))":                                                                                                                               "resets",
		"RemoteDisconnected('Remote end closed connection without response')":                                                                                                                                                                        "resets",
		"ReadTimeout(ReadTimeoutError(\"HTTPConnectionPool(host='a', port=80): Read timed out. (read timeout=2)\"))":                                                                                                                                 "timeouts",
		"TimeoutError('timed out')": "timeouts",
		"HTTPError('500 Server Error: Internal Server Error for url: /Failing')":                   "500",
		"HTTPError('404 Client Error: Not Found for url: /nothing')":                               "404",
		"BadStatusCode('http://a/', code=503)":                                                     "503",
		"CatchResponseError('Got status code 502')":                                                "502",
		"gaierror(-2, 'Name or service not known')":                                                "unknown names",
		"SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))":                "failed handshakes",
		"OSError(99, 'Cannot assign requested address')":                                           "no free ports or files",
		"AssertionError('took 500 ms')":                                                            "other",
		"the story has no picture":                                                                 "other",
		"HTTPConnectionPool(host='10.0.0.5', port=5000): Max retries exceeded: Connection refused": "refused connections",
	} {
		if got := kindOf(text); got != want {
			t.Errorf("kindOf(%s) = %s, want %s", text, got, want)
		}
	}
}

func FuzzKindOf(f *testing.F) {
	f.Add("HTTPError('500 Server Error: x')")
	f.Add("code=4040 599")
	f.Fuzz(func(t *testing.T, text string) {
		kind := kindOf(text)
		if kind == "" {
			t.Errorf("kindOf(%q) is empty", text)
		}
		if len(kind) == 3 && kind[0] != '4' && kind[0] != '5' {
			t.Errorf("kindOf(%q) = %s, no code of a failure", text, kind)
		}
	})
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for x, want := range map[float64]string{
		0: "0", 0.98: "0.98", 0.444: "0.44", 4.24: "4.2", 4.02: "4", 39.96: "40", 118.4: "118", 1613: "1,610", 11842: "11,800", 1234567: "1,230,000", 0.00012345: "0.00012", -37.2: "-37", 999.7: "1,000", 9.97: "10", 0.997: "1",
	} {
		if got := number(x); got != want {
			t.Errorf("number(%v) = %s, want %s", x, got, want)
		}
	}
}
