package zmq

import (
	"os"
	"os/exec"
	"sync"
	"testing"
)

// childVariable tells the test binary that it is to dial from many goroutines at once.
const childVariable = "ZMQ_TEST_DIALS_AT_ONCE"

// TestStart dials from many goroutines at once, in processes that have made no socket yet. Without Start one in ten is ended by an
// assertion of czmq's.
func TestStart(t *testing.T) {
	t.Parallel()
	if os.Getenv(childVariable) != "" {
		dialAtOnce(t)
		return
	}
	for range 50 {
		child := exec.Command(os.Args[0], "-test.run=^TestStart$")
		child.Env = append(os.Environ(), childVariable+"=1")
		if output, err := child.CombinedOutput(); err != nil {
			t.Fatalf("a process that dials from many goroutines: %v\n%s", err, output[:min(len(output), 400)])
		}
	}
}

func dialAtOnce(t *testing.T) {
	Start()
	var all sync.WaitGroup
	begin := make(chan struct{})
	for range 16 {
		all.Go(func() {
			<-begin
			d, err := Dial("127.0.0.1", 1, "worker")
			if err != nil {
				t.Error(err)
				return
			}
			d.Close(0)
		})
	}
	close(begin)
	all.Wait()
}
