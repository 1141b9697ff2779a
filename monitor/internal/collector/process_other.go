//go:build !linux

package collector

import "fmt"

// openProcess finds no process: its numbers are those of Linux's /proc.
func openProcess(s Settings) (Collector, error) { return nil, notHere(s) }

func openPSS(s Settings) (Collector, error) { return nil, notHere(s) }

func notHere(s Settings) error {
	if s.Watch == nil {
		return errNotNamed
	}
	return fmt.Errorf("process under test %w: the monitor follows one on Linux only", ErrAbsent)
}
