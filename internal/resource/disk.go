package resource

// The columns of the folder that is written to.
const (
	// DiskFreeGB is what programs may still write to the file system of the folder.
	DiskFreeGB = "Disk_Free_GB"
	// DiskFreePercent is the free share of what programs may use of it, 100 less what df says.
	DiskFreePercent = "Disk_Free_Percent"
)

// DiskReadMBPerSecond names the column for what was read from a disk.
func DiskReadMBPerSecond(disk string) string { return "Disk_" + disk + "_Read_MB_Per_Second" }

// DiskWrittenMBPerSecond names the column for what was written to a disk.
func DiskWrittenMBPerSecond(disk string) string { return "Disk_" + disk + "_Written_MB_Per_Second" }

// DiskReadsPerSecond names the column for how many reads of a disk were completed.
func DiskReadsPerSecond(disk string) string { return "Disk_" + disk + "_Reads_Per_Second" }

// DiskWritesPerSecond names the column for how many writes to a disk were completed.
func DiskWritesPerSecond(disk string) string { return "Disk_" + disk + "_Writes_Per_Second" }

// DiskBusyPercent names the column for the share of time in which a disk had something to do: its utilisation.
func DiskBusyPercent(disk string) string { return "Disk_" + disk + "_Busy_Percent" }

// DiskAwaitMS names the column for how long a read or write of a disk took on average, waiting included.
func DiskAwaitMS(disk string) string { return "Disk_" + disk + "_Await_MS" }

// DiskColumns names the columns of one disk.
func DiskColumns(disk string) []string {
	return []string{
		DiskReadMBPerSecond(disk), DiskWrittenMBPerSecond(disk), DiskReadsPerSecond(disk), DiskWritesPerSecond(disk), DiskBusyPercent(disk), DiskAwaitMS(disk),
	}
}

func diskColumns() []string { return append(DiskColumns("<disk>"), DiskFreeGB, DiskFreePercent) }
