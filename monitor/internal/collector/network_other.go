//go:build !linux

package collector

import "fmt"

func openNetwork(Settings) (Collector, error) { return nil, onLinuxAlone("network") }

func openInterfaces(Settings) (Collector, error) { return nil, onLinuxAlone("interfaces") }

func openTCP(Settings) (Collector, error) { return nil, onLinuxAlone("tcp") }

func openSockets(Settings) (Collector, error) { return nil, onLinuxAlone("sockets") }

// onLinuxAlone says that a group is not measured on this system.
func onLinuxAlone(group string) error {
	return fmt.Errorf("%s: measured on Linux alone: %w", group, ErrAbsent)
}
