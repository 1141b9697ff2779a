package locustfile

import "gregaria/worker/internal/python"

// births are the users of a file as Locust counts them, who makes the users of a job before it starts the first: while one is
// being made, the runner spawns, and only those who have been made are there. They belong to whoever holds the lock of the
// isolate.
type births struct {
	state string // runner.state while users of the last job are being made
	now   int    // users in __init__
	made  map[string]int

	shown, before, workerBefore python.Value // what runner.state is meanwhile, and what the two states were
}

// bear calls a user class. The runner has the state that it has in Locust while it makes a user.
func (f *File) bear(t *python.Thread, class string) (python.Value, error) {
	b := &f.births
	if b.now == 0 && f.runner != nil {
		if err := b.begin(t, f); err != nil {
			return nil, err
		}
	}
	b.now++
	v, err := t.Call(f.classes[class], f.environment)
	if b.now--; b.now == 0 && f.runner != nil {
		if err2 := b.end(t, f); err == nil {
			err = err2
		}
	}
	return v, err
}

func (b *births) begin(t *python.Thread, f *File) (err error) {
	if b.before, err = t.GetAttr(f.runner, "state"); err != nil {
		return err
	}
	if b.workerBefore, err = t.GetAttr(f.runner, "worker_state"); err != nil {
		return err
	}
	if b.shown = b.before; b.state != "" {
		b.shown = python.NewStr(b.state)
	}
	return f.showStates(t, b.shown, python.NewStr(stateSpawning))
}

// end gives the states back, unless the test has been stopped meanwhile.
func (b *births) end(t *python.Thread, f *File) error {
	now, err := t.GetAttr(f.runner, "state")
	if err != nil || now != b.shown {
		return err
	}
	return f.showStates(t, b.before, b.workerBefore)
}

// count says how many users of each class there are; alive are those that the engine runs.
func (b *births) count(alive map[string]int) map[string]int {
	if b.now == 0 {
		return alive
	}
	counts := make(map[string]int, len(alive))
	for class := range alive {
		counts[class] = b.made[class]
	}
	return counts
}
