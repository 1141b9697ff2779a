//go:build cgo

package main

// The kernel lets a thread sleep longer than it asked for, by its timer slack, and a thread inherits that of the one that starts it
// (prctl(2), PR_SET_TIMERSLACK). 10 ms, said before the Go runtime starts its first thread: that is sysmon, which looks after the thread that
// sleeps until the next tick. For the 10 ms until it sees that nothing else has work it sleeps 20 µs at a time; this makes fifteen wake-ups a
// tick into three (eight with a slack of 1 ms). The thread of the ticks asks for none of it, see sampler.Urgent; the timers that others wait for, which end
// the waiting for what does not answer, are up to so much late.

// #include <sys/prctl.h>
//
// __attribute__((constructor)) static void sleep_longer(void) { prctl(PR_SET_TIMERSLACK, 10000000UL, 0, 0, 0); }
import "C"
