package process

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"gregaria/monitor/internal/kernel"
)

const (
	// searchEvery is how often the finder is asked while the process is there: another that matches may have come. It is
	// less often where the search takes long, so that it is at most a hundredth of the time.
	searchEvery = 5 * time.Second
	searchShare = 100
	// maxKept is how many files of processes stay open; those of further ones are opened at each Look.
	maxKept = 1024
)

// A Watch follows the process under test. Look and Members are called by one goroutine, Tree by any.
//
// A member leaves when it has ended, not when its parent has: a process that made itself a daemon, or that outlives a root, stays. Not
// found is one that was started by a process which ended before a Look saw it, until the finder names it.
type Watch struct {
	// Note takes a line for the user: what is watched, and each change of it. Set it before the first Look.
	Note func(string)

	finder   finder
	proc     string
	arrivals *arrivals
	tree     atomic.Pointer[Tree]

	members  []*Process // in ascending order of their numbers, zombies too
	byPID    map[int]*Process
	looks    int
	looked   time.Time
	searched time.Time
	took     time.Duration // by the last search
	own      int           // the monitor's own number, which is no member unless it is chosen; 0 where the folder does not show us
	left     int           // how many more files of processes may stay open
	room     kernel.Room   // that these are read into
	changed  bool
	ended    int // roots that have ended, and that no other has come for
	restarts int
	story    story
}

// New returns a Watch that has not looked yet. proc is the folder of the kernel's files of processes: /proc.
func New(choice Choice, proc string) *Watch {
	w := &Watch{
		Note: func(string) {}, finder: newFinder(choice, proc), proc: proc, arrivals: newArrivals(proc),
		byPID: map[int]*Process{}, story: story{choice: choice}, left: maxKept,
	}
	if own, err := strconv.Atoi(readLink(filepath.Join(proc, "self"))); err == nil && own != choice.PID {
		w.own = own
	}
	w.tree.Store(&Tree{})
	return w
}

// Choice says what is watched.
func (w *Watch) Choice() Choice { return w.story.choice }

// Tree returns what the last Look found.
func (w *Watch) Tree() *Tree { return w.tree.Load() }

// Members returns the processes of the last Look, zombies among them, in ascending order. The slice is good until the next Look.
func (w *Watch) Members() []*Process { return w.members }

// Looked is when the last Look read the members.
func (w *Watch) Looked() time.Time { return w.looked }

// Look finds out which processes are watched now.
func (w *Watch) Look() {
	w.looks++
	w.looked = time.Now()
	w.changed = w.looks == 1
	lost := w.follow()
	if lost {
		w.adopt() // whom the root has left behind
	}
	if w.due(lost) {
		w.search()
	}
	if len(w.members) > 0 {
		w.descend()
	}
	w.adopt()
	if w.changed {
		w.publish()
	}
	w.story.tell(w)
}

// follow reads the members anew and takes out those that are gone. It reports whether a root has ended.
func (w *Watch) follow() (lost bool) {
	ends := false
	w.members = slices.DeleteFunc(w.members, func(p *Process) bool {
		before := p.Ended()
		gone := !p.look(w.arrivals.live)
		if gone {
			w.forget(p)
		}
		ends = ends || gone
		if ended := gone || p.Ended(); ended && !before {
			w.changed, ends = true, true
			if p.root {
				lost = true
			}
			if p.root && !p.heir {
				w.ended++
			}
		}
		return gone
	})
	if ends { // its children have another parent now, which they did not have to run for
		for _, p := range w.members {
			p.read()
		}
	}
	return lost
}

func (w *Watch) forget(p *Process) {
	p.stat.Close()
	if p.kept {
		w.left++
	}
	delete(w.byPID, p.PID)
}

// due says whether the finder is to be asked in this Look.
func (w *Watch) due(lost bool) bool {
	return lost || len(w.tree.Load().Roots) == 0 || time.Since(w.searched) >= max(searchEvery, searchShare*w.took)
}

