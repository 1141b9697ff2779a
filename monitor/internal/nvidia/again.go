//go:build cgo && linux

package nvidia

import (
	"fmt"
	"slices"
	"time"
)

// settle takes the answer to the first start, if it has come.
func (g *GPUs) settle() {
	if g.starting == nil {
		return
	}
	select {
	case first := <-g.starting:
		g.starting = nil
		g.adopt(first.session, first.err)
	default:
	}
}

// adopt makes a session that has just begun, or the lack of one, that of the devices: each takes the GPU that it had.
func (g *GPUs) adopt(s *session, err error) {
	g.session, g.err, g.retry = s, err, time.Time{}
	if err != nil {
		g.retry = time.Now().Add(retryAfter)
		return
	}
	missing := slices.Clone(s.found)
	for _, d := range g.devices {
		i := slices.IndexFunc(missing, d.is)
		if i < 0 {
			d.lose(fmt.Errorf("the NVIDIA driver does not have it now%s", in(d.uuid)))
			continue
		}
		d.take(s, missing[i])
		missing = slices.Delete(missing, i, i+1)
	}
	for _, f := range missing {
		g.sayChanged(fmt.Sprintf("the NVIDIA driver has a GPU without columns: %s%s", f.Name, in(f.UUID)))
	}
	g.findParts()
	g.name()
}

func in(uuid string) string {
	if uuid == "" {
		return ""
	}
	return " (" + uuid + ")"
}

// sayChanged says once that the columns no longer fit the devices.
func (g *GPUs) sayChanged(what string) {
	if !g.changed {
		g.changed = true
		g.config.Note(what + "; a new start of the monitor gives the columns that fit")
	}
}

// plan decides when to start the driver anew: soon where no device answered, and seldom where some did.
func (g *GPUs) plan(answered int) {
	switch {
	case answered == len(g.devices):
		g.retry = time.Time{}
	case g.retry.IsZero() && answered == 0:
		g.retry = time.Now().Add(retryAfter)
	case g.retry.IsZero():
		g.retry = time.Now().Add(retryBeside)
	}
}

// Idle does what no row waits for: it starts a driver anew that was lost, measures what takes its time, and counts MIG instances.
func (g *GPUs) Idle() {
	if g.starting != nil {
		return
	}
	now := time.Now()
	if !g.retry.IsZero() && !now.Before(g.retry) {
		if g.session != nil {
			g.session.close()
			g.session = nil
		}
		g.adopt(g.connect())
		return
	}
	if g.session == nil {
		return
	}
	if now.After(g.look) {
		g.look = now.Add(lookAfter)
		g.checkParts()
	}
	g.measure(now.Add(g.config.Interval / 4))
}

// measure measures the PCIe traffic of the devices whose driver does not count it: at least that of one, and of others until the
// deadline.
func (g *GPUs) measure(until time.Time) {
	for range g.devices {
		d := g.devices[g.next]
		g.next = (g.next + 1) % len(g.devices)
		if d.handle == nil || !d.link.measure {
			continue
		}
		d.measurePCIe()
		if !time.Now().Before(until) {
			return
		}
	}
}

// findParts gives the MIG columns the instances that they had, after the driver was started anew.
func (g *GPUs) findParts() {
	for _, d := range g.devices {
		if d.handle == nil {
			continue
		}
		list, _ := g.session.parts(d.handle)
		for i := range d.parts {
			k := slices.IndexFunc(list, func(p part) bool { return p.UUID == d.parts[i].UUID && p.number == d.parts[i].number })
			if k >= 0 {
				d.parts[i].handle = list[k].handle
			}
		}
		if partNames(list) != partNames(d.parts) {
			g.sayChanged(fmt.Sprintf("the MIG instances of GPU%d are not those of its columns", d.number))
		}
	}
}

// checkParts says when the MIG instances are no longer those of the columns.
func (g *GPUs) checkParts() {
	if !g.changed {
		g.findParts()
	}
}

// name hands on what the devices are, unless it is what was handed on last. One that is lost now is still what it was.
func (g *GPUs) name() {
	var list []Identity
	for _, d := range g.devices {
		i := slices.IndexFunc(g.session.found, d.is)
		if i < 0 || d.handle == nil {
			for _, known := range g.identities {
				if known.GPU == d.number {
					list = append(list, known)
				}
			}
			continue
		}
		list = append(list, d.identities(g.session.found[i].Identity)...)
	}
	if len(list) > 0 && !slices.Equal(list, g.identities) {
		g.identities = list
		g.config.Identify(list)
	}
}

// lookOut says once that a driver with devices has come, for which there are no columns.
func (g *GPUs) lookOut() {
	for {
		if g.starting != nil {
			select {
			case first := <-g.starting:
				g.starting, g.session = nil, first.session
			case <-g.config.Stop:
				return
			}
		}
		if g.session != nil {
			g.sayChanged(fmt.Sprintf("the NVIDIA driver has come; GPUs that have no columns: %d", len(g.session.found)))
			g.session.close()
			return
		}
		select {
		case <-time.After(retryAfter):
		case <-g.config.Stop:
			return
		}
		g.starting = g.start()
	}
}
