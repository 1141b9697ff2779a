package resource

// The columns of the machine's memory beside those of the first version.
const (
	// MemoryCacheGB is the page cache, tmpfs and shared memory included.
	MemoryCacheGB = "Memory_Cache_GB"
	// MemoryDirtyMB is what of the page cache is still to be written to disks.
	MemoryDirtyMB = "Memory_Dirty_MB"
	// MemoryWritebackMB is what is being written right now.
	MemoryWritebackMB = "Memory_Writeback_MB"
	// MemoryCacheWrittenMBPerSecond is what went to block devices: page cache written back, direct I/O, swap.
	MemoryCacheWrittenMBPerSecond = "Memory_Cache_Written_MB_Per_Second"
	// MemoryMajorFaultsPerSecond is how many accesses to memory had to wait for a disk.
	MemoryMajorFaultsPerSecond = "Memory_Major_Faults_Per_Second"
	// MemoryOOMKills is how many processes the kernel killed for want of memory since the previous row, in containers too.
	MemoryOOMKills = "Memory_OOM_Kills"
	// SwapTotalGB is the swap space of the machine.
	SwapTotalGB = "Swap_Total_GB"
	// SwapUsedGB is the part that is in use.
	SwapUsedGB = "Swap_Used_GB"
	// SwapInMBPerSecond is what was read from swap.
	SwapInMBPerSecond = "Swap_In_MB_Per_Second"
	// SwapOutMBPerSecond is what was written to swap.
	SwapOutMBPerSecond = "Swap_Out_MB_Per_Second"
)

func memoryColumns() []string {
	return []string{
		MemoryTotalGB, MemoryUsedGB, MemoryAvailableGB, MemoryPercent, MemoryCacheGB, MemoryDirtyMB, MemoryWritebackMB, SwapTotalGB, SwapUsedGB,
		SwapInMBPerSecond, SwapOutMBPerSecond, MemoryCacheWrittenMBPerSecond, MemoryMajorFaultsPerSecond, MemoryOOMKills,
	}
}
