// Package filelock keeps a file for one process.
package filelock

import "errors"

// ErrTaken means that another process has the lock.
var ErrTaken = errors.New("another process has the file")
