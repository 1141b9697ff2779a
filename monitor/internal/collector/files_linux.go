package collector

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// files collects what the whole kernel has a fixed number of: open files and threads.
type files struct{ fileNR, loadavg, pidMax, threadsMax *kernel.File }

func openFileTable(s Settings) (Collector, error) {
	at := func(name string) *kernel.File { return kernel.NewRecord(filepath.Join(s.Proc, name), new(kernel.Room)) }
	return &files{at("sys/fs/file-nr"), at("loadavg"), at("sys/kernel/pid_max"), at("sys/kernel/threads-max")}, nil
}

func (*files) Columns() []string {
	return []string{resource.FilesOpen, resource.FilesPercent, resource.ThreadsUsed, resource.ThreadsPercent}
}

func (f *files) Collect(row []resource.Cell) error {
	return errors.Join(f.open(row), f.threads(row[2:]))
}

func (f *files) open(row []resource.Cell) error {
	data, err := f.fileNR.Read()
	if err != nil {
		return err
	}
	open, most, ok := parseFileNR(data)
	if !ok {
		return errors.New("read open files: /proc/sys/fs/file-nr is not three numbers")
	}
	row[0], row[1] = resource.Of(open), resource.Of(100*open/most)
	return nil
}

// parseFileNR reads /proc/sys/fs/file-nr (proc(5)): "897	0	2466170", allocated, allocated but free (0 since Linux 2.6), maximum.
func parseFileNR(data []byte) (open, most float64, ok bool) {
	data = bytes.TrimSpace(data)
	allocated, data, ok1 := kernel.NextUint(data)
	free, data, ok2 := kernel.NextUint(data)
	limit, _, ok3 := kernel.NextUint(data)
	return float64(allocated - min(free, allocated)), float64(limit), ok1 && ok2 && ok3
}

// threads reads how many there are from the fourth word of /proc/loadavg, "3/113": runnable / all. Each takes a number of pid_max.
func (f *files) threads(row []resource.Cell) error {
	data, err := f.loadavg.Read()
	if err != nil {
		return err
	}
	word, _ := kernel.NextWord(kernel.SkipWords(data, 3))
	_, all, _ := bytes.Cut(word, []byte("/"))
	count, ok := kernel.Uint(all)
	if !ok {
		return errors.New("read threads: the fourth word of /proc/loadavg is no number of threads")
	}
	row[0] = resource.Of(float64(count))
	most, err := least(f.pidMax, f.threadsMax)
	if err == nil {
		row[1] = resource.Of(100 * float64(count) / most)
	}
	return err
}

// least is the smallest of files that are a number each.
func least(files ...*kernel.File) (float64, error) {
	var least uint64
	for i, file := range files {
		data, err := file.Read()
		if err != nil {
			return 0, err
		}
		value, ok := kernel.Uint(bytes.TrimSpace(data))
		if !ok {
			return 0, fmt.Errorf("read %s: no number", file.Path())
		}
		if i == 0 || value < least {
			least = value
		}
	}
	return float64(least), nil
}
