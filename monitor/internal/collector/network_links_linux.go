package collector

import (
	"fmt"
	"path/filepath"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel"
)

// speedAge is how long the speed of a link is believed: it changes where a cable or a bond's member does.
const speedAge = time.Minute

// A link is an interface of the machine.
type link struct {
	name     string
	loopback bool
	carries  bool    // counts for the machine
	real     bool    // its speed is one: a veth says that it has 10 Gbit/s, and nothing holds it to that
	speed    float64 // in bytes a second, 0 where it has none
	counters [len(traffic{})]counter

	grown [len(traffic{})]uint64 // since the previous row
	state linkState
}

// A linkState is what is known of a link in this row.
type linkState int

const (
	linkNew     linkState = iota // there is no earlier reading to compare with
	linkKnown                    // grown is what it carried
	linkStarted                  // it was made anew, and what it carried before is not known
)

// links are the interfaces of a network namespace and what they carried since the previous reading.
type links struct {
	dev     *kernel.File
	class   string // the folder of /sys that has a folder for each interface
	list    []*link
	watch   stopwatch
	seconds float64   // since the previous reading
	speeds  time.Time // when the speeds were read
}

// openLinks reads them for the first time.
func openLinks(s Settings) (*links, error) {
	l := &links{dev: kernel.NewFile(filepath.Join(networkFolder(s.Proc), "net/dev")), class: filepath.Join(s.Sys, "class/net")}
	if err := l.read(); err != nil {
		return nil, fmt.Errorf("network: %w: %w", err, ErrAbsent)
	}
	return l, nil
}

// networkFolder is the folder of the process whose network namespace is measured: that of the monitor itself, and of the first process
// of the host where another /proc is named. Subtle: the host's /proc/net is /proc/self/net, and that shows the
// namespace of the container which the monitor is in.
func networkFolder(proc string) string {
	if filepath.Clean(proc) == "/proc" {
		return "/proc/self"
	}
	if first := filepath.Join(proc, "1"); isFolder(filepath.Join(first, "net")) {
		return first
	}
	return proc // a recording of /proc/net
}

// read takes a reading of each link.
func (l *links) read() error {
	data, err := l.dev.Read()
	if err != nil {
		return err
	}
	l.seconds = l.watch.lap()
	if !l.known(data) {
		l.look(data)
	} else if time.Since(l.speeds) > speedAge {
		l.readSpeeds()
	}
	for _, link := range l.list {
		var t traffic
		_, t, data, _ = nextInterface(data)
		link.take(&t)
	}
	return nil
}

// known says whether the interfaces are those of the previous reading, in their order.
func (l *links) known(data []byte) bool {
	for _, link := range l.list {
		name, _, rest, ok := nextInterface(data)
		if !ok || string(name) != link.name {
			return false
		}
		data = rest
	}
	_, _, _, more := nextInterface(data)
	return !more && l.list != nil
}

// look finds out what the interfaces are, once more for all: a new one may be what others belong to.
func (l *links) look(data []byte) {
	before := map[string]*link{}
	for _, link := range l.list {
		before[link.name] = link
	}
	all := map[string]facts{}
	l.list = []*link{}
	for {
		word, _, rest, ok := nextInterface(data)
		if !ok {
			break
		}
		data = rest
		name := string(word)
		known, ok := before[name]
		if !ok {
			known = &link{name: name}
		}
		l.list, all[name] = append(l.list, known), readFacts(l.class, name)
	}
	chosen := carriers(all)
	for _, link := range l.list {
		f := all[link.name]
		link.loopback, link.carries, link.real = f.loopback, chosen[link.name], f.device || f.bond
	}
	l.readSpeeds()
}

// readSpeeds reads how many million bits a second each link can carry in one direction. A hypervisor's card says -1 or nothing.
func (l *links) readSpeeds() {
	l.speeds = time.Now()
	for _, link := range l.list {
		link.speed = 0
		if megabits := readNumber(filepath.Join(l.class, link.name), "speed"); link.real && megabits > 0 {
			link.speed = float64(megabits) * 1e6 / 8
		}
	}
}

// take compares a reading with the previous one.
func (l *link) take(t *traffic) {
	l.state = linkKnown
	for i := range t {
		first := !l.counters[i].Known()
		grown, ok := l.counters[i].Since(t[i])
		switch {
		case first:
			l.state = linkNew
		case !ok:
			l.state = linkStarted
		}
		l.grown[i] = grown
	}
}

// use is the share of the link's speed that its busier direction had.
func (l *link) use(seconds float64) resource.Cell {
	if l.state != linkKnown || l.speed == 0 || seconds <= 0 {
		return resource.Cell{}
	}
	return resource.Of(100 * float64(max(l.grown[receiveBytes], l.grown[transmitBytes])) / seconds / l.speed)
}
