package collector

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gregaria/monitor/internal/kernel"
)

// A diskLine is what /proc/diskstats counts of a disk since boot (Documentation/admin-guide/iostats.rst).
type diskLine struct {
	name                      []byte // good until the file is read anew
	reads, writes             uint64 // completed
	readSectors, writeSectors uint64 // of 512 bytes, whatever the disk's are
	readMS, writeMS           uint64 // of all reads and writes, from the queue to the end
	busyMS                    uint64 // in which at least one was on its way
}

// parseDiskLine reads "254 0 vda reads merged sectors ms writes merged sectors ms flying busy weighted ...". It returns false for
// a shorter line, as partitions had before Linux 2.6.25.
func parseDiskLine(line []byte) (diskLine, bool) {
	var d diskLine
	var merged, flying uint64
	d.name, line = kernel.NextWord(kernel.SkipWords(line, 2))
	for _, field := range []*uint64{
		&d.reads, &merged, &d.readSectors, &d.readMS, &d.writes, &merged, &d.writeSectors, &d.writeMS, &flying, &d.busyMS,
	} {
		var ok bool
		if *field, line, ok = kernel.NextUint(line); !ok {
			return diskLine{}, false
		}
	}
	return d, true
}

// isDisk says whether a name is of a whole disk that is counted: it has a folder of its own in /sys/block, which partitions do not have;
// it is there (a drive without a medium and an unused loop device have no size); it is no memory or file that looks like a
// disk; and it is made of no other disks: what goes to a volume of LVM, a RAID or an encrypted disk (dm-0, md0) is counted
// at the disks below it, and would be counted twice. A path of NVMe's multipath is hidden: its disk has a name of its own.
func isDisk(sys, name string) bool {
	for _, kind := range []string{"loop", "ram", "zram"} {
		if number, ok := strings.CutPrefix(name, kind); ok && strings.Trim(number, "0123456789") == "" {
			return false
		}
	}
	folder := blockFolder(sys, name)
	size, err := os.ReadFile(filepath.Join(folder, "size"))
	if err != nil || strings.TrimSpace(string(size)) == "0" {
		return false
	}
	if hidden, err := os.ReadFile(filepath.Join(folder, "hidden")); err == nil && strings.TrimSpace(string(hidden)) == "1" {
		return false
	}
	below, _ := os.ReadDir(filepath.Join(folder, "slaves"))
	return len(below) == 0
}

// blockFolder is where the kernel tells of a disk; a "/" in a name, as in cciss/c0d0, is "!" there.
func blockFolder(sys, name string) string {
	return filepath.Join(sys, "block", strings.ReplaceAll(name, "/", "!"))
}

// diskNames lists the disks of /proc/diskstats that are counted.
func diskNames(sys string, data []byte) []string {
	var names []string
	for len(data) > 0 {
		var line []byte
		line, data, _ = kernel.NextLine(data)
		if d, ok := parseDiskLine(line); ok && !slices.Contains(names, string(d.name)) && isDisk(sys, string(d.name)) {
			names = append(names, string(d.name))
		}
	}
	return names
}
