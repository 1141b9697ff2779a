//go:build race

package boomer

// racing says that the race detector is on, which finds races in boomer itself.
const racing = true
