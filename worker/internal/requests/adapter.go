package requests

import (
	"strings"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/wire"
)

// An adapter is at rest while it is the library's own, with nothing set but the sizes of its pools, and nobody has looked at its
// pools or its retries: then the short way can stand for it. Its attribute _connections holds the connections; the shape of its
// dict tells when anything is set, or made because somebody looks.

// isStock says whether an adapter's class is one of the library's own, and nothing of the library has been replaced.
func (c *Classes) isStock(adapter value) bool {
	i, ok := adapter.(*python.Instance)
	return ok && c.pristine(i.Class()) && c.untouched()
}

// rest makes an adapter, of whose hosts and connections to one host there are so many at most, one at rest, and says whether that
// may be.
func (c *Classes) rest(t *thread, a []value) (value, error) {
	hosts, ok := a[1].(python.Int)
	n, small := python.AsInt(hosts)
	most, ok2 := a[2].(python.Int)
	m, small2 := python.AsInt(most)
	if !ok || !ok2 || !small || !small2 || n <= 0 || !c.isStock(a[0]) {
		return python.False, nil
	}
	i := a[0].(*python.Instance)
	if i.HasOwn("poolmanager") { // a manager of the file's own
		return python.False, nil
	}
	p := &connections{life: life{ownerOf(t)}, most: int(max(m, 0)), hosts: int(n)}
	i.Attrs().SetStr("_connections", python.NewInstance(c.connections, p))
	p.class, p.shape = i.Class(), i.Own().Shape()
	return python.True, nil
}

// resting returns the connections of an adapter at rest; nil if it is not.
func resting(adapter value) *connections {
	i, ok := adapter.(*python.Instance)
	if !ok {
		return nil
	}
	own := i.Own()
	if own == nil {
		return nil
	}
	p := connectionsOf(own.GetStr("_connections"))
	if p == nil || p.class != i.Class() || p.shape != own.Shape() {
		return nil
	}
	return p
}

// allRest says whether the short way can stand for all adapters of a session.
func allRest(adapters value) bool {
	d, ok := adapters.(*python.Dict)
	if !ok {
		return false
	}
	d.All(func(k, a value) bool {
		prefix, isStr := python.AsStr(k)
		ok = isStr && (strings.HasPrefix(prefix, "http://") || strings.HasPrefix(prefix, "https://")) && resting(a) != nil
		return ok
	})
	return ok
}

// linkTo returns the connections that a request goes by: those of the adapter for its URL, nil if there is none.
func (s *Session) linkTo(to *target) *Link {
	if s.set == nil || s.set.adapters == nil {
		return &s.link
	}
	if p := resting(s.adapterFor(to)); p != nil {
		return p.open()
	}
	return nil
}

// adapterFor returns the adapter that is mounted for a URL (Session.get_adapter); nil if there is none.
func (s *Session) adapterFor(to *target) (found value) {
	d, ok := s.set.adapters.(*python.Dict)
	if !ok {
		return nil
	}
	d.All(func(k, a value) bool {
		if prefix, _ := python.AsStr(k); to.begins(prefix) {
			found = a
		}
		return found == nil
	})
	return found
}

// adapter is Response.connection: the adapter that the answer came by.
func (r *Response) adapter(t *thread) (value, error) {
	if r.answered && r.session != nil {
		if _, err := r.session.mounted(t); err != nil {
			return nil, err
		}
		if a := r.session.adapterFor(&r.request.to); a != nil {
			return a, nil
		}
	}
	class := r.classes.Response
	if r.object != nil {
		class = r.object.Class()
	}
	return nil, python.Errorf(python.AttributeError, "'%s' object has no attribute 'connection'", class.Name())
}

// begins says whether a URL begins with a prefix, whatever the case.
func (t *target) begins(prefix string) bool {
	switch prefix {
	case "https://":
		return t.TLS
	case "http://":
		return !t.TLS
	}
	return strings.HasPrefix(strings.ToLower(t.url()), strings.ToLower(prefix))
}

// forget closes the connections of one pool among those that it shares.
func (p *connections) forget() {
	if p.shared != nil && p.origin != (wire.Origin{}) {
		p.shared.Pool.Forget(&p.origin, p.config)
	}
}
