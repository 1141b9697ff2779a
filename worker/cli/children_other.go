//go:build unix && !linux

package cli

import "syscall"

// childAttributes give a child a process group of its own, so that a Ctrl-C in the terminal reaches it once, through its
// parent.
func childAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
