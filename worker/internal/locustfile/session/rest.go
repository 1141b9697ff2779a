package session

import (
	"gregaria/worker/internal/python"
)

// restAttrs are RestMixin's methods: rest and rest_, which are Python.
func (c *Classes) restAttrs(t *thread) (map[string]value, error) {
	m, err := t.Import("_locust_rest")
	if err != nil {
		return nil, err
	}
	return map[string]value{"rest": m.Attrs().GetStr("rest"), "rest_": m.Attrs().GetStr("rest_")}, nil
}

// UserAttrs are the attributes of HttpUser that have to do with its client: rest, rest_ and the pools that its users share.
func (c *Classes) UserAttrs() map[string]python.Value {
	attrs := map[string]python.Value{"pool_manager": python.None}
	for name, v := range c.rest {
		attrs[name] = v
	}
	return attrs
}

// FastUserAttrs are those of FastHttpUser: rest, rest_ and the settings of its client.
func (c *Classes) FastUserAttrs() map[string]python.Value {
	attrs := fastUserDefaults()
	for name, v := range c.rest {
		attrs[name] = v
	}
	return attrs
}
