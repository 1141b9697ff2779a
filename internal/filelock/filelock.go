// Package filelock keeps a file for one process.
package filelock

import (
	"errors"
	"os"
)

// ErrTaken means that another process has the lock.
var ErrTaken = errors.New("another process has the file")

// A File is one that this process has taken. Its Close gives it back at once.
type File struct{ *os.File }
