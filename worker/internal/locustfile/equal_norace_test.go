//go:build !race

package locustfile_test

// every runs one file of so many.
const every = 1
