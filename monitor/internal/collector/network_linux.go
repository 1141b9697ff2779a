package collector

import (
	"os"

	"gregaria/internal/resource"
)

// network collects what the machine receives and sends, and what goes over its loopback.
type network struct {
	links    *links
	hasSpeed bool
	columns  []string
}

func openNetwork(s Settings) (Collector, error) {
	l, err := openLinks(s)
	if err != nil {
		return nil, err
	}
	n := &network{links: l, columns: []string{
		resource.NetworkReceive, resource.NetworkTransmit, resource.NetworkReceivePackets, resource.NetworkTransmitPackets,
		resource.NetworkReceiveDrops, resource.NetworkTransmitDrops, resource.NetworkReceiveErrors, resource.NetworkTransmitErrors,
	}}
	for _, link := range l.list {
		n.hasSpeed = n.hasSpeed || link.carries && link.speed > 0
	}
	if n.hasSpeed {
		n.columns = append(n.columns, resource.NetworkLinkPercent)
	}
	n.columns = append(n.columns, resource.NetworkLoopback, resource.NetworkLoopbackPackets, resource.NetworkLoopbackDrops)
	return n, nil
}

func (n *network) Columns() []string { return n.columns }

func (n *network) Collect(row []resource.Cell) error {
	if err := n.links.read(); err != nil {
		return err
	}
	sum, known := n.sum()
	if known {
		fillTraffic(row, &sum, n.links.seconds)
	}
	rest := row[len(sum):]
	if n.hasSpeed {
		rest[0], rest = n.busiest(), rest[1:]
	}
	for _, link := range n.links.list {
		if link.loopback && link.state == linkKnown { // what is sent there is received there
			rest[0] = perSecond(link.grown[receiveBytes], mb, n.links.seconds)
			rest[1] = perSecond(link.grown[receivePackets], 1, n.links.seconds)
			rest[2] = perSecond(link.grown[receiveDrops]+link.grown[transmitDrops], 1, n.links.seconds)
		}
	}
	return nil
}

// sum adds up the links that count for the machine. It is not known where one was made anew since the previous row.
func (n *network) sum() (sum [len(traffic{})]uint64, known bool) {
	for _, link := range n.links.list {
		if !link.carries || link.state == linkNew {
			continue
		}
		if link.state == linkStarted {
			return sum, false
		}
		known = true
		for i := range sum {
			sum[i] += link.grown[i]
		}
	}
	return sum, known
}

// busiest is the use of the link that is nearest to its limit.
func (n *network) busiest() (busiest resource.Cell) {
	for _, link := range n.links.list {
		use, ok := link.use(n.links.seconds).Value()
		if most, other := busiest.Value(); ok && link.carries && (!other || use > most) {
			busiest = resource.Of(use)
		}
	}
	return busiest
}

// fillTraffic fills the eight cells of a traffic.
func fillTraffic(row []resource.Cell, grown *[len(traffic{})]uint64, seconds float64) {
	for i := range grown {
		parts := 1.0
		if i == receiveBytes || i == transmitBytes {
			parts = mb
		}
		row[i] = perSecond(grown[i], parts, seconds)
	}
}

// perSecond is absent where no time has passed.
func perSecond(grown uint64, parts, seconds float64) resource.Cell {
	if seconds <= 0 {
		return resource.Cell{}
	}
	return resource.Of(float64(grown) / parts / seconds)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
