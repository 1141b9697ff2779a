//go:build cgo && linux

package nvidia

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"

	"gregaria/internal/resource"
)

const (
	// Patience is how long Open waits for the driver.
	Patience = 2 * time.Second
	// NeededPatience is the same where the driver is needed.
	NeededPatience = 5 * time.Second
	// retryAfter is how long to wait before the driver is started anew, and retryBeside the same where other devices answer: they
	// have no values meanwhile.
	retryAfter  = 10 * time.Second
	retryBeside = time.Minute
	// lookAfter is how often the MIG instances are counted.
	lookAfter = 10 * time.Second
)

// A Config is what GPUs are opened with.
type Config struct {
	// Proc and Sys are the kernel's files: /proc and /sys.
	Proc, Sys string
	// PIDs returns the processes under test, numbered as below Proc, in ascending order; nil where none is watched.
	PIDs func() []int
	// Interval is the time from row to row.
	Interval time.Duration
	// Needed makes it an error that no GPU answers at the start.
	Needed bool
	// Stop is closed when nobody waits any more.
	Stop <-chan struct{}
	// Note takes a line for the user, Identify what the devices are, when that is known and when it has changed. Any goroutine may call them.
	Note     func(string)
	Identify func([]Identity)

	// Library loads the library of the driver; nil is how go-nvml finds it.
	Library func() (nvml.Interface, error)
}

// GPUs are all of the machine. Their columns are fixed when they are opened: without a driver, for as many as the kernel sees on the
// bus. It is used by one goroutine.
type GPUs struct {
	config  Config
	devices []*device
	columns []string
	lib     *library

	starting   <-chan started // the first session, while it is awaited; then nil
	session    *session       // nil while there is none
	err        error          // why
	retry      time.Time      // when to start the driver anew; zero while all devices answer
	look       time.Time      // when to count the MIG instances
	identities []Identity
	next       int  // the device whose PCIe traffic is measured next
	changed    bool // it was said that there are devices or instances without columns
}

// A started driver, or why it is not.
type started struct {
	session *session
	err     error
}

// errStarting means that the driver's first answer is still awaited.
var errStarting = errors.New("the NVIDIA driver was started and has not answered yet")

// Open starts the driver, which it awaits for Patience, and finds out which columns there are. An error says why there is none.
func Open(c Config) (*GPUs, error) {
	g := &GPUs{config: c}
	g.starting = g.start()
	patience := Patience
	if c.Needed {
		patience = NeededPatience
	}
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	select {
	case first := <-g.starting:
		g.starting, g.session, g.err = nil, first.session, first.err
	case <-timeout.C:
		g.err = errStarting
	case <-c.Stop:
		g.err = errStarting
	}
	if err := g.prepare(); err != nil {
		if !c.Needed {
			go g.lookOut()
		}
		return nil, err
	}
	return g, nil
}

// start starts the driver on a goroutine of its own, which ends when the driver has answered.
func (g *GPUs) start() <-chan started {
	done := make(chan started, 1)
	go func() {
		s, err := g.connect()
		done <- started{s, err}
	}()
	return done
}

// connect loads the library, unless it is loaded, and starts it.
func (g *GPUs) connect() (*session, error) {
	load := g.config.Library
	if load == nil {
		load = func() (nvml.Interface, error) { return nvml.New(), loadable() }
	}
	if g.lib == nil {
		lib, err := load()
		if err != nil {
			return nil, err
		}
		g.lib = &library{Interface: lib}
	}
	return connect(g.lib)
}

// prepare chooses the columns.
func (g *GPUs) prepare() error {
	var shared *share
	if g.config.PIDs != nil {
		shared = newShare(g.config.PIDs, g.config.Proc, g.config.Note)
	}
	if g.session == nil {
		g.retry = time.Now().Add(retryAfter)
		return g.prepareWithout(shared)
	}
	for i, f := range g.session.found {
		d := newDevice(i, &g.config, shared)
		d.take(g.session, f)
		d.choose(g.session)
		g.devices = append(g.devices, d)
	}
	if g.config.Needed && !slices.ContainsFunc(g.devices, func(d *device) bool { return d.handle != nil }) {
		return fmt.Errorf("GPU0: %w", g.devices[0].err)
	}
	g.name()
	g.nameColumns()
	return nil
}

// prepareWithout chooses the columns without the driver.
func (g *GPUs) prepareWithout(shared *share) error {
	bus := onBus(g.config.Sys)
	if g.config.Needed || len(bus) == 0 || errors.Is(g.err, errNoDevice) {
		return g.err
	}
	for i, at := range bus {
		d := newDevice(i, &g.config, shared)
		d.at, d.onIt = at, true
		g.devices = append(g.devices, d)
	}
	g.nameColumns()
	return nil
}

func (g *GPUs) nameColumns() {
	for _, d := range g.devices {
		names := d.columns()
		d.width = len(names)
		g.columns = append(g.columns, names...)
	}
}

// Columns names the cells of Collect.
func (g *GPUs) Columns() []string { return g.columns }

// Collect asks each device. What cannot be read is absent, and the error says why.
func (g *GPUs) Collect(row []resource.Cell) error {
	g.settle()
	switch {
	case g.starting != nil:
		return g.err
	case g.session == nil:
		return fmt.Errorf("%w; it is tried again every %s", g.err, retryAfter)
	}
	g.session.errors.hear(g.hear)
	var unread []error
	answered := 0
	for _, d := range g.devices {
		lost, err := d.collect(row[:d.width])
		row = row[d.width:]
		if err != nil {
			unread = append(unread, err)
		}
		if !lost {
			answered++
		}
	}
	g.plan(answered)
	return errors.Join(unread...)
}

// hear hands an error to the device that it is of.
func (g *GPUs) hear(handle nvml.Device, number uint64) {
	for _, d := range g.devices {
		if d.handle == handle {
			d.hear(number)
		}
	}
}
