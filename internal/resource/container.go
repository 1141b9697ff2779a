package resource

// The columns of the container, or any other cgroup, of the process under test; of the monitor's own where no process is named. A limit
// is the smallest of the group and of its ancestors that can be seen.
const (
	// ContainerCPULimitCores is how many cores the container may use: its quota, or its cpuset where that is smaller.
	ContainerCPULimitCores = "Container_CPU_Limit_Cores"
	// ContainerCPUCores is how many cores it used since the previous row.
	ContainerCPUCores = "Container_CPU_Cores"
	// ContainerCPUPercent is used / limit.
	ContainerCPUPercent = "Container_CPU_Percent"
	// ContainerThrottledPercent is the share of its quota's periods since the previous row in which the quota ran out.
	ContainerThrottledPercent = "Container_Throttled_Percent"
	// ContainerThrottledSecondsPerSecond is how long it stood still for it, over all cores: it can be above 1.
	ContainerThrottledSecondsPerSecond = "Container_Throttled_Seconds_Per_Second"
	// ContainerMemoryLimitGB is how much memory the container may use.
	ContainerMemoryLimitGB = "Container_Memory_Limit_GB"
	// ContainerMemoryWorkingSetGB is what it uses without file pages that nobody used lately.
	ContainerMemoryWorkingSetGB = "Container_Memory_Working_Set_GB"
	// ContainerMemoryPercent is working set / limit.
	ContainerMemoryPercent = "Container_Memory_Percent"
	// ContainerMemoryLimitHits is how often the limit was reached since the previous row, so that memory had to be reclaimed.
	ContainerMemoryLimitHits = "Container_Memory_Limit_Hits"
	// ContainerMemoryHighHits is how often memory.high was reached since the previous row, so that the container was slowed down.
	ContainerMemoryHighHits = "Container_Memory_High_Hits"
	// ContainerOOMKills is how many of its processes the kernel killed for want of memory since the previous row.
	ContainerOOMKills = "Container_OOM_Kills"
	// ContainerPIDs is how many processes and threads it has.
	ContainerPIDs = "Container_PIDs"
	// ContainerPIDsLimit is how many it may have.
	ContainerPIDsLimit = "Container_PIDs_Limit"
	// ContainerPressureCPUSomePercent is Pressure_CPU_Some_Percent of the container's tasks; being throttled counts.
	ContainerPressureCPUSomePercent = "Container_Pressure_CPU_Some_Percent"
	// ContainerPressureCPUFullPercent is the share in which all of them waited for a core.
	ContainerPressureCPUFullPercent = "Container_Pressure_CPU_Full_Percent"
	// ContainerPressureMemorySomePercent is Pressure_Memory_Some_Percent of the container's tasks.
	ContainerPressureMemorySomePercent = "Container_Pressure_Memory_Some_Percent"
	// ContainerPressureMemoryFullPercent is Pressure_Memory_Full_Percent of the container's tasks.
	ContainerPressureMemoryFullPercent = "Container_Pressure_Memory_Full_Percent"
	// ContainerPressureIOSomePercent is Pressure_IO_Some_Percent of the container's tasks.
	ContainerPressureIOSomePercent = "Container_Pressure_IO_Some_Percent"
	// ContainerPressureIOFullPercent is Pressure_IO_Full_Percent of the container's tasks.
	ContainerPressureIOFullPercent = "Container_Pressure_IO_Full_Percent"
)

func containerColumns() []string {
	return []string{
		ContainerCPULimitCores, ContainerCPUCores, ContainerCPUPercent, ContainerThrottledPercent, ContainerThrottledSecondsPerSecond,
		ContainerMemoryLimitGB, ContainerMemoryWorkingSetGB, ContainerMemoryPercent, ContainerMemoryLimitHits, ContainerMemoryHighHits,
		ContainerOOMKills, ContainerPIDs, ContainerPIDsLimit,
		ContainerPressureCPUSomePercent, ContainerPressureCPUFullPercent, ContainerPressureMemorySomePercent, ContainerPressureMemoryFullPercent,
		ContainerPressureIOSomePercent, ContainerPressureIOFullPercent,
	}
}
