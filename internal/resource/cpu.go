package resource

import "strconv"

// The columns of the machine's cores beside CPU_Percent. The shares are of all cores since the previous row; user + system + steal is
// CPU_Percent.
const (
	// CPUUserPercent is the share of programs, nice ones and guests included.
	CPUUserPercent = "CPU_User_Percent"
	// CPUSystemPercent is the share of the kernel, interrupts included.
	CPUSystemPercent = "CPU_System_Percent"
	// CPUIOWaitPercent is the share in which a core had nothing to run while a task waited for a disk. It is idle time.
	CPUIOWaitPercent = "CPU_IOWait_Percent"
	// CPUStealPercent is the share that the hypervisor gave to others.
	CPUStealPercent = "CPU_Steal_Percent"
	// CPUBusiestCorePercent is the busy share of the core that was the busiest.
	CPUBusiestCorePercent = "CPU_Busiest_Core_Percent"
	// CPULoad1 is the kernel's load average over a minute: tasks that run, want to, or wait for a disk.
	CPULoad1 = "CPU_Load_1_Minute"
	// CPULoad5 is the load average over five minutes.
	CPULoad5 = "CPU_Load_5_Minutes"
	// CPULoad15 is the load average over fifteen minutes.
	CPULoad15 = "CPU_Load_15_Minutes"
	// CPURunnableTasks is how many tasks ran or wanted to at the moment of the reading, the monitor among them.
	CPURunnableTasks = "CPU_Runnable_Tasks"
	// CPUBlockedTasks is how many tasks waited for a disk at the moment of the reading.
	CPUBlockedTasks = "CPU_Blocked_Tasks"
	// CPUContextSwitchesPerSecond is how often a core changed the task that it runs, over all cores.
	CPUContextSwitchesPerSecond = "CPU_Context_Switches_Per_Second"
	// CPUForksPerSecond is how many processes and threads were made.
	CPUForksPerSecond = "CPU_Forks_Per_Second"
)

// CoreCPUPercent names the column for the busy share of core n, by the kernel's number, since the previous row.
func CoreCPUPercent(n int) string { return core(strconv.Itoa(n)) }

func core(n string) string { return "Core" + n + "_CPU_Percent" }

func cpuColumns() []string {
	return []string{
		CPUPercent, CPUUserPercent, CPUSystemPercent, CPUIOWaitPercent, CPUStealPercent, CPUBusiestCorePercent, CPULoad1, CPULoad5, CPULoad15,
		CPURunnableTasks, CPUBlockedTasks, CPUContextSwitchesPerSecond, CPUForksPerSecond,
	}
}

func coreColumns() []string { return []string{core("<n>")} }
