package check

import (
	"os"
	"path/filepath"

	"gregaria/loadtest/internal/fault"
)

// Copy sees that a file of the user's can be written when the run is over, and makes the folder that it is to be in, as Locust does. flag is the one that names
// it. What is there stays as it is.
func Copy(flag, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fault.New(fault.Output, "%s %s: %w; choose another", flag, path, err)
	}
	info, unknown := os.Stat(path)
	if unknown == nil && info.IsDir() {
		return fault.New(fault.Output, "%s %s is a folder: name a file in it", flag, path)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		err = file.Close()
	}
	if err == nil && unknown != nil {
		err = os.Remove(path) // it was made to see whether it can be
	}
	if err != nil {
		return fault.New(fault.Output, "%s %s cannot be written: %w; choose another", flag, path, err)
	}
	return nil
}
