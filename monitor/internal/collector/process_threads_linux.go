package collector

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"gregaria/monitor/internal/kernel"
	"gregaria/monitor/internal/process"
)

// switches are how often threads were switched.
type switches struct{ voluntary, involuntary uint64 }

// A threadTime is what a thread did in a row: how long it ran and how long it waited for a core, in nanoseconds.
type threadTime struct{ ran, waited uint64 }

// A threadList reads the threads of one process. /proc/PID/status counts the switches of its first thread only, so those of all
// are read; but only of those that ran. What a thread did after its last reading is lost when it ends.
type threadList struct {
	pid   int // and the number of its first thread
	dir   string
	room  *fileRoom
	list  []*processThread // in ascending order of their numbers
	ids   []int
	known bool // they have been read
	stale bool // one has ended
	owed  bool // switches of one that ran are still to be counted
	first firstThread
	// measured says that the kernel counts how long they wait, failed why they cannot be listed.
	measured bool
	failed   error
}

// A firstThread is the switches of the first thread of a process, which stand in the status of that; old says that this was not read anew.
type firstThread struct {
	switches
	old bool
}

// files is how many a thread has open.
const filesOfThread = 2

type processThread struct {
	id      int
	sched   *kernel.File // schedstat
	status  *kernel.File
	kept    bool
	load    threadTime
	known   bool
	fresh   bool   // it began while its process was watched
	put     uint64 // how often it had been put on a core when its switches were counted
	counted switches
	sure    bool         // they have been counted
	owes    bool         // it ran and they have not been counted
	first   *firstThread // of a process; nil for others
	stat    *kernel.File // instead of sched, where that counts nothing; else nil
	room    *kernel.Room
}

// still says that nothing is to be read of the threads until one of them runs.
func (t *threadList) still() bool { return t.known && !t.stale && !t.owed && t.failed == nil }

// read adds what the threads did since the last read to the sum; their switches, which cost most, only where these are wanted: those of the first
// thread are in the list already. born says that the process began since the tree was read last: then all that its threads did is new.
func (t *threadList) read(running int, born bool, sum *processTotal) {
	if running != len(t.list) || t.stale {
		t.relist()
	}
	sum.note(ofThreads, t.failed)
	fresh := t.known || born // a thread that was not seen before is new
	t.known, t.measured, t.owed = true, false, false
	for _, one := range t.list {
		if !one.known {
			one.fresh = fresh
		}
		did, ok := one.read(sum)
		if !ok {
			t.stale = true
			continue
		}
		t.owed = t.owed || one.owes
		t.measured = t.measured || one.stat == nil
		if fresh && did.ran >= sum.busiest.ran {
			sum.busiest, sum.waits = did, one.stat == nil
		}
	}
	sum.worked = sum.worked || fresh && len(t.list) > 0
}

// relist brings the list up to date with the threads that there are.
func (t *threadList) relist() {
	t.stale = false
	dir := filepath.Join(t.dir, "task")
	ids, err := kernel.Numbers(dir, t.ids[:0])
	slices.Sort(ids)
	t.ids, t.failed = ids, err
	t.list = slices.DeleteFunc(t.list, func(one *processThread) bool {
		_, there := slices.BinarySearch(ids, one.id)
		if !there {
			t.drop(one)
		}
		return !there
	})
	for i, id := range ids {
		if i < len(t.list) && t.list[i].id == id {
			continue
		}
		path := filepath.Join(dir, strconv.Itoa(id))
		one := &processThread{
			id: id, kept: t.room.take(filesOfThread),
			sched: kernel.NewRecord(filepath.Join(path, "schedstat"), &t.room.text), status: kernel.NewRecord(filepath.Join(path, "status"), &t.room.text),
			room: &t.room.text,
		}
		if id == t.pid {
			one.first = &t.first
		}
		t.list = slices.Insert(t.list, i, one)
	}
}

func (t *threadList) drop(one *processThread) {
	one.close()
	if one.kept {
		t.room.give(filesOfThread)
	}
}

func (t *threadList) close() {
	for _, one := range t.list {
		t.drop(one)
	}
	t.list = nil
}

func (t *processThread) close() {
	t.sched.Close()
	t.status.Close()
	if t.stat != nil {
		t.stat.Close()
	}
}

// read returns how long the thread ran and waited since its last read; since it began where it is fresh and was not read before. It returns
// false when the thread is gone.
func (t *processThread) read(sum *processTotal) (did threadTime, ok bool) {
	if !t.kept {
		defer t.close()
	}
	now, put, ok := t.times()
	if !ok {
		return did, false
	}
	t.owes = put != t.put || put == 0 || !t.sure
	if t.owes {
		sum.switching++
		if later := t.first != nil && t.first.old; sum.wanted && !later && !t.count(put, sum) {
			return did, false
		}
	}
	if t.known || t.fresh {
		did = threadTime{more(t.load.ran, now.ran), more(t.load.waited, now.waited)}
	}
	t.load, t.known = now, true
	return did, true
}

// count adds the switches of a thread that ran.
func (t *processThread) count(put uint64, sum *processTotal) bool {
	var now switches
	if t.first != nil {
		now = t.first.switches
	} else {
		data, err := t.status.Read()
		if err != nil {
			return false
		}
		now = parseSwitches(data)
	}
	last := t.counted
	if t.sure || t.fresh {
		sum.switched.voluntary += more(last.voluntary, now.voluntary)
		sum.switched.involuntary += more(last.involuntary, now.involuntary)
	}
	t.counted, t.put, t.sure, t.owes = now, put, true, false
	return true
}

// times returns how long the thread ran and waited. A thread that was never put on a core is one of a kernel that does
// not count that (no CONFIG_SCHED_INFO): then its stat has how long it ran, in steps of 10 ms, and nothing has how long it waited.
func (t *processThread) times() (l threadTime, put uint64, ok bool) {
	if t.stat == nil {
		data, err := t.sched.Read()
		if err == nil {
			l, put, ok = parseSchedstat(data)
		}
		if ok && put > 0 {
			return l, put, true
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return l, 0, false
		}
		t.sched.Close()
		t.stat = kernel.NewRecord(filepath.Join(filepath.Dir(t.sched.Path()), "stat"), t.room)
	}
	data, err := t.stat.Read()
	if err != nil {
		return threadTime{}, 0, false
	}
	stat, ok := process.ParseStat(data)
	return threadTime{ran: (stat.User + stat.System) * uint64(time.Second/process.TicksPerSecond)}, 0, ok
}

// parseSchedstat reads /proc/PID/task/TID/schedstat: time on a core and time waiting for one, in nanoseconds, and how often it was
// put on one (Documentation/scheduler/sched-stats.rst). All are 0 where the kernel does not count.
func parseSchedstat(data []byte) (l threadTime, put uint64, ok bool) {
	var rest []byte
	if l.ran, rest, ok = kernel.NextUint(data); !ok {
		return threadTime{}, 0, false
	}
	if l.waited, rest, ok = kernel.NextUint(rest); !ok {
		return threadTime{}, 0, false
	}
	line, _, _ := kernel.NextLine(rest)
	put, _, ok = kernel.NextUint(line)
	return l, put, ok
}

// parseSwitches reads the switches in /proc/PID/task/TID/status.
func parseSwitches(data []byte) (s switches) {
	s.voluntary, data, _ = kernel.NextValue(data, "voluntary_ctxt_switches")
	s.involuntary, _ = kernel.Value(data, "nonvoluntary_ctxt_switches")
	return s
}
