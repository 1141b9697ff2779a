//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/boomertest"
)

// endlessPrograms are those whose tasks do not return by themselves, and one whose listener takes its time at a stop.
func endlessPrograms() []gopherProgram {
	udp := address(func(b *backend) string { return b.udp })
	tcp := address(func(b *backend) string { return b.tcp })
	return []gopherProgram{{"forever", udp}, {"deadend", udp}, {"subscriber", tcp}, {"slowstop", whole}}
}

// asLong is how much longer than boomer's end ours may take: what is in flight comes home, and the machine has others to serve.
const asLong = time.Second

// boomersEnds is how long an end took with boomer, of any of the programs, on a machine that had nothing else to do.
var boomersEnds = map[string]time.Duration{"stop": 1100 * time.Millisecond, "quit": 0, "SIGTERM": 50 * time.Millisecond}

// An ending is how a test with a program ended.
type ending struct {
	took  time.Duration // until the master, or whoever waits, knew
	after uint64        // what the server still answered from then on, within 3 s
	lost  int64         // what the server answered and the statistics do not know
}

func (e ending) String() string {
	return fmt.Sprintf("%.2f s | %d | %d", e.took.Seconds(), e.after, e.lost)
}

// TestBoomerEndless ends tests whose tasks do not return, in three ways. It takes no longer than with boomer, nothing is sent
// afterwards, and all that was served is counted. A long run does it with boomer too, and measures it.
func TestBoomerEndless(t *testing.T) {
	t.Parallel()
	endings := []struct {
		name string
		end  func(t *testing.T, p gopherProgram, against string) ending
	}{{"stop", byStop}, {"quit", byQuit}, {"SIGTERM", bySignal}}
	for _, p := range endlessPrograms() {
		for _, way := range endings {
			t.Run(p.name+"/"+way.name, func(t *testing.T) {
				t.Parallel()
				theirs := ending{took: boomersEnds[way.name]}
				if os.Getenv("GREGARIA_E2E_LONG") == "1" {
					theirs = way.end(t, p, boomertest.Boomer)
				}
				ours := way.end(t, p, boomertest.Ours)
				t.Logf("| %s | %s | %s | %s |", p.name, way.name, theirs, ours)
				if ours.took > theirs.took+asLong {
					t.Errorf("the end took %v, want at most %v more than boomer's %v", ours.took, asLong, theirs.took)
				}
				if ours.after > 0 {
					t.Errorf("%d requests came after the end, want none", ours.after)
				}
				if spare := unread(p); ours.lost > spare || ours.lost < 0 {
					t.Errorf("%d requests of those that were served are not in the statistics", ours.lost)
				}
			})
		}
	}
}

// unread is how many messages may be on their way to users who have ended: one each, where the server pushes.
func unread(p gopherProgram) int64 {
	if p.name == "subscriber" {
		return 10
	}
	return 0
}

// TestBoomerIdiom has subscribers who look at Stopping.
func TestBoomerIdiom(t *testing.T) {
	t.Parallel()
	p := gopherProgram{"idiom", address(func(b *backend) string { return b.tcp })}
	if e := byStop(t, p, boomertest.Ours); e.took > 2*time.Second || e.after > 0 || e.lost != 0 {
		t.Errorf("time of the stop | requests after it | lost = %s, want soon, 0, 0", e)
	}
}

// byStop ends a test in the web UI, and has another one after it, of which nothing may come from the first.
func byStop(t *testing.T, p gopherProgram, against string) (e ending) {
	t.Helper()
	b := startBackend(t, 20*time.Millisecond)
	m := gopherMaster(b).startWeb(t)
	w := p.start(t, m, b, against)
	m.awaitReady(t, 1)
	for range 2 {
		b.reset()
		swarm{users: 10}.send(t, m)
		time.Sleep(4 * time.Second)
		began := time.Now()
		m.halt(t)
		await(t, startLimit, func() error {
			n, err := m.web.workerCount(t.Context())
			if err == nil && n != 1 {
				err = fmt.Errorf("%d workers are ready, want 1", n)
			}
			return err
		})
		e.took = max(e.took, time.Since(began))
		served := b.counted().Total
		e.lost += int64(served) - int64(m.web.stats(t)[aggregated].Requests)
		time.Sleep(3 * time.Second)
		e.after += b.counted().Total - served
	}
	if against == boomertest.Ours && p.name == "deadend" && !strings.Contains(w.output.String(), "look at boomer.Stopping()") {
		t.Error("the program does not say what to do about tasks that never return")
	}
	return e
}

// byQuit has a headless master end: the time is that of the program after it.
func byQuit(t *testing.T, p gopherProgram, against string) (e ending) {
	t.Helper()
	b := startBackend(t, 20*time.Millisecond)
	m := gopherMaster(b, "--headless", "--expect-workers=1", "--users=10", "--spawn-rate=10", "--run-time=4").start(t)
	w := p.start(t, m, b, against)
	<-m.done
	served := b.counted().Total
	began := time.Now()
	await(t, startLimit, func() error { return w.gone() })
	e.took = time.Since(began)
	time.Sleep(3*time.Second - min(e.took, 3*time.Second))
	e.after = b.counted().Total - served
	e.lost = int64(served) - int64(parseSummary(t, m.output.String())[aggregated].Requests)
	return e
}

// bySignal ends the program in the middle of a test.
func bySignal(t *testing.T, p gopherProgram, against string) (e ending) {
	t.Helper()
	b := startBackend(t, 20*time.Millisecond)
	m := gopherMaster(b).startWeb(t)
	w := p.start(t, m, b, against)
	m.awaitReady(t, 1)
	swarm{users: 10}.send(t, m)
	time.Sleep(4 * time.Second)
	began := time.Now()
	w.signal(syscall.SIGTERM)
	await(t, startLimit, func() error { return w.gone() })
	e.took = time.Since(began)
	served := b.counted().Total
	time.Sleep(3 * time.Second)
	e.after = b.counted().Total - served
	e.lost = int64(served) - int64(m.web.stats(t)[aggregated].Requests)
	return e
}

func (p *process) gone() error {
	if !p.ended() {
		return fmt.Errorf("%s still runs", p.name)
	}
	return nil
}