// search asks the finder, and takes what it names and what is below that into the tree.
func (w *Watch) search() {
	w.searched = time.Now()
	found, err := w.finder.find()
	w.took = time.Since(w.searched)
	w.story.trouble(w, err)
	if slices.ContainsFunc(found, func(pid int) bool { return w.byPID[pid] == nil }) {
		found = topmost(w.proc, found) // else there is nothing to find out: every parent is known
	}
	for _, pid := range found {
		if p, known := w.byPID[pid]; known {
			if !p.root && p.Parent == nil { // a child that outlived the root and goes on in its place
				p.root, p.heir, w.changed = true, true, true
			}
			continue
		}
		if p, ok := newProcess(w.proc, pid, &w.room); ok && pid != w.own && !p.Ended() {
			p.root = true
			w.join(p)
			if w.ended > 0 {
				w.ended--
				w.restarts++
			}
			w.arrivals.forget() // what it has started already is new to us
		}
	}
}

// descend takes new processes into the tree whose parents are in it.
func (w *Watch) descend() {
	type orphan struct {
		pid  int
		stat Stat
	}
	var others []orphan
	for _, pid := range w.arrivals.next() {
		if _, known := w.byPID[pid]; known || pid == w.own || !w.arrivals.there(pid) {
			continue
		}
		if stat, ok := statIn(&w.room, w.proc, pid); ok {
			others = append(others, orphan{pid, stat})
		}
	}
	for again := true; again; {
		again = false
		others = slices.DeleteFunc(others, func(o orphan) bool {
			parent, ok := w.byPID[o.stat.Parent]
			if !ok {
				return false
			}
			if p, ok := newProcess(w.proc, o.pid, &w.room); ok && p.Stat.Start == o.stat.Start && !isThread(w.proc, o.pid) {
				p.Born = parent.Born || parent.seen < w.looks
				w.join(p)
				again = true
			}
			return true
		})
	}
}

// isThread says whether a number is that of a thread other than the first of its process. /proc has a folder for it too, which is in no list, and
// in which the parent is that of the process.
func isThread(proc string, pid int) bool {
	data, err := os.ReadFile(filepath.Join(proc, strconv.Itoa(pid), "status"))
	leader, ok := kernel.Value(data, "Tgid")
	return err == nil && ok && leader != uint64(pid)
}

// join takes a process into the tree.
func (w *Watch) join(p *Process) {
	p.seen = w.looks
	if p.kept = w.left > 0; p.kept {
		w.left--
	} else {
		p.stat.Close()
	}
	i, _ := slices.BinarySearchFunc(w.members, p.PID, func(m *Process, pid int) int { return cmp.Compare(m.PID, pid) })
	w.members = slices.Insert(w.members, i, p)
	w.byPID[p.PID] = p
	w.changed = true
}

// adopt finds out who waits for each member now: the parent changes when the first one ends.
func (w *Watch) adopt() {
	for _, p := range w.members {
		if p.Parent == nil || p.Parent.PID != p.Stat.Parent {
			p.Parent = w.byPID[p.Stat.Parent]
		}
	}
}

// publish makes the snapshot for others.
func (w *Watch) publish() {
	tree := &Tree{Restarts: w.restarts}
	for _, p := range w.members {
		if p.Ended() {
			continue
		}
		tree.PIDs = append(tree.PIDs, p.PID)
		tree.Starts = append(tree.Starts, p.Stat.Start)
		if p.root && p.Parent == nil {
			tree.Roots = append(tree.Roots, p.PID)
		}
	}
	w.tree.Store(tree)
}

// roots are the members that live and were chosen.
func (w *Watch) roots() (roots []*Process) {
	for _, p := range w.members {
		if p.root && p.Parent == nil && !p.Ended() {
			roots = append(roots, p)
		}
	}
	return roots
}
