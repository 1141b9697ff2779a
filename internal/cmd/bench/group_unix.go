package main

import (
	"os/exec"
	"syscall"
)

// ownGroup puts a process and its children into a group of their own, for endAll.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// endAll ends a process that was started with ownGroup, and its children.
func endAll(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
	_ = cmd.Wait()
}
