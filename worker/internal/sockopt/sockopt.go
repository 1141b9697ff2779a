//go:build unix

// Package sockopt is socket.setsockopt of Python for connections that Go makes: what a locustfile lists of options is read as
// CPython reads it and set before the socket connects.
package sockopt

import (
	"fmt"
	"strings"

	"golang.org/x/sys/unix"

	"gregaria/worker/internal/python"
)

type (
	value  = python.Value
	thread = python.Thread
)

// An option is one call of setsockopt: a number, or bytes.
type option struct {
	level, name int
	number      int
	bytes       string
	isBytes     bool
}

// Options are calls of setsockopt, in their order.
type Options []option

// Read reads a list of the arguments of setsockopt.
func Read(t *python.Thread, v python.Value) (Options, error) {
	all := Options{}
	err := t.Each(v, func(item value) error {
		if _, err := t.Iter(item); err != nil {
			return python.Errorf(python.TypeError, "socket.socket.setsockopt() argument after * must be an iterable, not %s", python.TypeOf(item).Name())
		}
		args, err := t.ToSlice(item)
		if err != nil {
			return err
		}
		o, err := read(t, args)
		all = append(all, o)
		return err
	})
	return all, err
}

// read reads the arguments of one call.
func read(t *thread, args []value) (o option, err error) {
	if len(args) == 4 && args[2] == python.None {
		return o, python.Errorf(python.NotImplementedError, "socket.setsockopt: the worker sets no option to None with a length")
	}
	if len(args) != 3 {
		return o, python.Errorf(python.TypeError, "setsockopt() takes exactly 3 arguments (%d given)", len(args))
	}
	for i, slot := range []*int{&o.level, &o.name} {
		n, err := t.Index(args[i])
		if err != nil {
			return o, err
		}
		*slot = int(n)
	}
	if n, err := t.Index(args[2]); err == nil && n == int64(int32(n)) {
		o.number = int(n)
		return o, nil
	}
	b, ok := python.AsBytes(args[2])
	if !ok {
		return o, python.Errorf(python.TypeError, "a bytes-like object is required, not '%s'", python.TypeOf(args[2]).Name())
	}
	o.bytes, o.isBytes = b, true
	return o, nil
}

// Set sets the options of a socket, up to the first that the system refuses.
func (all Options) Set(fd uintptr) error {
	for _, o := range all {
		if err := o.set(int(fd)); err != nil {
			return err
		}
	}
	return nil
}

func (o option) set(fd int) error {
	if o.isBytes {
		return unix.SetsockoptString(fd, o.level, o.name, o.bytes)
	}
	return unix.SetsockoptInt(fd, o.level, o.name, o.number)
}

// Delays says whether a socket with no more than these options gathers small packets (Nagle's algorithm), which Go switches off.
func (all Options) Delays() bool {
	delays := true
	for _, o := range all {
		if o.level == unix.IPPROTO_TCP && o.name == unix.TCP_NODELAY {
			delays = !o.isBytes && o.number == 0 || o.isBytes && strings.Trim(o.bytes, "\x00") == ""
		}
	}
	return delays
}

// String is the same for the same options only.
func (all Options) String() string {
	var b strings.Builder
	for _, o := range all {
		fmt.Fprintf(&b, "%d %d %d %t %q;", o.level, o.name, o.number, o.isBytes, o.bytes)
	}
	return b.String()
}
