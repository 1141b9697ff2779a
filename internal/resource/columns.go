// Package resource is the metrics CSV: its columns, the writer that the monitor uses and the readers that loadtest uses.
//
// The file has one header line and one line for each tick of the monitor. Its first column is Timestamp, in epoch
// seconds, which is also a column of Locust's stats_history.csv, so that the two files join by it. Time is the same moment for
// people. Every other column is a number, or a word where IsText says so. The end of its name is the unit; a name without a
// unit is of a count. A value that could not be read is an empty cell, never 0.
// docs/metrics.md says what each column means; a file may have columns that this package does not know.
//
// To show the newest values of a file that is still growing, and to read a whole file:
//
//	row, ok, err := resource.Last("metrics.csv")      // ok is false until the first row is there
//	cpu, known := row.Value(resource.CPUPercent)      // known is false for an empty cell or a missing column
//
//	rows, err := resource.Read(file)                  // rows[i].Second() is the key to join with Locust's history
package resource

// The columns of every metrics CSV. A percentage is 0 to 100; a GB is 2^30 bytes and an MB is 2^20 bytes, as psutil
// scripts and nvidia-smi count them.
const (
	// Timestamp is the first column: epoch seconds, a whole number where the interval is a whole number of seconds.
	Timestamp = "Timestamp"
	// Time is the Timestamp in the form of ISO 8601, in UTC, for people and spreadsheets.
	Time = "Time"
	// CPUPercent is the busy share of all cores since the previous row.
	CPUPercent = "CPU_Percent"
	// MemoryTotalGB is the memory of the machine.
	MemoryTotalGB = "Memory_Total_GB"
	// MemoryUsedGB is what a new program could not have: total minus available.
	MemoryUsedGB = "Memory_Used_GB"
	// MemoryAvailableGB is what a new program could have without swapping, page cache that can be dropped included.
	MemoryAvailableGB = "Memory_Available_GB"
	// MemoryPercent is used / total.
	MemoryPercent = "Memory_Percent"
	// MonitorCPUPercent is the monitor's own part of CPU_Percent, on the same scale: a share of all cores.
	MonitorCPUPercent = "Monitor_CPU_Percent"
	// MonitorRSSMB is the monitor's own resident memory.
	MonitorRSSMB = "Monitor_RSS_MB"
	// MonitorLatenessMS is how long after the tick the reading of the row began, in milliseconds.
	MonitorLatenessMS = "Monitor_Lateness_MS"
	// MonitorSkippedTicks is how many ticks between the previous row and this one have no row.
	MonitorSkippedTicks = "Monitor_Skipped_Ticks"
	// MonitorRowMS is how long the reading of the row took, in milliseconds.
	MonitorRowMS = "Monitor_Row_MS"
)

// MonitorTook names the column for how long one group of columns took of Monitor_Row_MS. Groups are what --collect names.
func MonitorTook(group string) string { return "Monitor_Took_" + group + "_MS" }
