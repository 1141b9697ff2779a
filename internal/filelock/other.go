//go:build !unix

package filelock

import (
	"io/fs"
	"os"
)

// Take does nothing: systems without flock are not those that load tests run on.
func Take(*os.File) error { return nil }

// Close closes the file.
func (f File) Close() error { return f.File.Close() }

// Links is how many names a file has, as far as is known.
func Links(fs.FileInfo) uint64 { return 1 }
