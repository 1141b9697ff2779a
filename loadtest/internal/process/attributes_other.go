//go:build unix && !linux

package process

import "syscall"

// attributes put a child in its own process group, so that a Ctrl-C in the terminal reaches loadtest alone and loadtest
// decides the order in which things stop. There is no Pdeathsig outside Linux: children outlive a kill -9 of loadtest.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
