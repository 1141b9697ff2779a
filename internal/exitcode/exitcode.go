// Package exitcode names the exit codes that the commands share, so that a script can rely on one meaning for each.
package exitcode

// The exit codes. Every command documents the ones it uses in its --help.
const (
	// OK: everything asked for was done and no request failed.
	OK = 0
	// Failed: the run is complete and its result is bad: requests failed. Locust uses 1 for the same.
	Failed = 1
	// Usage: a flag, an environment variable or an input file is wrong; nothing was started.
	Usage = 2
	// NotReady: something that the run needs is not there: Locust, a free port, an answering host, a worker.
	NotReady = 3
	// Died: a process that the run depends on ended before the run did.
	Died = 4
	// Output: a result could not be written (no permission, disk full).
	Output = 5
	// Checks: the run is complete, and what was measured breaks a limit that was set for it, or could not be held against it.
	Checks = 6
	// Interrupted: Ctrl-C or SIGTERM ended the run early; what was measured is written. 128 + SIGINT, as shells say it.
	Interrupted = 130
	// NoMaster: the worker's master never acknowledged it. Locust's worker exits with -1, which is 255 to a shell.
	NoMaster = 255
)
