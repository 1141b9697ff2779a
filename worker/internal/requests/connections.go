package requests

import (
	"context"
	"crypto/tls"
	"runtime"
	"time"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// connections are those of one pool of urllib3, or what all pools of one manager have in common.
type connections struct {
	life life
	// shared are the connections of a session whose adapters are its own; nil is that there are none.
	shared *Link
	link   *Link // opened with the first exchange
	slots  chan struct{}
	most   int
	hosts  int // how many hosts there are connections to at the most; 0 is no limit
	// class and shape are those of the adapter at rest whose connections these are.
	class *python.Type
	shape uint32
	// origin and config are where the pool's last exchange went.
	origin wire.Origin
	config *tls.Config
}

// A life is what connections end with: that of a user, or none.
type life struct{ owner Owner }

// newConnectionsClass makes the class Connections(maxsize, block, parent). A pool has the life of whoever made its manager:
// a manager that a module has made serves all users and outlives them.
func newConnectionsClass() *python.Type {
	return python.NewClass(python.ClassSpec{
		Name: "Connections", Module: "_requests_go",
		New: func(t *thread, cls *python.Type, args python.Args) (value, error) {
			p := &connections{life: life{ownerOf(t)}}
			if most, ok := python.AsInt(args.Pos[0]); ok {
				p.most = int(most)
			}
			if block, err := truthy(t, args.Pos[1]); err != nil {
				return nil, err
			} else if block {
				p.slots = make(chan struct{}, max(p.most, 1))
			}
			if parent := connectionsOf(args.Pos[2]); parent != nil {
				if p.life, p.shared = parent.life, parent.shared; parent.class != nil {
					p.shared = parent.open()
				}
			}
			return python.NewInstance(cls, p), nil
		},
		Methods: []*python.Native{
			python.RawFunc("__init__", noInit),
			python.Func("close(self)", func(_ *thread, a []value) (value, error) {
				p := connectionsOf(a[0])
				if p.forget(); p.link != nil && p.shared == nil {
					p.link.Pool.Retire()
				}
				return python.None, nil
			}),
		},
	})
}

// noInit is an __init__ of objects that are made whole.
func noInit(*thread, python.Args) (value, error) { return python.None, nil }

func connectionsOf(v value) *connections {
	if i, ok := v.(*python.Instance); ok {
		p, _ := i.Data.(*connections)
		return p
	}
	return nil
}

// open returns the link of the connections.
func (p *connections) open() *Link {
	if p.shared != nil {
		return p.shared
	}
	if p.link == nil {
		p.link = &Link{Pool: wire.Pool{Most: p.most, Hosts: p.hosts}}
		p.link.openFor(p.life.owner)
	}
	return p.link
}

// enter waits for the right to a connection, where a pool lends no more than it has. It says whether that came in time.
func (p *connections) enter(t *thread, patience time.Duration) (bool, error) {
	if p.slots == nil {
		return true, nil
	}
	select {
	case p.slots <- struct{}{}:
		return true, nil
	default:
	}
	ctx := context.Background()
	owner := ownerOf(t)
	if owner != nil {
		ctx = owner.Context()
	}
	var late <-chan time.Time
	if patience > 0 {
		timer := time.NewTimer(patience)
		defer timer.Stop()
		late = timer.C
	}
	entered := false
	err := t.BlockingIn(ctx, func(ctx context.Context) { entered = p.wait(ctx, late) })
	if err == nil && !entered && ctx.Err() != nil {
		err = owner.Exit()
	}
	if err != nil && entered {
		p.leave()
	}
	return entered, err
}

// wait waits until there is room, ctx ends or late fires; true is that there is. A stream that somebody has left while it was read makes
// room when it is collected: a wait that takes long asks for that, as permits.wait in the package session.
func (p *connections) wait(ctx context.Context, late <-chan time.Time) bool {
	for patience := time.Second; ; patience *= 2 {
		select {
		case p.slots <- struct{}{}:
			return true
		case <-ctx.Done():
			return false
		case <-late:
			return false
		case <-time.After(patience):
			runtime.GC()
		}
	}
}

// leave gives the right back.
func (p *connections) leave() { <-p.slots }
