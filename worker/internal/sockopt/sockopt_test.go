//go:build unix

package sockopt

import (
	"syscall"
	"testing"

	"gregaria/worker/internal/python"
)

// TestDelays holds when a socket gathers small packets: unless the last word on it is another.
func TestDelays(t *testing.T) {
	t.Parallel()
	th := python.New(python.Options{}).NewThread()
	for _, test := range []struct {
		why    string
		values []python.Value
		want   bool
	}{
		{"nothing is said", nil, true},
		{"switched off", []python.Value{python.NewInt(1)}, false},
		{"on again", []python.Value{python.NewInt(1), python.NewInt(0)}, true},
		{"off, in bytes", []python.Value{python.NewBytes([]byte{1, 0, 0, 0})}, false},
		{"on, in bytes", []python.Value{python.NewBytes([]byte{0, 0, 0, 0})}, true},
	} {
		list := python.NewList()
		for _, v := range test.values {
			list.Append(python.NewTuple(python.NewInt(syscall.IPPROTO_TCP), python.NewInt(syscall.TCP_NODELAY), v))
		}
		err := th.Do(func() error {
			all, err := Read(th, list)
			if got := all.Delays(); err == nil && got != test.want {
				t.Errorf("%s: Delays() = %v, want %v", test.why, got, test.want)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
		}
	}
}
