package boomer

import (
	"fmt"
	"log"
	"reflect"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/asaskevich/EventBus"
	"github.com/myzhan/boomer"
)

// The events of a Boomer, in the order in which they come. EVENT_SPAWN's handlers have returned before a user starts.
const (
	// EVENT_CONNECTED has no arguments: the master has acknowledged this worker, at first and after each test.
	EVENT_CONNECTED = boomer.EVENT_CONNECTED
	// EVENT_SPAWN has the number of users that are to run, an int, and the same as a float64. Locust ramps up in steps of a
	// second, each of which is an event.
	EVENT_SPAWN = boomer.EVENT_SPAWN
	// EVENT_STOP has no arguments: a test ends. Users begin nothing more from now on; those in a task may still be in it.
	EVENT_STOP = boomer.EVENT_STOP
	// EVENT_QUIT has no arguments: everything is reported and the connection is closed. The program may end.
	EVENT_QUIT = boomer.EVENT_QUIT
)

// Events tells of what happens, and brings the messages of the master's locustfile by their type, as a *CustomMessage. It is
// one for the process, as boomer's is: two Boomers in one process hear each other's events.
var Events = newBus()

// newBus returns a bus with the methods of boomer's, whose handlers may use the bus, and whose panics do no harm.
func newBus() EventBus.Bus { return &bus{handlers: map[string][]*handler{}} }

// A bus calls handlers by topic, without holding a lock meanwhile.
type bus struct {
	mu       sync.Mutex // guards handlers
	handlers map[string][]*handler
	async    sync.WaitGroup
}

// A handler is a function that has subscribed to a topic.
type handler struct {
	call   reflect.Value
	once   bool
	async  bool
	serial *sync.Mutex // held during a call, if calls must not overlap
}

// Subscribe calls fn whenever the topic is published, before Publish returns.
func (b *bus) Subscribe(topic string, fn interface{}) error { return b.add(topic, fn, handler{}) }

// SubscribeOnce is Subscribe for one time.
func (b *bus) SubscribeOnce(topic string, fn interface{}) error {
	return b.add(topic, fn, handler{once: true})
}

// SubscribeAsync calls fn beside Publish; if transactional, one call after another.
func (b *bus) SubscribeAsync(topic string, fn interface{}, transactional bool) error {
	h := handler{async: true}
	if transactional {
		h.serial = &sync.Mutex{}
	}
	return b.add(topic, fn, h)
}

// SubscribeOnceAsync is SubscribeAsync for one time.
func (b *bus) SubscribeOnceAsync(topic string, fn interface{}) error {
	return b.add(topic, fn, handler{once: true, async: true})
}

func (b *bus) add(topic string, fn interface{}, h handler) error {
	h.call = reflect.ValueOf(fn)
	if h.call.Kind() != reflect.Func {
		return fmt.Errorf("subscribe to %s: %T is not a function", topic, fn)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.handlers[topic] = append(b.handlers[topic], &h)
	return nil
}

// Unsubscribe takes the function out of the topic. An error says that it is not in there.
func (b *bus) Unsubscribe(topic string, fn interface{}) error {
	f := reflect.ValueOf(fn)
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.IndexFunc(b.handlers[topic], func(h *handler) bool {
		return h.call.Type() == f.Type() && h.call.Pointer() == f.Pointer()
	})
	if at < 0 {
		return fmt.Errorf("unsubscribe from %s: there is no such handler", topic)
	}
	b.handlers[topic] = slices.Delete(b.handlers[topic], at, at+1)
	return nil
}

// HasCallback says whether anyone has subscribed to the topic.
func (b *bus) HasCallback(topic string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.handlers[topic]) > 0
}

// WaitAsync waits for the handlers that run beside Publish.
func (b *bus) WaitAsync() { b.async.Wait() }

// Publish calls the topic's handlers in the order of their subscription.
func (b *bus) Publish(topic string, args ...interface{}) {
	for _, h := range b.due(topic) {
		if !h.async {
			h.run(topic, args)
			continue
		}
		b.async.Go(func() { h.run(topic, args) })
	}
}

// due returns the topic's handlers and takes out those who want to hear only once.
func (b *bus) due(topic string) []*handler {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := slices.Clone(b.handlers[topic])
	b.handlers[topic] = slices.DeleteFunc(b.handlers[topic], func(h *handler) bool { return h.once })
	return all
}

// run calls the handler. A panic, or arguments that are not the handler's, are logged.
func (h *handler) run(topic string, args []interface{}) {
	if h.serial != nil {
		h.serial.Lock()
		defer h.serial.Unlock()
	}
	defer func() {
		if v := recover(); v != nil {
			log.Printf("A handler of the event %s panicked: %v\n%s", topic, v, debug.Stack())
		}
	}()
	values := make([]reflect.Value, len(args))
	for i, arg := range args {
		if arg == nil {
			values[i] = reflect.Zero(h.call.Type().In(i))
			continue
		}
		values[i] = reflect.ValueOf(arg)
	}
	h.call.Call(values)
}
