// Package boomer runs load tests written for github.com/myzhan/boomer on this worker. Its API is that of boomer at commit
// 8a2c7ce, so that a program moves over by its import alone:
//
//	import boomer "gregaria/worker/boomer" // was "github.com/myzhan/boomer"
//
// Wherever it can be, a type is boomer's own: tasks, task sets, rate limiters and outputs written for boomer fit. Underneath
// is this project's session with the master: no sample is lost at a stop, and a restarted master is found again.
// docs/boomer.md says what differs.
package boomer
