package sampler

import "os"

// keepPolling has a thread of Go's wait in epoll until stop. Whenever the thread of the rows goes to sleep and none waits there, Go wakes one to do so,
// which finds that there is nothing to wait for and goes back to sleep (handoffp in runtime/proc.go: "nobody is polling network").
func keepPolling() (stop func()) {
	r, w, err := os.Pipe()
	if err != nil {
		return func() {}
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = r.Read(make([]byte, 1)) // what stop closes has nothing in it
		_ = r.Close()
	}()
	return func() {
		_ = w.Close()
		<-ended
	}
}
