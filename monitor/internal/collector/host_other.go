//go:build !linux

package collector

import "fmt"

// shared is what several groups read: nothing here.
type shared struct{}

func newShared(Settings) shared { return shared{} }

func openCores(Settings) (Collector, error) { return onlyLinux("cores") }

func openPressure(Settings) (Collector, error) { return onlyLinux("pressure") }

func openDisk(Settings) (Collector, error) { return onlyLinux("disk") }

func openFileTable(Settings) (Collector, error) { return onlyLinux("files") }

func openContainer(Settings) (Collector, error) { return onlyLinux("container") }

// onlyLinux is for what only Linux has, or shows.
func onlyLinux(name string) (Collector, error) {
	return nil, fmt.Errorf("%s %w: this system is not Linux", name, ErrAbsent)
}
