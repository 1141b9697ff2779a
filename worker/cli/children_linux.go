package cli

import "syscall"

// childAttributes give a child a process group of its own, so that a Ctrl-C in the terminal reaches it once, through its
// parent, and a SIGTERM from the kernel when its parent is gone.
func childAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
