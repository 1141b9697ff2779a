package resource

// The columns of what the whole kernel has a fixed number of.
const (
	// FilesOpen is how many files are open on the machine, sockets and pipes included.
	FilesOpen = "Files_Open"
	// FilesPercent is the share of the kernel's maximum.
	FilesPercent = "Files_Percent"
	// ThreadsUsed is how many threads there are on the machine.
	ThreadsUsed = "Threads_Used"
	// ThreadsPercent is the share of the kernel's maximum: of threads-max or pid_max, whichever is smaller.
	ThreadsPercent = "Threads_Percent"
)

func filesColumns() []string { return []string{FilesOpen, FilesPercent, ThreadsUsed, ThreadsPercent} }
