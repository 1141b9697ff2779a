// Package recorder puts the rows where --output says: into a file, of which a row is either a whole line or nothing, or into
// a pipe.
//
// A File goes through these states. It is asked at each tick, and nothing else wakes it.
//
//	state    when                                  what happens to a row                    it ends
//	written  the disk takes the rows               it is in the file when Write returns
//	waiting  the disk is full, the folder is gone  it is kept in memory, with those before  when the disk takes them all, or, with ErrLost,
//	                                                                                        after Patience or MaxWaiting bytes
package recorder

import (
	"errors"
	"time"
)

const (
	// Patience is how long rows wait for a disk that does not take them: long enough for whoever clears a full disk or a log
	// rotation, short enough that a run is not measured for an hour into memory that nobody gets to see.
	Patience = 30 * time.Second
	// MaxWaiting bounds the bytes that wait.
	MaxWaiting = 4 << 20
)

// What is wrong with an output before anything is measured; another name, or another flag, puts it right.
var (
	// ErrExists means that the output file holds something already.
	ErrExists = errors.New("the file is not empty; name another, or continue it with --append")
	// ErrInUse means that another monitor writes to the file.
	ErrInUse = errors.New("another monitor writes to this file")
)

// What goes wrong with an output while it is written.
var (
	// ErrLost means that rows were measured and are not in the file.
	ErrLost = errors.New("lost")
	// ErrRemade means that every row was written, but not to one file: it was deleted, moved or emptied in between.
	ErrRemade = errors.New("the file has not all rows")
	// ErrReaderGone means that nobody reads the pipe any more.
	ErrReaderGone = errors.New("the reader has gone")
)
