package extra

import (
	"syscall"

	"gregaria/worker/internal/python"
)

// newResource has what the module resource asks the system for.
func newResource(*thread) (*python.Module, error) {
	return python.NewModule("_extra_resource", nil,
		python.Func("getrlimit(resource, /)", getLimit),
		python.Func("setrlimit(resource, limits, /)", setLimit),
		python.Func("_usage(who, /)", usage),
	), nil
}

func getLimit(t *thread, a []value) (value, error) {
	which, err := t.Index(a[0])
	if err != nil {
		return nil, err
	}
	var l syscall.Rlimit
	if err := syscall.Getrlimit(int(which), &l); err != nil {
		return nil, python.Errorf(python.ValueError, "invalid resource specified")
	}
	return python.NewTuple(python.NewInt(int64(l.Cur)), python.NewInt(int64(l.Max))), nil
}

func setLimit(t *thread, a []value) (value, error) {
	which, err := t.Index(a[0])
	if err != nil {
		return nil, err
	}
	limits, err := t.ToSlice(a[1])
	if err != nil {
		return nil, err
	}
	if len(limits) != 2 {
		return nil, python.Errorf(python.ValueError, "expected a tuple of 2 integers")
	}
	soft, err := t.Index(limits[0])
	if err != nil {
		return nil, err
	}
	hard, err := t.Index(limits[1])
	if err != nil {
		return nil, err
	}
	switch err := syscall.Setrlimit(int(which), &syscall.Rlimit{Cur: uint64(soft), Max: uint64(hard)}); err {
	case nil:
		return python.None, nil
	case syscall.EPERM:
		return nil, python.Errorf(python.ValueError, "not allowed to raise maximum limit")
	case syscall.EINVAL:
		return nil, python.Errorf(python.ValueError, "current limit exceeds maximum limit")
	default:
		return nil, python.OSException(err, "")
	}
}

// usage is the tuple that resource.getrusage makes a struct_rusage of.
func usage(t *thread, a []value) (value, error) {
	who, err := t.Index(a[0])
	if err != nil {
		return nil, err
	}
	var u syscall.Rusage
	if err := syscall.Getrusage(int(who), &u); err != nil {
		return nil, python.Errorf(python.ValueError, "invalid who parameter")
	}
	out := []value{python.Float(float64(u.Utime.Nano()) / 1e9), python.Float(float64(u.Stime.Nano()) / 1e9)}
	for _, n := range []int64{
		u.Maxrss, u.Ixrss, u.Idrss, u.Isrss, u.Minflt, u.Majflt, u.Nswap, u.Inblock, u.Oublock, u.Msgsnd, u.Msgrcv, u.Nsignals, u.Nvcsw, u.Nivcsw,
	} {
		out = append(out, python.NewInt(n))
	}
	return python.NewTuple(out...), nil
}
