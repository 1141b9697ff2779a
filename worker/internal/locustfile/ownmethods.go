package locustfile

import "gregaria/worker/internal/python"

// ours says whether a method of a set is Locust's own, so that it runs without a call: neither the class has another, nor the object.
func (l *life) ours(s *set, name string, own *python.Native) bool {
	return s.inst == nil || !s.inst.HasOwn(name) && s.inst.Class().Lookup(name) == python.Value(own)
}

// meetRoot makes the object of the set that runs a user's own tasks, if a method of its class has been replaced: without that,
// and until somebody looks at it, there is none.
func (l *life) meetRoot() {
	if types := &l.file.locust; l.root.inst == nil && types.rootSet.Version() != types.rootVersion {
		l.instance(&l.root)
	}
}

// runs is run() of a user, of its class or its own.
func (l *life) runs(u *python.Instance) error {
	if !u.HasOwn("run") && u.Class().Lookup("run") == python.Value(l.file.locust.run) {
		return l.run(u)
	}
	_, err := l.t.CallMethod(u, "run")
	return err
}
