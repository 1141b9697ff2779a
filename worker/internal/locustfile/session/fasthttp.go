package session

import "gregaria/worker/internal/python"

func (c *Classes) newFastClasses(t *thread) error { return nil }

type fastCalls struct{}

// NewFast returns a FastHttpSession for a user.
func (c *Classes) NewFast(t *thread, baseURL string, event, user value) (value, error) {
	return nil, python.Errorf(python.NotImplementedError, "FastHttpSession")
}

func fastModules() map[string]func(t *python.Thread) (*python.Module, error) { return nil }
func (c *Classes) restAttrs() map[string]python.Value { return nil }
