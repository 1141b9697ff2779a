//go:build race

package locustfile_test

// every runs one file of so many: the race detector makes the interpreter ten times slower, and looks for other things.
const every = 5
