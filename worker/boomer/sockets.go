package boomer

import (
	"sync"
	"time"

	"gregaria/worker/internal/zmq"
)

// lastFrames is how long a Boomer that ends waits for its last messages to leave while another one goes on.
const lastFrames = 300 * time.Millisecond

// sockets counts the Boomers with a connection. libzmq's threads belong to the process: only when the last one ends can it
// be waited for that all messages have left.
var sockets struct {
	mu   sync.Mutex // guards open
	open int
}

func openSocket() {
	sockets.mu.Lock()
	defer sockets.mu.Unlock()
	sockets.open++
}

// closeSocket returns when the last messages have left.
func closeSocket() {
	sockets.mu.Lock()
	defer sockets.mu.Unlock()
	sockets.open--
	if sockets.open == 0 {
		zmq.Shutdown()
		return
	}
	time.Sleep(lastFrames)
}
