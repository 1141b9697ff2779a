package collector

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/monitor/internal/process"
)

// TestMemberThatStandsStill: while a process does not run its files are not read, but for its memory every 5 s, and it counts as it did. Its folder
// here changes all the same, to tell what was read.
func TestMemberThatStandsStill(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := proc{t, t.TempDir()}
		x := thing{
			pid: 100, parent: 1, start: 1000, user: 500, rss: 1000, swap: 10, open: 3, limit: 100, read: 1 << 20,
			threads: []string{"5000000000 100000000 70 10 20", "500000000 0 7 3 4"},
		}
		one := &process.Process{PID: 100, Dir: p.dir + "/100", Stat: process.Stat{Threads: 2, User: 500, Start: 1000}}
		m, files := newMember(one, newRoom()), openFiles{}
		defer m.close()
		total := func(wanted bool) processTotal {
			sum := processTotal{wanted: wanted}
			m.read(&files, true, &sum)
			return sum
		}
		p.show(x)
		one.Runs = 1
		total(true)
		x.rss, x.swap, x.open, x.read = 2000, 20, 4, 2<<20
		x.threads = []string{"6000000000 100000000 71 11 20", "500000000 0 7 3 4"}
		p.show(x)
		time.Sleep(time.Second)
		if sum := total(true); sum.rss != 1000 || sum.swap != 10 || sum.open != 3 || sum.limit != 100 || sum.threads != 2 || sum.grown != [counts]uint64{} || sum.busiest.ran != 0 ||
			!sum.rated || !sum.worked || !sum.waits || !sum.complete(ofMemory) || !sum.complete(ofFiles) || !sum.complete(ofDisks) {
			t.Errorf("a row in which it has not run: %+v, want what was read before", sum)
		}
		time.Sleep(memoryEvery)
		if sum := total(true); sum.rss != 2000 || sum.swap != 20 || sum.open != 3 || !sum.complete(ofMemory) {
			t.Errorf("after %s: %+v, want the memory of now and the rest as it was", memoryEvery, sum)
		}
		one.Runs = 2
		if sum := total(false); sum.open != 4 || sum.grown[countRead] != 1<<20 || sum.busiest.ran != 1e9 || sum.switched.voluntary != 0 || sum.switching != 1 {
			t.Errorf("it has run, and the switches are not counted: %+v, want what is there now", sum)
		}
		if sum := total(true); sum.switched.voluntary != 1 || sum.busiest.ran != 0 {
			t.Errorf("it has not run since, and the switches are counted: %+v, want the one that was left out", sum)
		}
		if sum := total(true); sum.switched.voluntary != 0 || !m.last.whole {
			t.Errorf("the row after: %+v, want none", sum)
		}
	})
}

// TestMemberThatCannotBeRead: what failed is read again in the next row, whether or not the process has run.
func TestMemberThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"io", "status", "fd", "task"} {
		p := proc{t, t.TempDir()}
		p.show(thing{pid: 100, parent: 1, start: 1000, rss: 1000, open: 3, limit: 100, threads: []string{"5000000000 100000000 70 10 20"}})
		hidden, at := filepath.Join(p.dir, "hidden"), filepath.Join(p.dir, "100", name)
		if err := os.Rename(at, hidden); err != nil {
			t.Fatal(err)
		}
		m, files := newMember(&process.Process{PID: 100, Dir: p.dir + "/100", Stat: process.Stat{Threads: 1, Start: 1000}, Runs: 1}, newRoom()), openFiles{}
		m.read(&files, true, &processTotal{wanted: true})
		if m.last.whole {
			t.Errorf("without %s: the reading is whole", name)
		}
		if err := os.Rename(hidden, at); err != nil {
			t.Fatal(err)
		}
		if m.read(&files, true, &processTotal{wanted: true}); !m.last.whole {
			t.Errorf("with %s again: the reading is not whole", name)
		}
		m.close()
	}
}
