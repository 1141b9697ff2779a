package collector

import "gregaria/internal/resource"

// sector is the unit of /proc/diskstats in bytes, whatever the disk's own is.
const sector = 512

// A disk is one disk with its counters at the previous tick.
type disk struct {
	name string

	now   diskLine
	seen  bool     // now is of this tick
	last  diskLine // of the previous one
	known bool     // there is a previous one
}

// fill puts the cells in the order of resource.DiskColumns. Await is absent where nothing was completed: 0/0 is NaN. A busy time can be
// a little more than the time that passed, for the two are not read at the same moment.
func (d *disk) fill(seconds float64, row []resource.Cell) {
	before, after, known := d.last, d.now, d.known
	d.last, d.known = d.now, true
	if !known || seconds <= 0 || after.reads < before.reads || after.writes < before.writes {
		return // the first, or another disk by the same name
	}
	reads, writes := grown(before.reads, after.reads), grown(before.writes, after.writes)
	row[0] = resource.Of(grown(before.readSectors, after.readSectors) * sector / mb / seconds)
	row[1] = resource.Of(grown(before.writeSectors, after.writeSectors) * sector / mb / seconds)
	row[2], row[3] = resource.Of(reads/seconds), resource.Of(writes/seconds)
	row[4] = resource.Of(min(100, 100*grown(before.busyMS, after.busyMS)/1000/seconds))
	row[5] = resource.Of((grown(before.readMS, after.readMS) + grown(before.writeMS, after.writeMS)) / (reads + writes))
}
