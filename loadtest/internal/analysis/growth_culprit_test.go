package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/analysis/analysistest"
)

// leakBy makes a run of three endpoints with shares 0.6, 0.3 and 0.1 of about 40 requests a second, in which each request leaves MB of its endpoint behind.
func leakBy(seed uint64, noise float64, mb ...float64) *analysis.Run {
	run := analysistest.Model{Seed: seed, Users: 80, Think: 2000, Service: 20, Steady: 120, Settle: 10, Endpoints: 3}.Run()
	r := rand.New(rand.NewPCG(seed, 2))
	rss, level := run.Hosts[0].Columns[resource.ProcessRSSMB], 300.0
	for i := range rss.Values {
		rss.Values[i] = level + noise*r.NormFloat64() // of the second before, as the monitor has it
		for e, share := range []float64{0.6, 0.3, 0.1} {
			n := run.Total.Requests.Values[i]
			if math.IsNaN(n) {
				continue
			}
			own := math.Round(max(0, n*share+math.Sqrt(n*share*(1-share))*r.NormFloat64()))
			run.Endpoints[e].Requests.Values[i] = own
			level += own * mb[e]
		}
	}
	return run
}

// TestWhoLeaks: the endpoint whose requests leave something behind is named, and no other one, ever.
func TestWhoLeaks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		reason string
		mb     []float64
		noise  float64
		named  string
		least  int // of 50
	}{
		{"the most frequent one", []float64{1, 0, 0}, 1, "/a", 45},
		{"a rarer one", []float64{0, 1, 0}, 0.5, "/b", 45},
		{"the rarest", []float64{0, 0, 1}, 0.1, "/c", 45},
		{"all alike", []float64{1, 1, 1}, 2, "", 50},
		{"two of them", []float64{1, 1, 0}, 2, "", 50},
		{"too much noise", []float64{1, 0, 0}, 60, "/a", 0},
	} {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			right := 0
			for seed := range uint64(50) {
				f := analysis.Of(leakBy(seed, test.noise, test.mb...), analysis.Options{})
				for _, g := range f.Growth {
					if g.Column != resource.ProcessRSSMB {
						continue
					}
					switch c := g.PerEndpoint; {
					case c == nil && test.named == "":
						right++
					case c == nil:
					case c.Name != test.named || math.Abs(c.Amount.Value-1) > 0.3:
						t.Errorf("seed %d: %s %s leaks %v MB, want %q, 1 MB", seed, c.Type, c.Name, c.Amount, test.named)
					default:
						right++
						if says := fmt.Sprintf("MB per GET %s", test.named); !strings.Contains(f.Headline, says) {
							t.Errorf("seed %d: headline = %q, want %q in it", seed, f.Headline, says)
						}
					}
				}
			}
			t.Logf("%d of 50 as it should be", right)
			if right < test.least {
				t.Errorf("%d of 50 as it should be, want %d", right, test.least)
			}
		})
	}
}
