package boomer

import (
	"io"
	"log"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/locusttest"
	"gregaria/worker/internal/program"
)

var _ program.Conn = (*connection)(nil)

// A connection is one to a master in memory. It is closed when the last frame has been sent.
type connection struct {
	*locusttest.Master
	once   sync.Once
	closed chan struct{}

	mu     sync.Mutex // guards frames
	frames [][]byte
}

// Send keeps the frame as it is: on the wire text and bytes differ.
func (c *connection) Send(frame []byte) {
	c.mu.Lock()
	c.frames = append(c.frames, frame)
	c.mu.Unlock()
	c.Master.Send(frame)
}

func (c *connection) Close(time.Duration) { c.once.Do(func() { close(c.closed) }) }

// A rig is a Boomer with a master in memory, in a synctest bubble.
type rig struct {
	t *testing.T
	*Boomer
	master *connection
	job    float64 // the time of the last spawn message
	got    []locusttest.Message
}

func newRig(t *testing.T) *rig {
	r := &rig{t: t, Boomer: NewBoomer("master", 5557), master: &connection{Master: locusttest.New(), closed: make(chan struct{})}}
	r.dial = func(string) (program.Conn, error) { return r.master, nil }
	return r.quiet()
}

func (r *rig) quiet() *rig {
	r.WithLogger(log.New(io.Discard, "", 0))
	return r
}

// spawn has the master ask for users and lets the test go on for a while.
func (r *rig) spawn(classes map[string]int, stopTimeout float64, d time.Duration) {
	synctest.Wait()
	r.job++
	r.master.Spawn(r.job, classes, stopTimeout)
	time.Sleep(d)
}

// stop has the master end the test.
func (r *rig) stop(wait time.Duration) {
	r.master.Say("stop", nil)
	time.Sleep(wait)
}

// messages returns all messages of a type so far.
func (r *rig) messages(kind string) (all []locusttest.Message) {
	synctest.Wait()
	r.got = append(r.got, r.master.Take(false)...)
	for _, m := range r.got {
		if m.Type == kind {
			all = append(all, m)
		}
	}
	if bad := r.master.Bad(); len(bad) > 0 {
		r.t.Errorf("the master could not read: %v", bad)
	}
	return all
}

// requests sums up what was reported, by name.
func (r *rig) requests() map[string]int64 {
	sums := map[string]int64{}
	for _, m := range r.messages("stats") {
		for _, row := range m.Data.(map[any]any)["stats"].([]any) {
			row := row.(map[any]any)
			sums[row["name"].(string)] += row["num_requests"].(int64)
		}
	}
	return sums
}

// order lists the types of all messages but logs so far, each run of one type once.
func (r *rig) order() (types []string) {
	r.messages("")
	for _, m := range r.got {
		if m.Type != "logs" && (len(types) == 0 || types[len(types)-1] != m.Type) {
			types = append(types, m.Type)
		}
	}
	return types
}

// on subscribes for the rest of the test.
func (r *rig) on(topic string, f any) {
	if err := Events.Subscribe(topic, f); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = Events.Unsubscribe(topic, f) })
}
