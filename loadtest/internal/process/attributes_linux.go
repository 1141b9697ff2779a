package process

import "syscall"

// attributes put a child in its own process group, so that a Ctrl-C in the terminal reaches loadtest alone and loadtest
// decides the order in which things stop. The kernel kills the child when loadtest is gone.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
