package collector

import (
	"bytes"
	"errors"
	"path/filepath"

	"gregaria/monitor/internal/kernel"
)

// maxCores bounds the numbers of cores that are believed: no kernel is built for more than 8192 (NR_CPUS in arch/x86/Kconfig).
const maxCores = 1 << 13

// shared is what several groups read.
type shared struct{ stat *statFile }

func newShared(s Settings) shared {
	return shared{&statFile{file: kernel.NewRecord(filepath.Join(s.Proc, "stat"), new(kernel.Room)), before: new(stat), now: new(stat)}}
}

// statFile returns the one of all groups.
func (s Settings) statFile() *statFile {
	if s.shared.stat == nil {
		return newShared(s).stat
	}
	return s.shared.stat
}

// A statFile is /proc/stat, read once a tick for all groups that need it: its line of interrupts is long, and the kernel sums each
// number of it over all cores.
type statFile struct {
	file        *kernel.File
	before, now *stat // the last two readings that could be made
	good        int   // readings that could be made
	number      int   // of all readings
	err         error // of the last one
}

// after reads the file, unless somebody else has since the reading number seen. It returns the number of the reading, and whether
// there are two to compare.
func (f *statFile) after(seen int) (number int, known bool, err error) {
	if f.number == seen {
		f.number++
		f.err = f.read()
	}
	return f.number, f.good > 1, f.err
}

func (f *statFile) read() error {
	data, err := f.file.Read()
	if err != nil {
		return err
	}
	f.before, f.now = f.now, f.before
	if err := f.now.parse(data); err != nil {
		f.before, f.now = f.now, f.before // what was read last is still what the next is compared with
		return err
	}
	f.good++
	return nil
}

// A stat is what /proc/stat shows.
type stat struct {
	all             cpuTimes
	cores           []coreTimes // by the kernel's number
	switches, forks number      // since boot
	runnable        number      // tasks that run or want to, now
	blocked         number      // tasks that wait for a disk, now
}

// coreTimes are those of one core.
type coreTimes struct {
	cpuTimes

	online bool // the file has a line of it
}

// errNoCPU means that a text is no /proc/stat.
var errNoCPU = errors.New("read CPU times: /proc/stat has no line cpu")

// parse reads the lines that are wanted in one pass. The line "cpu", over all cores, has to be the first.
func (s *stat) parse(data []byte) error {
	line, data, _ := kernel.NextLine(data)
	word, rest := kernel.NextWord(line)
	var ok bool
	if s.all, ok = parseCPU(rest); string(word) != "cpu" || !ok {
		return errNoCPU
	}
	clear(s.cores)
	s.switches, s.forks, s.runnable, s.blocked = number{}, number{}, number{}, number{}
	for len(data) > 0 {
		line, data, _ = kernel.NextLine(data)
		word, rest = kernel.NextWord(line)
		switch string(word) {
		case "intr", "softirq":
		case "ctxt":
			s.switches = first(rest)
		case "processes":
			s.forks = first(rest)
		case "procs_running":
			s.runnable = first(rest)
		case "procs_blocked":
			s.blocked = first(rest)
		default:
			s.parseCore(word, rest)
		}
	}
	return nil
}

// parseCore reads a line "cpu12 ...", and nothing else.
func (s *stat) parseCore(word, rest []byte) {
	name, ok := bytes.CutPrefix(word, []byte("cpu"))
	if !ok {
		return
	}
	n, ok := kernel.Uint(name)
	if !ok || n >= maxCores {
		return
	}
	for uint64(len(s.cores)) <= n {
		s.cores = append(s.cores, coreTimes{})
	}
	s.cores[n].cpuTimes, s.cores[n].online = parseCPU(rest)
}

func first(rest []byte) number {
	value, _, ok := kernel.NextUint(rest)
	return number{value, ok}
}
