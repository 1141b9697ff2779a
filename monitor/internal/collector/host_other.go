//go:build !linux

package collector

import "fmt"

// shared is what several groups read: nothing here.
type shared struct{}

func newShared(Settings) shared { return shared{} }

func openCores(Settings) (Collector, error) { return notHere("cores") }

func openPressure(Settings) (Collector, error) { return notHere("pressure") }

func openDisk(Settings) (Collector, error) { return notHere("disk") }

func openFiles(Settings) (Collector, error) { return notHere("files") }

func openContainer(Settings) (Collector, error) { return notHere("container") }

// notHere is for what only Linux has, or shows.
func notHere(name string) (Collector, error) {
	return nil, fmt.Errorf("%s %w: this system is not Linux", name, ErrAbsent)
}
