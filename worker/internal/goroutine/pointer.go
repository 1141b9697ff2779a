//go:build amd64 || arm64

package goroutine

// ID returns a number of the calling goroutine that no other one has as long as this one lives; a later one may have it. It is where the
// runtime keeps the goroutine, which stays there: Go's assembler has a word for that, and it takes no time.
func ID() uint64 { return uint64(self()) }

func self() uintptr
