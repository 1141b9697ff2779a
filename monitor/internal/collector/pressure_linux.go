package collector

import (
	"errors"
	"fmt"
	"path/filepath"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// pressure collects the share of the time since the previous tick in which tasks of the machine stood still for want of something.
type pressure struct {
	files    [3]*kernel.File // cpu, memory, io
	stalls   [3]stalls
	watch    stopwatch
	measured []resource.Cell // some and full of each
}

// openPressure finds none where the kernel was built without it, and where the boot parameter psi=0 switched it off: the files cannot
// be opened then (EOPNOTSUPP, psi_proc_init in kernel/sched/psi.c).
func openPressure(s Settings) (Collector, error) {
	p := &pressure{measured: make([]resource.Cell, 6)}
	for i, kind := range []string{"cpu", "memory", "io"} {
		p.files[i] = kernel.NewRecord(filepath.Join(s.Proc, "pressure", kind), new(kernel.Room))
		if _, err := p.files[i].Read(); err != nil {
			return nil, fmt.Errorf("pressure %w: %w (Linux 4.20 or newer has it, unless it was built or started without)", ErrAbsent, err)
		}
	}
	return p, nil
}

// Columns has no "full" of the CPU: of a whole machine that is always 0 (Documentation/accounting/psi.rst).
func (*pressure) Columns() []string {
	return []string{
		resource.PressureCPUSomePercent,
		resource.PressureMemorySomePercent,
		resource.PressureMemoryFullPercent,
		resource.PressureIOSomePercent,
		resource.PressureIOFullPercent,
	}
}

func (p *pressure) Collect(row []resource.Cell) error {
	seconds := p.watch.lap()
	var errs error
	clear(p.measured)
	for i, file := range p.files {
		var now kernel.Pressure
		data, err := file.Read()
		if err == nil {
			now = kernel.ParsePressure(data)
		} else {
			errs = errors.Join(errs, err)
		}
		p.stalls[i].fill(number{now.Some, now.HasSome}, number{now.Full, now.HasFull}, seconds, p.measured[2*i:])
	}
	row[0] = p.measured[0]
	copy(row[1:], p.measured[2:])
	return errs
}

// stalls are the counters of one file of pressure stall information at the previous tick.
type stalls struct{ some, full counter }

// fill puts the shares of the time into two cells: microseconds of stalls over microseconds that passed. The kernel adds to its
// counters when they are read, a little after the stopwatch was: a share cannot be more than the whole.
func (s *stalls) fill(some, full number, seconds float64, cells []resource.Cell) {
	const partsOfPercent = 1e6 / 100
	for i, cell := range []resource.Cell{some.rate(&s.some, partsOfPercent, seconds), full.rate(&s.full, partsOfPercent, seconds)} {
		if percent, ok := cell.Value(); ok {
			cells[i] = resource.Of(min(percent, 100))
		}
	}
}
