// Package check looks, before anything is started, whether a run can work here: each check returns a fault that says in
// one line what is wrong, where, and what to do.
package check

import (
	"fmt"
	"os"

	"gregaria/loadtest/internal/fault"
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
