//go:build !unix

package requestlog

import (
	"io/fs"
	"os"
)

// lock does nothing: systems without flock are not those that load tests run on.
func lock(*os.File) error { return nil }

func links(fs.FileInfo) uint64 { return 1 }
