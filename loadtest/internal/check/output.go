// Package check looks, before anything is started, whether a run can work here: each check returns a fault that says in
// one line what is wrong, where, and what to do.
package check

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"gregaria/loadtest/internal/fault"
)

// Room, in bytes, that a run needs on the disk of its results. Locust's report alone is 1 MiB.
const (
	RoomToStart  = 8 << 20
	RoomToFinish = 3 << 20 // below it a run is ended while its report still fits
)

// probeSize is what OutputDir writes and removes again, in bytes: the files of a short run fit in it.
const probeSize = 256 << 10

// OutputDir creates the directory if need be and sees that files can be written there.
func OutputDir(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fault.New(fault.Output, "create the output directory: %w; choose another --output-dir", err)
	}
	if err := probe(dir); err != nil {
		return fault.New(fault.Output, "write to the output directory: %w; make room or choose another --output-dir", err)
	}
	return Room(dir, RoomToStart)
}

// Room sees that the disk of dir has so many bytes left. Where the system cannot say, it is taken to have.
func Room(dir string, bytes uint64) error {
	var disk unix.Statfs_t
	known := unix.Statfs(dir, &disk) == nil && disk.Blocks > 0
	if left := disk.Bavail * uint64(disk.Bsize); known && left < bytes {
		return fault.New(fault.Output, "%s has only %d KiB left on its disk, and the results need %d: make room or choose another --output-dir",
			dir, left>>10, bytes>>10)
	}
	return nil
}

// probe writes a file of probeSize in dir and removes it.
func probe(dir string) error {
	file, err := os.CreateTemp(dir, ".probe_*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if _, err := file.Write(make([]byte, probeSize)); err != nil {
		return err
	}
	if err := file.Sync(); err != nil { // some file systems find out only now that they are full
		return fmt.Errorf("sync %s: %w", file.Name(), err)
	}
	return nil
}
