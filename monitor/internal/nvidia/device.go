//go:build cgo && linux

package nvidia

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// A device is a GPU with its columns, which stay those of the same GPU whatever the driver does.
type device struct {
	number   int // in its columns
	width    int // how many columns it has
	uuid     string
	at       address
	onIt     bool // at is known
	queries  []query
	parts    []part // the MIG instances that have columns
	cut      bool   // MIG was on when the columns were chosen
	share    *share // nil where no process is watched
	interval time.Duration
	note     func(string)

	handle nvml.Device // nil while the driver gives none
	err    error       // why
	lib    *library

	rates     nvml.Utilization
	ratesRet  nvml.Return
	energy    kernel.Counter
	fields    [2]nvml.FieldValue
	hasFields bool // the driver has nvmlDeviceGetFieldValues
	measures  bool // and nvmlDeviceGetPcieThroughput
	draws     bool // and lists the processes that draw
	events    bool // and calls the reasons of throttling events
	link      link
	states    []state
	slowed    uint64          // the reasons that were said
	deaf      error           // why no Xid is heard
	xids      int             // since the last row
	heard     map[uint64]bool // the Xids that were said
	failures  failures
}

// newDevice has every column that a GPU can have.
func newDevice(number int, c *Config, share *share) *device {
	return &device{
		number: number, queries: queries(share != nil), share: share, interval: c.Interval, note: c.Note, states: states(),
		heard: map[uint64]bool{}, err: errors.New("the NVIDIA driver has not shown it yet"),
	}
}

// take makes f the device behind the columns.
func (d *device) take(s *session, f found) {
	d.lib, d.handle, d.err = s.lib, f.handle, f.err
	if f.UUID != "" {
		d.uuid = f.UUID
	}
	if f.onIt {
		d.at, d.onIt = f.at, true
	}
	d.hasFields = s.lib.has("nvmlDeviceGetFieldValues") == nil
	d.measures = s.lib.has("nvmlDeviceGetPcieThroughput") == nil
	d.draws = s.lib.has(graphicsProcesses()...) == nil
	d.events = s.lib.has("nvmlDeviceGetCurrentClocksEventReasons") == nil
	d.link = link{}
	d.deaf = s.errors.deaf(f.handle)
}

// lose says that the driver does not have the device now.
func (d *device) lose(err error) { d.handle, d.err = nil, err }

// is says whether f is the GPU of these columns: of the same UUID, or at the same address while the UUID is not known, or of the
// same number while neither is.
func (d *device) is(f found) bool {
	switch {
	case d.uuid != "" && f.UUID != "":
		return d.uuid == f.UUID
	case d.onIt && f.onIt:
		return d.at == f.at
	default:
		return d.number == f.GPU
	}
}

// identities are the device's, which the driver knows as id, and those of its MIG instances.
func (d *device) identities(id Identity) []Identity {
	id.GPU = d.number
	list := []Identity{id}
	for _, p := range d.parts {
		instance := p.Identity
		instance.GPU, instance.MIG, instance.PCI, instance.Driver, instance.CUDA = d.number, p.number, id.PCI, id.Driver, id.CUDA
		list = append(list, instance)
	}
	return list
}

// choose leaves out the columns that the device cannot have, and adds those of its MIG instances.
func (d *device) choose(s *session) {
	if d.handle == nil {
		return
	}
	d.parts, d.cut = s.parts(d.handle)
	var able []query
	for _, q := range d.queries {
		if can := d.can(q); can || q.kind == always || q.kind == load && d.cut {
			able = append(able, q)
		}
	}
	d.queries = able
}

// can says whether the driver answers a query, or might another time.
func (d *device) can(q query) bool {
	if d.lib.has(q.symbols...) != nil {
		return false
	}
	return q.ask(d, make([]resource.Cell, len(q.columns))) != nvml.ERROR_NOT_SUPPORTED
}

// columns names the cells of collect.
func (d *device) columns() []string {
	var names []string
	for _, q := range d.queries {
		for _, column := range q.columns {
			names = append(names, column(d.number))
		}
	}
	for _, p := range d.parts {
		names = append(names, resource.MIGMemoryUsedGB(d.number, p.number), resource.MIGMemoryTotalGB(d.number, p.number))
	}
	return names
}

// collect asks every query. What the device does not support, such as the load of one that is cut up by MIG, is absent; so is
// everything of one that is gone, which is not asked further.
func (d *device) collect(row []resource.Cell) (lost bool, err error) {
	if d.handle == nil {
		return true, fmt.Errorf("GPU%d: %w", d.number, d.err)
	}
	d.failures.clear()
	for _, q := range d.queries {
		cells := row[:len(q.columns)]
		row = row[len(q.columns):]
		if err := d.lib.has(q.symbols...); err != nil {
			d.failures.add(q.columns[0](d.number), err)
			continue
		}
		if ret := q.ask(d, cells); ret != nvml.SUCCESS {
			clear(cells)
			if gone(ret) {
				return true, fmt.Errorf("GPU%d: %w", d.number, d.lib.reason(ret))
			}
			d.failures.add(q.columns[0](d.number), d.lib.reason(ret))
		}
	}
	for _, p := range d.parts {
		if ret := memoryOf(p.handle, row[:2]); ret != nvml.SUCCESS {
			clear(row[:2])
			d.failures.add(resource.MIGMemoryUsedGB(d.number, p.number), d.lib.reason(ret))
		}
		row = row[2:]
	}
	return false, d.failures.err()
}

// sayThrottled says each reason for lower clocks once, when it comes first: they may come and go at every tick, and the columns
// have when.
func (d *device) sayThrottled(bits uint64) {
	if bits&^nvml.ClocksEventReasonGpuIdle&^d.slowed == 0 || d.width == 0 { // it was said; or the columns are being chosen
		return
	}
	d.slowed |= bits
	d.note(fmt.Sprintf("GPU%d is slowed down: %s (each reason is said once; the GPU%d_Throttled columns have when)", d.number, inWords(bits), d.number))
}

// hear counts an error that the driver reported, and says each kind once.
func (d *device) hear(number uint64) {
	d.xids++
	if !d.heard[number] {
		d.heard[number] = true
		d.note(fmt.Sprintf("GPU%d: %s (said once; %s counts them)", d.number, xid(number), resource.GPUXidErrors(d.number)))
	}
}

// failures are what could not be read, by cause.
type failures struct {
	causes  []string
	columns [][]string
}

func (f *failures) clear() { f.causes, f.columns = f.causes[:0], f.columns[:0] }

func (f *failures) add(column string, cause error) {
	text := cause.Error()
	for i, known := range f.causes {
		if known == text {
			f.columns[i] = append(f.columns[i], column)
			return
		}
	}
	f.causes, f.columns = append(f.causes, text), append(f.columns, []string{column})
}

// err names the columns and why, or is nil.
func (f *failures) err() error {
	var unread []error
	for i, cause := range f.causes {
		unread = append(unread, fmt.Errorf("%s: %s", strings.Join(f.columns[i], ", "), cause)) //nolint:err113 // the driver's words
	}
	return errors.Join(unread...)
}
