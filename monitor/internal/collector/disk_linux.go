package collector

import (
	"errors"
	"fmt"
	"path/filepath"

	"golang.org/x/sys/unix"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// disks collects what goes to and comes from each disk, and the free space of the folder that is written to.
type disks struct {
	diskstats *kernel.File // nil where the machine has no disk
	sys       string
	folder    string // "" for none
	note      func(string)

	all   []*disk
	known map[string]*disk // by name; nil for what is no disk, or came too late
	watch stopwatch
}

// cellsOfDisk is how many columns a disk has.
const cellsOfDisk = 6

// openDisk gives columns to the disks that are there now. One that comes later is said once.
func openDisk(s Settings) (Collector, error) {
	d := &disks{sys: s.Sys, folder: s.Folder, note: s.Note, known: map[string]*disk{}}
	file := kernel.NewFile(filepath.Join(s.Proc, "diskstats"))
	data, err := file.Read()
	for _, name := range diskNames(s.Sys, data) {
		one := &disk{name: name}
		d.all, d.known[name] = append(d.all, one), one
	}
	if len(d.all) > 0 {
		d.diskstats = file
	} else if d.folder == "" {
		if err == nil {
			err = errors.New("no disk in /proc/diskstats has a size in /sys/block")
		}
		return nil, fmt.Errorf("disk %w: %w", ErrAbsent, err)
	}
	return d, nil
}

func (d *disks) Columns() []string {
	var names []string
	for _, one := range d.all {
		names = append(names, resource.DiskColumns(one.name)...)
	}
	if d.folder != "" {
		names = append(names, resource.DiskFreeGB, resource.DiskFreePercent)
	}
	return names
}

func (d *disks) Collect(row []resource.Cell) error {
	var err error
	if d.diskstats != nil {
		err = d.read(row)
	}
	if d.folder != "" {
		err = errors.Join(err, free(d.folder, row[len(d.all)*cellsOfDisk:]))
	}
	return err
}

func (d *disks) read(row []resource.Cell) error {
	for _, one := range d.all {
		one.seen = false
	}
	data, err := d.diskstats.Read()
	seconds := d.watch.lap()
	for len(data) > 0 {
		var line []byte
		line, data, _ = kernel.NextLine(data)
		if now, ok := parseDiskLine(line); ok {
			d.take(now)
		}
	}
	for i, one := range d.all {
		if one.seen {
			one.fill(seconds, row[i*cellsOfDisk:])
		} else if one.known = false; err == nil {
			err = fmt.Errorf("disk %s is gone", one.name)
		}
	}
	return err
}

// take hands a line to its disk, and looks once at a name that is new.
func (d *disks) take(now diskLine) {
	one, known := d.known[string(now.name)]
	if !known {
		name := string(now.name)
		d.known[name] = nil
		if isDisk(d.sys, name) {
			d.note(fmt.Sprintf("the disk %s is new; it has no columns, since they are those of the start", name))
		}
	}
	if one != nil {
		one.seen, one.now = true, now
	}
}

// free reads the file system of a folder: the space that programs without root's rights may use, as df shows it.
func free(folder string, row []resource.Cell) error {
	var fs unix.Statfs_t
	if err := unix.Statfs(folder, &fs); err != nil {
		return fmt.Errorf("read the free space of %s: %w", folder, err)
	}
	available, used := float64(fs.Bavail), float64(fs.Blocks-fs.Bfree)
	row[0] = resource.Of(available * float64(fs.Bsize) / gb)
	row[1] = resource.Of(100 * available / (available + used))
	return nil
}
