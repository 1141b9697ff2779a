package resource

// The columns of the process under test, its children included. A rate is of the time since the previous row.
const (
	// ProcessCPUCores is the CPU time used, in cores: 1.5 is one core and a half, all the time. Children that came and went between two
	// rows count when their parent has waited for them.
	ProcessCPUCores = "Process_CPU_Cores"
	// ProcessCPUUserCores and ProcessCPUSystemCores are its parts, in the program and in the kernel.
	ProcessCPUUserCores   = "Process_CPU_User_Cores"
	ProcessCPUSystemCores = "Process_CPU_System_Cores"
	// ProcessBusiestThreadPercent is the CPU time of the thread that used most, in percent of one core: a program that can use no
	// more than one core at a time shows here, on any number of cores.
	ProcessBusiestThreadPercent = "Process_Busiest_Thread_Percent"
	// ProcessBusiestThreadWaitPercent is how long the same thread could have run and waited for a core: what is missing
	// from 100 where it shares the core with others.
	ProcessBusiestThreadWaitPercent = "Process_Busiest_Thread_Wait_Percent"
	// ProcessRSSMB is the resident memory, where what processes share counts for each of them.
	ProcessRSSMB = "Process_RSS_MB"
	// ProcessSwapMB is the memory that is swapped out.
	ProcessSwapMB = "Process_Swap_MB"
	// ProcessThreads is how many threads there are.
	ProcessThreads = "Process_Threads"
	// ProcessOpenFiles is how many descriptors are open: files, sockets, pipes.
	ProcessOpenFiles = "Process_Open_Files"
	// ProcessOpenFilesLimit is the smallest limit (RLIMIT_NOFILE, soft) of one of the processes.
	ProcessOpenFilesLimit = "Process_Open_Files_Limit"
	// ProcessOpenFilesPercent is that of the process that is nearest to its limit.
	ProcessOpenFilesPercent = "Process_Open_Files_Percent"
	// ProcessVoluntarySwitches is how often a second a thread gave its core back because it had to wait for something.
	ProcessVoluntarySwitches = "Process_Voluntary_Switches_Per_Second"
	// ProcessInvoluntarySwitches is how often a second a core was taken from a thread that could have gone on.
	ProcessInvoluntarySwitches = "Process_Involuntary_Switches_Per_Second"
	// ProcessMajorFaults is how often a second memory had to be read from a disk.
	ProcessMajorFaults = "Process_Major_Faults_Per_Second"
	// ProcessReadMB and ProcessWriteMB are what was read from and sent to disks, in MB a second: what the page cache gave, and
	// what sockets carried, is not in it.
	ProcessReadMB  = "Process_Read_MB_Per_Second"
	ProcessWriteMB = "Process_Write_MB_Per_Second"
	// ProcessCount is how many processes there are, children included; 0 while there is none.
	ProcessCount = "Process_Count"
	// ProcessZombies is how many have ended without that their parent has waited for them.
	ProcessZombies = "Process_Zombies"
	// ProcessRestarts is how often a new process came in the place of one that had ended, since the monitor started.
	ProcessRestarts = "Process_Restarts"
	// ProcessPSSMB is the memory in which what several processes share is divided among them.
	ProcessPSSMB = "Process_PSS_MB"
)

// ProcessColumns names the columns of the process under test in the order of a row.
func ProcessColumns() []string {
	return []string{
		ProcessCPUCores, ProcessCPUUserCores, ProcessCPUSystemCores, ProcessBusiestThreadPercent, ProcessBusiestThreadWaitPercent,
		ProcessRSSMB, ProcessSwapMB, ProcessThreads, ProcessOpenFiles, ProcessOpenFilesLimit, ProcessOpenFilesPercent,
		ProcessVoluntarySwitches, ProcessInvoluntarySwitches, ProcessMajorFaults, ProcessReadMB, ProcessWriteMB,
		ProcessCount, ProcessZombies, ProcessRestarts,
	}
}
