package python

import (
	"context"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

const (
	// RecursionLimit is how deep Python calls may nest, as sys.getrecursionlimit() has it.
	RecursionLimit = 1000
	// checkEvery is how many loop turns and calls pass between two looks at the clock and at cancellation.
	checkEvery = 1000
	// TimeSlice is how long a thread may hold the lock of its isolate before it lets others run. Greenlets would never be
	// interrupted; the slice is long, so that only code that runs away feels it.
	TimeSlice = 100 * time.Millisecond
	// maxAlloc bounds a single string, list or number, in bytes: beyond it is a MemoryError.
	maxAlloc = 256 << 20
	// stackSize is how many values the stack has that a thread gets: enough for the calls of a usual task.
	stackSize = 32
	// maxNames is how many names an isolate knows by address; maxAbsent how many lookups without result a class remembers.
	maxNames, maxAbsent = 1 << 16, 1 << 12
	// maxFrames and maxStacks are how many of them an isolate keeps for its threads.
	maxFrames, maxStacks = 256, 64
)

// A Thread is what one goroutine needs to run Python: its stack, its depth and the exception it handles. It belongs to one
// goroutine, which holds the lock of the isolate while it runs Python. A thread that runs no Python is small: its stack and
// its frames go back to the isolate.
type Thread struct {
	iso      *Isolate
	depth    int32
	ticks    int32
	sp       int
	stack    []Value // from the isolate while sp > 0
	frame    *Frame
	handling *Exception
	cancel   atomic.Pointer[Exception]
	stopping sync.Mutex    // guards stopper, and is held while it runs
	stopper  *func()       // of the blocking call that a cancellation has to end
	since    time.Duration // when the first check after Lock was, on the clock of the isolate; 0 is not yet
	extra    *extra
	// Local is for the embedder: what belongs to the user that the thread runs.
	Local any
	// Scratch is for what a package of the embedder's keeps of the thread.
	Scratch any
}

// extra is what few threads have.
type extra struct {
	reprs []Value // containers whose repr is being made
	vars  *Dict   // what threading.local objects and current_thread keep
}

func (t *Thread) more() *extra {
	if t.extra == nil {
		t.extra = &extra{}
	}
	return t.extra
}

// Vars holds what belongs to the thread by the terms of Python, such as the content of threading.local objects.
func (t *Thread) Vars() *Dict {
	x := t.more()
	if x.vars == nil {
		x.vars = NewDict()
	}
	return x.vars
}

// A Frame is one running function.
type Frame struct {
	t       *Thread
	code    *Code
	locals  []Value
	cells   []*Cell
	globals *Dict
	ns      *Dict // of a class body
	ret     Value
	back    *Frame
	gen     *genState
	line    int32
}

// Isolate returns the isolate of the thread.
func (t *Thread) Isolate() *Isolate { return t.iso }

// Cancel makes the thread raise an exception at its next check, in whatever it does. It may be called from any goroutine.
// It ends a [Thread.BlockingUntil], a [Thread.BlockingIn] and a [Thread.Wait] at once. Any other blocking call is not interrupted: end it by its own means, then the
// thread raises as it comes back.
func (t *Thread) Cancel(e *Exception) {
	t.cancel.Store(e)
	t.stopping.Lock() // what stopper calls belongs to the blocking call, which does not return meanwhile
	defer t.stopping.Unlock()
	if t.stopper != nil && e != nil {
		(*t.stopper)()
	}
}

// Blocking runs f without the lock of the isolate, so that other threads run Python meanwhile. f must not touch Python
// values. It returns the exception of [Thread.Cancel], if there is one.
func (t *Thread) Blocking(f func()) error {
	t.Unlock()
	func() {
		defer t.Lock()
		f()
	}()
	return t.cancelled()
}

// BlockingUntil is Blocking for an f that stop ends: [Thread.Cancel] calls it, from whatever goroutine, perhaps with the lock of the isolate.
func (t *Thread) BlockingUntil(stop *func(), f func()) error {
	t.stoppedBy(stop)
	defer t.stoppedBy(nil)
	if err := t.cancelled(); err != nil { // it came before stop was there
		return err
	}
	return t.Blocking(f)
}

func (t *Thread) stoppedBy(stop *func()) {
	t.stopping.Lock()
	defer t.stopping.Unlock()
	t.stopper = stop
}

// BlockingIn is Blocking for an f that waits in a context, which [Thread.Cancel] ends, too.
func (t *Thread) BlockingIn(ctx context.Context, f func(ctx context.Context)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := (func())(cancel)
	return t.BlockingUntil(&stop, func() { f(ctx) })
}

// Lock takes the lock of the isolate.
func (t *Thread) Lock() {
	if !t.iso.mu.TryLock() {
		t.iso.waiting.Add(1)
		t.iso.mu.Lock()
		t.iso.waiting.Add(-1)
	}
	t.since = 0
}

// Unlock gives the lock of the isolate back.
func (t *Thread) Unlock() {
	if t.sp == 0 && t.stack != nil {
		t.iso.putStack(t.stack)
		t.stack = nil
	}
	t.iso.mu.Unlock()
}

// Do runs f with the lock held. A panic in it becomes a SystemError, with the text of the panic.
func (t *Thread) Do(f func() error) (err error) {
	t.Lock()
	defer t.Unlock()
	depth, sp, frame, handling := t.depth, t.sp, t.frame, t.handling
	defer func() {
		if r := recover(); r != nil {
			t.depth, t.sp, t.frame, t.handling = depth, sp, frame, handling
			clear(t.stack[min(sp, len(t.stack)):])
			err = Errorf(SystemError, "%v", r)
		}
	}()
	return f()
}

func (t *Thread) cancelled() error {
	if t.cancel.Load() == nil { // nearly always, and cheaper than a swap
		return nil
	}
	if e := t.cancel.Swap(nil); e != nil {
		return e
	}
	return nil
}

// tick counts one loop turn or call.
func (t *Thread) tick() error {
	if t.ticks--; t.ticks > 0 {
		return nil
	}
	return t.check()
}

// check looks at what a thread that runs for long has to respect.
func (t *Thread) check() error {
	used := int64(checkEvery - t.ticks)
	t.ticks = checkEvery
	if t.iso == nil || t.iso.start.IsZero() { // a thread that only makes a text
		return nil
	}
	if t.iso.steps != nil && t.iso.steps.Add(-used) < 0 {
		return Errorf(TimeoutError, "the budget of steps is used up")
	}
	now := t.iso.clock()
	switch {
	case t.since == 0:
		t.since = now
	case now-t.since > TimeSlice:
		t.Unlock()
		runtime.Gosched()
		t.Lock()
	}
	if err := t.iso.memory.check(now); err != nil {
		return err
	}
	return t.cancelled()
}

// push reserves n values on the stack of the thread. Old slices stay valid when the stack grows, as they point to the
// old array.
func (t *Thread) push(n int) []Value {
	if t.sp+n > len(t.stack) {
		t.grow(n)
	}
	s := t.stack[t.sp : t.sp+n : t.sp+n]
	t.sp += n
	return s
}

func (t *Thread) grow(n int) {
	if t.stack == nil && n <= stackSize {
		t.stack = t.iso.takeStack()
		return
	}
	t.stack = make([]Value, max(2*len(t.stack), t.sp+n, stackSize))
}

func (t *Thread) pop(s []Value) {
	clear(s)
	t.sp -= len(s)
}

// newFrame takes a frame from the isolate, as frames are only made and released under its lock.
func (t *Thread) newFrame(c *Code, globals *Dict) *Frame {
	var f *Frame
	iso := t.iso
	if n := len(iso.frames); n > 0 && !c.isGen {
		f = iso.frames[n-1]
		iso.frames = iso.frames[:n-1]
	} else {
		f = &Frame{}
	}
	f.t, f.code, f.globals = t, c, globals
	if cap(f.locals) < c.nlocals {
		f.locals = make([]Value, c.nlocals, max(c.nlocals, 4))
	}
	f.locals = f.locals[:c.nlocals]
	return f
}

func (t *Thread) release(f *Frame) {
	clear(f.locals)
	f.t, f.cells, f.ns, f.ret, f.gen, f.back, f.globals = nil, nil, nil, nil, nil, nil, nil
	if iso := t.iso; len(iso.frames) < maxFrames {
		iso.frames = append(iso.frames, f)
	}
}

// enter guards the depth of calls.
func (t *Thread) enter(what string) error {
	if t.depth >= RecursionLimit {
		return Errorf(RecursionError, "maximum recursion depth exceeded%s", what)
	}
	t.depth++
	return nil
}

// Line returns the file and line that the thread is at, for log records.
func (t *Thread) Line() (file string, line int, function string) {
	if t.frame == nil {
		return "", 0, ""
	}
	return t.frame.code.file, int(t.frame.line), t.frame.code.name
}

// Wait waits without the lock until ch is closed or the deadline fires, which sets expired, or the thread is cancelled.
func (t *Thread) Wait(ch <-chan struct{}, deadline <-chan time.Time, expired *bool) error {
	wake := make(chan struct{}, 1)
	stop := func() {
		select {
		case wake <- struct{}{}:
		default: // it is awake already
		}
	}
	return t.BlockingUntil(&stop, func() {
		select {
		case <-ch:
		case <-deadline:
			*expired = true
		case <-wake:
		}
	})
}

// ID returns a number that no other living thread has.
func (t *Thread) ID() uintptr { return uintptr(unsafe.Pointer(t)) }

// Caller returns where the Python code is that called the stdlib code that runs now.
func (t *Thread) Caller() (file string, line int, function string) {
	f := t.frame
	for f != nil && strings.HasPrefix(f.code.file, "<stdlib>") {
		f = f.back
	}
	if f == nil {
		return "", 0, ""
	}
	return f.code.file, int(f.line), f.code.name
}
