package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gregaria/worker/internal/python"
)

// crowd is permits of which all are used, and some who wait, in their order.
func crowd(t *testing.T, limit, waiting int) (p *permits, line []chan struct{}) {
	t.Helper()
	p = &permits{}
	for i := range limit {
		if p.join(limit) != nil {
			t.Fatalf("permit %d of %d is not to be had", i+1, limit)
		}
	}
	for i := range waiting {
		mine := p.join(limit)
		if mine == nil {
			t.Fatalf("a permit more than %d", limit+i)
		}
		line = append(line, mine)
	}
	return p, line
}

// used fails if other permits are used, or other ones wait, than should.
func used(t *testing.T, p *permits, permits, waiting int) {
	t.Helper()
	want := int64(permits)
	if waiting > 0 {
		want |= crowded
	}
	if got := p.state.Load(); got != want || len(p.waiting) != waiting {
		t.Fatalf("state %#x with %d who wait, want %#x with %d", got, len(p.waiting), want, waiting)
	}
}

func served(mine chan struct{}) bool {
	select {
	case <-mine:
		return true
	default:
		return false
	}
}

func TestPermitsGoToWhoeverWaitedLongest(t *testing.T) {
	t.Parallel()
	p, line := crowd(t, 2, 3)
	used(t, p, 2, 3)
	for i := range line {
		p.giveBack()
		for j, mine := range line {
			if served(mine) != (j <= i) {
				t.Fatalf("after %d permits: number %d of the line is served: %v", i+1, j+1, j > i)
			}
		}
		used(t, p, 2, 2-i)
	}
	p.giveBack()
	used(t, p, 1, 0)
	if p.join(2) != nil {
		t.Fatal("a permit that was given back is not to be had")
	}
	p.giveBack()
	p.giveBack()
	used(t, p, 0, 0)
}

// A permit that comes back while somebody waits is that one's, not whoever asks next.
func TestPermitsAreNotOvertaken(t *testing.T) {
	t.Parallel()
	p, line := crowd(t, 1, 1)
	p.giveBack()
	if !served(line[0]) || p.join(1) == nil {
		t.Fatal("who came later has the permit")
	}
	used(t, p, 1, 1)
}

func TestPermitsLeave(t *testing.T) {
	t.Parallel()
	p, line := crowd(t, 1, 3)
	ended, end := context.WithCancel(t.Context())
	end()
	if p.wait(ended, line[1]) {
		t.Fatal("a permit, though the time was up")
	}
	used(t, p, 1, 2)
	p.giveBack()
	if !served(line[0]) || served(line[1]) || served(line[2]) {
		t.Fatal("not the first of the line has the permit")
	}
	if !p.leave(line[0]) {
		t.Fatal("who leaves with a permit does not know of it")
	}
	if p.leave(line[2]) {
		t.Fatal("a permit for the last one, though nobody gave it back")
	}
	used(t, p, 1, 0)
	p.giveBack()
	used(t, p, 0, 0)
}

// entering has a thread of a user wait for a permit that somebody has; meanwhile is run as it waits, and may end the user.
func entering(t *testing.T, meanwhile func(th *python.Thread, p *permits, end func())) (*permits, error) {
	t.Helper()
	ctx, end := context.WithTimeout(t.Context(), 10*time.Second)
	defer end()
	p, _ := crowd(t, 1, 0)
	th := newThread(&bytes.Buffer{})
	th.Local = &owner{ctx: ctx}
	th.Lock()
	defer th.Unlock()
	waits := func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(p.waiting) > 0
	}
	var other sync.WaitGroup
	other.Go(func() {
		for !waits() {
			time.Sleep(time.Millisecond)
		}
		meanwhile(th, p, end)
	})
	err := p.enter(th, 1)
	other.Wait()
	return p, err
}

func TestPermitsEnter(t *testing.T) {
	t.Parallel()
	p, err := entering(t, func(_ *python.Thread, p *permits, _ func()) { p.giveBack() })
	if err != nil {
		t.Fatal(err)
	}
	used(t, p, 1, 0)
}

func TestPermitsEnterTooLate(t *testing.T) {
	t.Parallel()
	p, err := entering(t, func(_ *python.Thread, _ *permits, end func()) { end() })
	if e := python.AsException(err); err == nil || !e.IsA(python.SystemExit) {
		t.Fatalf("a user whose time is up: %v, want SystemExit", err)
	}
	used(t, p, 1, 0)
}

// A thread that is cancelled while it gets a permit gives it back.
func TestPermitsEnterCancelled(t *testing.T) {
	t.Parallel()
	why := python.Errorf(python.KeyboardInterrupt, "no more")
	p, err := entering(t, func(th *python.Thread, p *permits, _ func()) {
		th.Cancel(why)
		p.giveBack()
	})
	if !errors.Is(err, why) {
		t.Fatalf("a thread that was cancelled: %v, want %v", err, why)
	}
	used(t, p, 0, 0)
}

// A thread that is cancelled before it waits leaves the line: a permit that it does not take would be lost.
func TestPermitsEnterCancelledBefore(t *testing.T) {
	t.Parallel()
	p, _ := crowd(t, 1, 0)
	th := newThread(&bytes.Buffer{})
	th.Local = &owner{ctx: t.Context()}
	th.Lock()
	defer th.Unlock()
	why := python.Errorf(python.KeyboardInterrupt, "no more")
	th.Cancel(why)
	if err := p.enter(th, 1); !errors.Is(err, why) {
		t.Fatalf("a thread that was cancelled: %v, want %v", err, why)
	}
	used(t, p, 1, 0)
	p.giveBack()
	used(t, p, 0, 0)
}

// TestPermitsInARush has many take, wait, leave and give back at once: never more than there are, and none is lost. Nobody holds
// the lock of an isolate, which keeps only the order of the line.
func TestPermitsInARush(t *testing.T) { //nolint:paralleltest // with the cores to itself more happens at the same time
	for _, test := range []struct{ users, limit, rounds int }{{2, 1, 1_000_000}, {3, 2, 200_000}, {16, 3, 20_000}} {
		if testing.Short() {
			test.rounds /= 5
		}
		if !t.Run(fmt.Sprintf("%d users, %d permits", test.users, test.limit), func(t *testing.T) {
			rush(t, test.users, test.limit, test.rounds)
		}) {
			return // who never comes to an end would disturb the next
		}
	}
}

func rush(t *testing.T, users, limit, rounds int) {
	t.Helper()
	var (
		p      permits
		inside atomic.Int64
		spun   atomic.Int64
		all    sync.WaitGroup
	)
	ctx, end := context.WithTimeout(t.Context(), 30*time.Second)
	defer end()
	gone, leave := context.WithCancel(ctx)
	leave()
	for range users {
		all.Go(func() {
			for n := range rounds {
				mine := p.join(limit)
				patient := ctx
				if n%4 == 0 {
					patient = gone
				}
				if mine != nil && !p.wait(patient, mine) {
					if ctx.Err() != nil {
						t.Error("nobody gave a permit to one who waited")
						return
					}
					continue
				}
				if users := inside.Add(1); users > int64(limit) {
					t.Errorf("%d permits are used of %d", users, limit)
				}
				if n%16 == 0 {
					runtime.Gosched()
				}
				inside.Add(-1)
				p.giveBack()
				for range rand.N(200) { // else they come to go in step
					spun.Load()
				}
			}
		})
	}
	done := make(chan struct{})
	go func() {
		all.Wait()
		close(done)
	}()
	select {
	case <-done:
		used(t, &p, 0, 0)
	case <-time.After(time.Minute):
		t.Fatal("somebody never comes to an end")
	}
}
