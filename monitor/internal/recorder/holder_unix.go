//go:build unix

package recorder

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// holder is the process that has the lock, in brackets, or nothing where the system does not tell.
func holder(file *os.File) string {
	info, err := file.Stat()
	if err != nil {
		return ""
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return ""
	}
	table, err := os.ReadFile("/proc/locks") // Linux has it; a container may not show it
	if err != nil {
		return ""
	}
	device := uint64(stat.Dev) //nolint:unconvert // another type on other systems
	if pid, ok := parseHolder(table, unix.Major(device), unix.Minor(device), stat.Ino); ok {
		return fmt.Sprintf(" (pid %d)", pid)
	}
	return ""
}
