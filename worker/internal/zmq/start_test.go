package zmq

import (
	"os"
	"os/exec"
	"sync"
	"testing"
)

// childVariable tells the test binary that it is to dial from many goroutines at once.
const childVariable = "ZMQ_TEST_DIALS_AT_ONCE"

// TestMain makes a socket, so that the tests beside each other need not take turns with their first ones.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		newSock().Destroy()
	}
	os.Exit(m.Run())
}

// TestStart dials from many goroutines at once, in processes that have made no socket yet. If sockets were not made one after
// another, one process in ten would be ended by an assertion of czmq's.
func TestStart(t *testing.T) {
	t.Parallel()
	if os.Getenv(childVariable) != "" {
		dialAtOnce(t)
		return
	}
	children := 50
	if testing.Short() {
		children = 5
	}
	for range children {
		child := exec.Command(os.Args[0], "-test.run=^TestStart$")
		child.Env = append(os.Environ(), childVariable+"=1")
		if output, err := child.CombinedOutput(); err != nil {
			t.Fatalf("a process that dials from many goroutines: %v\n%s", err, output[:min(len(output), 400)])
		}
	}
}

func dialAtOnce(t *testing.T) {
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
