package process

// A Tree is what is watched at one moment. It is never changed.
type Tree struct {
	// Roots are the processes that were chosen, without their children. There is none while the process is not there.
	Roots []int
	// PIDs are the roots and everything below them, each once, in ascending order. What has ended and was not waited for
	// (a zombie) is not among them.
	PIDs []int
	// Starts are the times when the PIDs started, in their order and in the kernel's ticks since boot: a number and its start are
	// those of one process alone.
	Starts []uint64
	// Restarts is how many roots came in the place of others that had ended.
	Restarts int
}
