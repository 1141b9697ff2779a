package boomer

import (
	"context"
	"log"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/worker/internal/program"
	"gregaria/worker/internal/requestlog"
	"gregaria/worker/internal/stats"
)

// A Boomer is a worker in a program: it connects to a master, does the tasks it is given, and reports what they record.
// Its methods may be called by any goroutine.
type Boomer struct {
	spec     spec
	recorder *stats.Recorder
	logger   atomic.Pointer[log.Logger]
	run      atomic.Pointer[run]                       // the last one begun, or nil
	dial     func(nodeID string) (program.Conn, error) // of tests; nil is ZeroMQ
	journal  *journal
	refused  func(error) // told that the environment is wrong, before anything runs; nil: Wait tells it

	mu       sync.Mutex // guards what follows
	mode     Mode
	limit    RateLimiter
	outputs  []Output
	profiles []profile
}

// A spec is what a Boomer was made with.
type spec struct {
	host  string
	port  int
	users int
	rate  float64
}

// A profile is one that begins with Run.
type profile struct {
	kind     string
	start    func(file string, duration time.Duration) error
	file     string
	duration time.Duration
}

// NewBoomer returns a worker of the master at this address.
func NewBoomer(masterHost string, masterPort int) *Boomer {
	return newBoomer(DistributedMode, spec{host: masterHost, port: masterPort})
}

// NewStandaloneBoomer returns a Boomer without a master: spawnCount users, of whom spawnRate a second begin (all at once if it
// is not above 0). What they record goes to the outputs.
func NewStandaloneBoomer(spawnCount int, spawnRate float64) *Boomer {
	return newBoomer(StandaloneMode, spec{users: spawnCount, rate: spawnRate})
}

func newBoomer(mode Mode, s spec) *Boomer {
	b := &Boomer{spec: s, mode: mode, recorder: stats.New(2 * runtime.GOMAXPROCS(0)), journal: &common}
	b.logger.Store(log.Default())
	if mode == DistributedMode && os.Getenv(noTimings) == "" {
		b.recorder.KeepTimings()
	}
	return b
}

// noTimings is the variable that switches off what reports carry for timings.csv, as it does for bin/worker.
const noTimings = "GREGARIA_NO_TIMINGS"

// WithLogger makes the Boomer log there. A nil logger changes nothing.
func (b *Boomer) WithLogger(logger *log.Logger) *Boomer {
	if logger != nil {
		b.logger.Store(logger)
	}
	return b
}

// SetRateLimiter makes all users of this process wait for the limiter before each task. It holds for the next Run.
func (b *Boomer) SetRateLimiter(rateLimiter RateLimiter) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.limit = rateLimiter
}

// SetMode says whether there is a master. A mode that does not exist is logged and changes nothing.
func (b *Boomer) SetMode(mode Mode) {
	if mode != DistributedMode && mode != StandaloneMode {
		b.logger.Load().Println("Invalid mode, ignored!")
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mode = mode
}

// AddOutput adds an output. It holds for the next Run.
func (b *Boomer) AddOutput(o Output) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.outputs = append(b.outputs, o)
}

// EnableCPUProfile makes Run write a CPU profile of its first duration to the file; "" makes none.
func (b *Boomer) EnableCPUProfile(cpuProfileFile string, duration time.Duration) {
	b.enable(profile{"CPU", StartCPUProfile, cpuProfileFile, duration})
}

// EnableMemoryProfile makes Run write a heap profile to the file after duration; "" makes none.
func (b *Boomer) EnableMemoryProfile(memoryProfileFile string, duration time.Duration) {
	b.enable(profile{"memory", StartMemoryProfile, memoryProfileFile, duration})
}

func (b *Boomer) enable(p profile) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range b.profiles {
		if b.profiles[i].kind == p.kind {
			b.profiles[i] = p
			return
		}
	}
	b.profiles = append(b.profiles, p)
}

// SendCustomMessage sends a message to the master's locustfile, which has registered for its type; without a master it is an
// event here. Data that cannot be sent is logged. Before Run it does nothing.
func (b *Boomer) SendCustomMessage(messageType string, data interface{}) {
	r := b.run.Load()
	if r == nil {
		return
	}
	if err := r.send(messageType, data); err != nil {
		b.logger.Load().Printf("The custom message %s cannot be sent: %v", messageType, err)
	}
}

// Quit ends the Boomer: users finish their task within the master's stop timeout and twice as long as one has taken so far
// (10 s at most), what they recorded is reported, the master is told. It returns when that is done and the handlers of
// EVENT_QUIT have run; a master that is gone does not hold it up for longer than 3 s. A handler of an event may call it: then it
// does not wait for handlers.
func (b *Boomer) Quit() {
	r := b.run.Load()
	if r == nil {
		return
	}
	handler := r.handlers.quits()
	r.cancel()
	<-r.ended
	if !handler { // one waits for itself
		<-r.announced
	}
}

// Wait waits until the Boomer has ended: by Quit, because the master said quit, or because there is no master any more. An
// error says that the master never answered, or that the request log cannot be opened or lacks requests. boomer does not have it.
func (b *Boomer) Wait() error {
	r := b.run.Load()
	if r == nil {
		return nil
	}
	<-r.announced
	return r.err
}

// Stopping is closed when the user who does the calling task is to begin nothing more: because the test ends, or because
// the master wants fewer users. A task that is a loop, or that waits for long, looks at it; a task that just returns need
// not. In a goroutine that is no user's, it is closed when the test that is on ends; without a test it is closed. boomer
// does not have it.
func (b *Boomer) Stopping() <-chan struct{} {
	if r := b.run.Load(); r != nil {
		return r.actors.stopping()
	}
	none := make(chan struct{})
	close(none)
	return none
}

// A run is one Run of a Boomer.
type run struct {
	cancel    context.CancelFunc
	ended     chan struct{} // closed when everything is reported and closed
	announced chan struct{} // closed when EVENT_QUIT's handlers have run
	send      func(kind string, data any) error
	err       error // why it ended; set before announced is closed
	actors    *actors
	handlers  *handlers
	requests  *requestlog.Log // nil: none
}
