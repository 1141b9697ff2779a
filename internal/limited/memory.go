//go:build linux

package limited

import (
	"io"
	"net/http"
	"time"
)

// held is what a request holds while it is worked on: a picture, say.
const held = 2 * megabyte

// memory holds some for each request that is worked on, any number at once: a container is full from a number of requests on, and the kernel ends what is in it.
func memory(work time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		data := make([]byte, held)
		for i := range data {
			data[i] = byte(i)
		}
		time.Sleep(work)
		_, _ = w.Write(data[:1])
		_, _ = io.WriteString(w, "\n")
	})
}
