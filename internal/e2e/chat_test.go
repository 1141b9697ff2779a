//go:build e2e

package e2e

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// startChat starts an API as people put before a model: a catalog, answers that are streamed (the first event after 150 ms and more, then one
// every 30 ms), stories that are ready some time after they were ordered, and news over a WebSocket.
func startChat(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/catalog", func(w http.ResponseWriter, _ *http.Request) {
		pause(20, 30)
		fmt.Fprint(w, strings.Repeat("a fox who is afraid of the dark\n", 2000))
	})
	mux.HandleFunc("POST /v1/chat/completions", func(w http.ResponseWriter, q *http.Request) {
		_, _ = io.Copy(io.Discard, q.Body)
		pause(10, 10)
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		pause(140, 80)
		for range 20 {
			fmt.Fprint(w, "data: {\"choices\": [{\"delta\": {\"content\": \" fox\"}}]}\n\n")
			w.(http.Flusher).Flush()
			pause(20, 20)
		}
		fmt.Fprint(w, "data: [DONE]\n\n")
	})
	mux.HandleFunc("POST /v1/story", func(w http.ResponseWriter, q *http.Request) {
		_, _ = io.Copy(io.Discard, q.Body)
		pause(5, 10)
		fmt.Fprintf(w, `{"id": "%d"}`, time.Now().UnixNano())
	})
	mux.HandleFunc("GET /v1/story/{id}", func(w http.ResponseWriter, q *http.Request) {
		pause(5, 5)
		var ordered int64
		_, _ = fmt.Sscan(q.PathValue("id"), &ordered)
		status := "rendering"
		if time.Since(time.Unix(0, ordered)) > 600*time.Millisecond {
			status = "done"
		}
		fmt.Fprintf(w, `{"status": %q}`, status)
	})
	mux.HandleFunc("GET /v1/news", func(w http.ResponseWriter, q *http.Request) { sendNews(w, q, 5) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// pause takes so many milliseconds, and up to so many more.
func pause(least, more int) {
	time.Sleep(time.Duration(least)*time.Millisecond + time.Duration(rand.IntN(more*1000))*time.Microsecond)
}

// sendNews is the server's end of a WebSocket (RFC 6455): the handshake, messages, and an answer to the close frame.
func sendNews(w http.ResponseWriter, q *http.Request, messages int) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	key := sha1.Sum([]byte(q.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		base64.StdEncoding.EncodeToString(key[:]))
	for range messages {
		pause(80, 40)
		fmt.Fprint(conn, "\x81\x05a fox")
	}
	_, _ = io.ReadAtLeast(conn, make([]byte, 100), 8) // the close frame, masked
	fmt.Fprint(conn, "\x88\x02\x03\xe8")
}
