package process

import (
	"os/exec"
	"runtime"
)

// A starter starts children from one OS thread.
//
// Subtle: Linux sends a child its Pdeathsig when the *thread* that forked it ends, not the process, and Go ends threads
// as it likes. So one goroutine, locked to its thread, starts all of them and lives until close. If loadtest is killed,
// even with kill -9, that thread ends with it and the kernel kills the children.
type starter struct {
	requests chan startRequest
	done     chan struct{}
}

// A startRequest asks for cmd.Start on the starter's thread.
type startRequest struct {
	cmd   *exec.Cmd
	reply chan<- error
}

func newStarter() *starter {
	s := &starter{requests: make(chan startRequest), done: make(chan struct{})}
	go s.loop()
	return s
}

// loop never unlocks its thread: Go ends the thread with the goroutine, which ends any child that is left.
func (s *starter) loop() {
	defer close(s.done)
	runtime.LockOSThread()
	for request := range s.requests {
		request.reply <- request.cmd.Start()
	}
}

// start starts cmd. It must not be called after close.
func (s *starter) start(cmd *exec.Cmd) error {
	reply := make(chan error, 1)
	s.requests <- startRequest{cmd, reply}
	return <-reply
}

// close ends the thread; on Linux the kernel then kills every child that still runs.
func (s *starter) close() {
	close(s.requests)
	<-s.done
}
