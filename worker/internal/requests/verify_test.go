package requests

import (
	"bytes"
	"testing"

	"gregaria/worker/internal/python"
)

// TestVerifyOfTheShortWay holds what is verified: what a call says, a bundle of the environment, or what the session says. The
// wants are what Session.merge_environment_settings of requests 2.34.2 returns for verify None, True, False, "/of the call" and "".
func TestVerifyOfTheShortWay(t *testing.T) {
	t.Parallel()
	words := map[string]value{
		"None": python.None, "True": python.True, "False": python.False, "/own": python.NewStr("/own"), "/of the call": python.NewStr("/of the call"), "": python.NewStr(""),
	}
	th := newThread(&bytes.Buffer{})
	th.Lock()
	defer th.Unlock()
	c, err := Load(th)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		environment, session string
		want                 [5]string
	}{
		{"none", "unset", [5]string{"True", "True", "False", "/of the call", ""}},
		{"none", "other is set", [5]string{"True", "True", "False", "/of the call", ""}},
		{"none", "True", [5]string{"True", "True", "False", "/of the call", ""}},
		{"none", "False", [5]string{"False", "True", "False", "/of the call", ""}},
		{"none", "None", [5]string{"None", "True", "False", "/of the call", ""}},
		{"none", "/own", [5]string{"/own", "True", "False", "/of the call", ""}},
		{"bundle", "unset", [5]string{"/bundle", "/bundle", "False", "/of the call", ""}},
		{"bundle", "other is set", [5]string{"/bundle", "/bundle", "False", "/of the call", ""}},
		{"bundle", "True", [5]string{"/bundle", "/bundle", "False", "/of the call", ""}},
		{"bundle", "False", [5]string{"/bundle", "/bundle", "False", "/of the call", ""}},
		{"bundle", "None", [5]string{"/bundle", "/bundle", "False", "/of the call", ""}},
		{"bundle", "/own", [5]string{"/bundle", "/bundle", "False", "/of the call", ""}},
		{"bundle, not trusted", "unset", [5]string{"True", "True", "False", "/of the call", ""}},
		{"bundle, not trusted", "other is set", [5]string{"True", "True", "False", "/of the call", ""}},
		{"bundle, not trusted", "True", [5]string{"True", "True", "False", "/of the call", ""}},
		{"bundle, not trusted", "False", [5]string{"False", "True", "False", "/of the call", ""}},
		{"bundle, not trusted", "None", [5]string{"None", "True", "False", "/of the call", ""}},
		{"bundle, not trusted", "/own", [5]string{"/own", "True", "False", "/of the call", ""}},
	} {
		c.env = environment{known: true, version: th.Isolate().Environ}
		if test.environment != "none" {
			c.env.bundle = python.NewStr("/bundle")
		}
		s := c.NewSession(th)
		s.Distrusts = test.environment == "bundle, not trusted"
		if v, set := words[test.session]; set {
			s.settings().verify = v
		} else if test.session == "other is set" {
			s.settings().stream = python.False
		}
		for i, call := range []string{"None", "True", "False", "/of the call", ""} {
			var o options
			if err := s.options(th, &Call{Verify: words[call]}, &o); err != nil {
				t.Fatal(err)
			}
			if got, err := th.Str(o.verify); got != test.want[i] || err != nil {
				t.Errorf("%s, session %s, call %s: verify is %s, %v, want %s", test.environment, test.session, call, got, err, test.want[i])
			}
		}
	}
}
