package rate

import (
	"testing"
)

// FuzzPlan: what is taken for a plan deals tasks out in order, not before it begins, and within what the master's own numbers allow.
func FuzzPlan(f *testing.F) {
	f.Add(1.8e9, 50.0, 1.8e9, 1.8e9, 0.0, 1.0, false)
	f.Add(1.8e9, 1e7, 1.8e9, 1.8e9+0.5, 0.25, 0.2500001, false)
	f.Add(1.8e9, 3.0, 1.8e9, 1.8e9, 0.0, 0.5, true)
	f.Fuzz(func(t *testing.T, sent, rate, origin, from, low, high float64, poisson bool) {
		arrivals := "constant"
		if poisson {
			arrivals = "poisson"
		}
		p, err := ParsePlan(map[string]any{
			"version": int64(1), "sent": sent, "rate": rate, "arrivals": arrivals, "origin": origin, "from": from, "low": low, "high": high,
		})
		if err != nil || high-low < 1e-3 && high-low >= leastShare {
			return // a share of less than a user in a thousand is right, and slow to look for
		}
		d := newDealer()
		d.add(p)
		last := from - 1e-6*max(1, from*1e-9)
		for range 20 {
			due := d.take()
			if !(due >= last) {
				t.Fatalf("plan %+v: a task is due at %v after one at %v", p, due, last)
			}
			last = due
		}
	})
}
