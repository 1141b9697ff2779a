package goroutine

import (
	"sync"
	"testing"
)

func TestID(t *testing.T) {
	t.Parallel()
	me := ID()
	if again := ID(); me == 0 || again != me {
		t.Errorf("ID() = %d, then %d, want a number, the same each time", me, again)
	}
	seen := map[uint64]bool{me: true}
	var mu sync.Mutex
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			seen[ID()] = true
		})
	}
	all.Wait()
	if len(seen) != 101 || seen[0] {
		t.Errorf("%d numbers of 101 goroutines, want one for each", len(seen))
	}
}
