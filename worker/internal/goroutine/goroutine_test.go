package goroutine

import (
	"runtime"
	"sync"
	"testing"
)

// TestID: goroutines that live at once have numbers of their own, which stay, whatever becomes of their stacks and threads.
func TestID(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]func() uint64{"ID": ID, "fromStack": fromStack} {
		var mu sync.Mutex
		seen := map[uint64]bool{}
		var all, here sync.WaitGroup
		here.Add(100)
		for range 100 {
			all.Go(func() {
				id := of()
				mu.Lock()
				seen[id] = true
				mu.Unlock()
				here.Done()
				here.Wait()
				for depth := range 50 {
					runtime.Gosched()
					if again := deep(depth*100, of); again != id {
						t.Errorf("%s = %d, then %d in the same goroutine", name, id, again)
						return
					}
				}
			})
		}
		all.Wait()
		if len(seen) != 100 || seen[0] {
			t.Errorf("%s: %d numbers of 100 goroutines, want one for each", name, len(seen))
		}
	}
}

// deep calls f with a stack that has grown.
func deep(depth int, f func() uint64) uint64 {
	var room [64]byte
	if depth == 0 {
		return f()
	}
	id := deep(depth-1, f)
	room[depth%64] = 1
	runtime.KeepAlive(&room)
	return id
}

func BenchmarkID(b *testing.B) {
	for name, of := range map[string]func() uint64{"ID": ID, "fromStack": fromStack} {
		b.Run(name, func(b *testing.B) {
			deep(20, func() (id uint64) {
				for b.Loop() {
					id = of()
				}
				return id
			})
		})
	}
}
