// Package goroutine tells goroutines apart, where a function does not say for whom it is called.
package goroutine
