// Package cgroup finds the cgroup of a process, of version 1, 2 or both at once, and reads what it may use and what it uses.
package cgroup

// A Number is a number of the kernel, or its absence: the kernel or the group does not have it.
type Number struct {
	Value uint64
	Known bool
}

// Limits are what a group may use: the smallest limit of the group and of its ancestors that can be seen. There is none
// where a limit is +Inf.
type Limits struct {
	// Cores is quota / period, or the size of the cpuset where that is smaller and not the whole machine.
	Cores float64
	// Memory is in bytes.
	Memory float64
	// PIDs counts processes and threads.
	PIDs float64
}

// Usage is what a group has used. All but Memory and PIDs are counters since the group was made.
type Usage struct {
	// CPU is in nanoseconds, over all cores.
	CPU Number
	// Periods are those of the quota in which the group had something to run, Throttled those in which the quota ran out, and
	// ThrottledTime, in nanoseconds, how long the group then stood still, over all cores. They are of the group whose
	// quota is the limit: the group itself or an ancestor.
	Periods, Throttled, ThrottledTime Number
	// Memory is the working set in bytes, as kubelet and docker stats count it: without file pages that nobody used lately.
	Memory Number
	// LimitHits is how often the memory limit was reached, so that the kernel had to reclaim; High is how often memory.high was
	// (version 2 alone).
	LimitHits, High Number
	// OOMKills is how many processes the kernel killed for want of memory.
	OOMKills Number
	// PIDs is how many processes and threads there are.
	PIDs Number
	// Pressures are stalls for CPU, memory and I/O, in microseconds (version 2 alone).
	Pressures [3]Stalls
}

// Stalls are the counters of pressure stall information.
type Stalls struct{ Some, Full Number }

// Pressures names the kinds of Usage.Pressures as the kernel's files do.
func Pressures() [3]string { return [3]string{"cpu", "memory", "io"} }
