package collector

import (
	"net/netip"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/socket"
)

// A tally counts the connections of the machine.
type tally struct {
	states          [socket.Closing + 1]int
	low, high       uint16                 // the ephemeral ports; high is 0 where they are not known
	taken, listened [(1 << 16) / 64]uint64 // a bit for each port
	ports           int                    // of the ephemeral ones that are taken
	most            int                    // connections to one destination
	to              map[destination]int    // connections from ephemeral ports
}

// A destination is what a port is taken for: the same port can be taken once more to any other.
type destination struct {
	from, to netip.Addr
	port     uint16
}

// begin makes the tally empty.
func (t *tally) begin(low, high uint16) {
	to := t.to
	if to == nil {
		to = map[destination]int{}
	}
	clear(to)
	*t = tally{low: low, high: high, to: to}
}

// listen leaves out the connections to a listener: they take no port beside its own.
func (t *tally) listen(s *socket.Socket) {
	t.listened[s.Local.Port()/64] |= 1 << (s.Local.Port() % 64)
}

// add counts a connection.
func (t *tally) add(s *socket.Socket) {
	if int(s.State) < len(t.states) {
		t.states[s.State]++
	}
	port := s.Local.Port()
	word, bit := port/64, uint64(1)<<(port%64)
	if t.high == 0 || port < t.low || port > t.high || t.listened[word]&bit != 0 {
		return
	}
	if t.taken[word]&bit == 0 {
		t.taken[word] |= bit
		t.ports++
	}
	to := destination{s.Local.Addr(), s.Remote.Addr(), s.Remote.Port()}
	n := t.to[to] + 1
	t.to[to] = n
	t.most = max(t.most, n)
}

// fill fills the machine's cells.
func (t *tally) fill(row []resource.Cell) {
	count := func(states ...socket.State) resource.Cell {
		sum := 0
		for _, state := range states {
			sum += t.states[state]
		}
		return resource.Of(float64(sum))
	}
	row[0] = count(socket.CloseWait)
	row[1] = count(socket.FinWait1, socket.FinWait2)
	row[2] = count(socket.SynReceived)
	row[3] = count(socket.SynSent)
	if t.high == 0 {
		return
	}
	size := float64(t.high-t.low) + 1
	row[4] = resource.Of(float64(t.ports))
	row[5] = resource.Of(100 * float64(t.ports) / size)
	row[6] = resource.Of(100 * float64(t.most) / size)
}
