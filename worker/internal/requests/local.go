package requests

import (
	"net"
	"strconv"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/sockopt"
	"gregaria/worker/internal/wire"
)

// local is how a pool wants this end of its connections to be made; nil is as usual.
func (x *exchange) local(t *thread, settings *python.Dict) (*wire.Local, error) {
	options, said := value(nil), false
	source := ""
	if settings != nil {
		if v := settings.GetStr("source_address"); given(v) {
			pair, err := t.ToSlice(v)
			if err != nil {
				return nil, err
			}
			if len(pair) != 2 {
				return nil, unpackError(len(pair))
			}
			host, _ := python.AsStr(pair[0])
			port, _ := python.AsInt(pair[1])
			source = net.JoinHostPort(host, strconv.FormatInt(port, 10))
		}
		options = settings.GetStr("socket_options")
		said = options != nil
	}
	c := x.classes
	if !said {
		if source == "" && c.usual() {
			return nil, nil //nolint:nilnil // see above
		}
		options = c.socketOptions
	}
	return c.local(t, source, options)
}

// usual says whether nobody has changed the list of options that urllib3 sets.
func (c *Classes) usual() bool {
	items := c.socketOptions.Items()
	return len(items) == 1 && items[0] == c.noDelay
}

// local returns how a connection from an address and with options, None or a list, is made: the same for the same, so that
// connections can be shared.
func (c *Classes) local(t *thread, source string, options value) (*wire.Local, error) {
	all := sockopt.Options{}
	if given(options) {
		var err error
		if all, err = sockopt.Read(t, options); err != nil {
			return nil, err
		}
	}
	id := source + "\x00" + all.String()
	if made, ok := c.locals[id]; ok {
		return made, nil
	}
	c.locals[id] = &wire.Local{Source: source, Options: all.Set, Delays: all.Delays()}
	return c.locals[id], nil
}
