//go:build !amd64 && !arm64

package goroutine

// ID returns a number of the calling goroutine that no other one has as long as this one lives, 0 if the runtime should ever say it in another
// way: then nobody is known. It takes microseconds, 30 and more in deep calls, since the runtime says it only in the text of a stack.
func ID() uint64 { return fromStack() }
