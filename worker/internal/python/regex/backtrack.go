package regex

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"
)

const (
	// FirstSlice is how long a match may hold the lock; regexp2 looks at a clock that goes by 100 ms.
	FirstSlice = 100 * time.Millisecond
	// MaxTime is how long a match may take in all: as long as a master waits for a worker that does nothing else.
	MaxTime = 60 * time.Second
	// maxStack is how many places a match may remember to come back to, of 8 bytes each.
	maxStack = 1 << 24
)

var (
	// ErrTooLong ends a match that took more than [MaxTime].
	ErrTooLong = fmt.Errorf("the regular expression has not matched after %v: it goes through the same text again and again", MaxTime)
	// ErrTooDeep ends a match that remembers too many places.
	ErrTooDeep = errors.New("the regular expression remembers too many places to come back to")
)

// Slow runs a match that takes long beside everything else. f returns some time after stop was set, and it touches nothing
// that others use.
type Slow interface {
	Slowly(f func(stop *atomic.Bool)) error
}

// A backtracker is a pattern in regexp2.
type backtracker struct {
	expr string
	re   *regexp2.Regexp
}

func newBacktracker(expr string) (*backtracker, error) {
	re, err := compileNet(expr, FirstSlice)
	if err != nil {
		return nil, err
	}
	return &backtracker{expr, re}, nil
}

func compileNet(expr string, limit time.Duration) (*regexp2.Regexp, error) {
	re, err := regexp2.Compile(expr, regexp2.None, regexp2.OptionMaxBacktrackingStackSize(maxStack))
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = limit
	return re, nil
}

// find returns the ends of the match and of its groups in characters, or nil.
func (b *backtracker) find(slow Slow, text []rune, from, groups int) ([]int, error) {
	loc, err := findNet(b.re, text, from, groups)
	switch {
	case err == nil:
		return loc, nil
	case errors.Is(err, regexp2.ErrBacktrackingStackLimit):
		return nil, ErrTooDeep
	}
	type result struct {
		loc []int
		err error
	}
	done := make(chan result, 1)
	if err := slow.Slowly(func(stop *atomic.Bool) {
		loc, err := b.findSlowly(stop, text, from, groups)
		done <- result{loc, err}
	}); err != nil {
		return nil, err
	}
	r := <-done
	return r.loc, r.err
}

// findSlowly begins anew with twice the time, as regexp2 can be stopped by nothing else; so it is never more than as late again
// as it has been running to see that nobody wants it any more.
func (b *backtracker) findSlowly(stop *atomic.Bool, text []rune, from, groups int) ([]int, error) {
	for limit, left := 4*FirstSlice, MaxTime; left > 0 && !stop.Load(); limit *= 2 {
		re, err := compileNet(b.expr, min(limit, left))
		if err != nil {
			return nil, err
		}
		left -= limit
		loc, err := findNet(re, text, from, groups)
		switch {
		case err == nil:
			return loc, nil
		case errors.Is(err, regexp2.ErrBacktrackingStackLimit):
			return nil, ErrTooDeep
		}
	}
	return nil, ErrTooLong
}

func findNet(re *regexp2.Regexp, text []rune, from, groups int) (loc []int, err error) {
	err = re.FindRunesMatches(text, from, func(m regexp2.MatchView) bool {
		loc = make([]int, 2*groups+2)
		for i := range groups + 1 {
			at, n, ok := m.GroupRange(i)
			if loc[2*i], loc[2*i+1] = at, at+n; !ok {
				loc[2*i], loc[2*i+1] = -1, -1
			}
		}
		return false
	})
	return loc, err
}
