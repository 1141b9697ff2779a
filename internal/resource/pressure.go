package resource

// The columns of the machine's pressure: the share of the time since the previous row in which tasks stood still for want of something.
// "Some" is at least one task, "Full" is all that had something to do.
const (
	// PressureCPUSomePercent is the share in which a task waited for a core.
	PressureCPUSomePercent = "Pressure_CPU_Some_Percent"
	// PressureMemorySomePercent is the share in which a task waited for memory to be reclaimed or swapped in.
	PressureMemorySomePercent = "Pressure_Memory_Some_Percent"
	// PressureMemoryFullPercent is the share in which every task did.
	PressureMemoryFullPercent = "Pressure_Memory_Full_Percent"
	// PressureIOSomePercent is the share in which a task waited for a disk.
	PressureIOSomePercent = "Pressure_IO_Some_Percent"
	// PressureIOFullPercent is the share in which every task did.
	PressureIOFullPercent = "Pressure_IO_Full_Percent"
)

func pressureColumns() []string {
	return []string{PressureCPUSomePercent, PressureMemorySomePercent, PressureMemoryFullPercent, PressureIOSomePercent, PressureIOFullPercent}
}
