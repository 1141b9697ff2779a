package analysis_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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

// seconds are those of the load without its first and last ten.
func seconds(run *analysis.Run) (first, last int) {
	return int(run.Began-run.Start) + 10, int(run.Ended-run.Start) - 10
}

// rareRows leaves one row in six.
func rareRows(run *analysis.Run) {
	for i := range run.Hosts[0].Columns[resource.ProcessRSSMB].Values {
		if i%6 != 0 {
			run.Hosts[0].Columns[resource.ProcessRSSMB].Values[i] = math.NaN()
		}
	}
}

// pss is the memory as PSS: each value waits for the next row.
func pss(run *analysis.Run) {
	rss := run.Hosts[0].Columns[resource.ProcessRSSMB]
	late := append([]float64{math.NaN()}, rss.Values[:len(rss.Values)-1]...)
	run.Hosts[0].Columns[resource.ProcessPSSMB] = analysis.Series{File: rss.File, Column: resource.ProcessPSSMB, Values: late}
}

// once is an endpoint that is asked for in the last second alone.
func once(run *analysis.Run) {
	values := make([]float64, run.Seconds)
	values[run.Ended-run.Start] = 1
	run.Endpoints = append(run.Endpoints, analysis.Load{Type: "GET", Name: "/once", Requests: analysis.Series{Values: values}})
}

// untold are 40 seconds of which timings tell nothing.
func untold(run *analysis.Run) {
	first, _ := seconds(run)
	for _, l := range append(slices.Clone(run.Endpoints), run.Total) {
		for i := range 40 {
			l.Requests.Values[first+20+i] = math.NaN()
		}
	}
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
		change func(run *analysis.Run)
	}{
		{"the most frequent one", []float64{1, 0, 0}, 1, "/a", 45, nil},
		{"a rarer one", []float64{0, 1, 0}, 0.5, "/b", 45, nil},
		{"the rarest", []float64{0, 0, 1}, 0.1, "/c", 45, nil},
		{"all alike", []float64{1, 1, 1}, 2, "", 50, nil},
		{"two of them", []float64{1, 1, 0}, 2, "", 50, nil},
		{"too much noise", []float64{1, 0, 0}, 60, "/a", 0, nil},
		{"rows are rare", []float64{0, 1, 0}, 0.5, "/b", 45, rareRows},
		{"values are a row late", []float64{0, 1, 0}, 0.1, "/b", 45, pss},
		{"an endpoint that was hardly asked for", []float64{0, 1, 0}, 0.5, "/b", 45, once},
		{"seconds of which nothing is known", []float64{0, 1, 0}, 0.5, "/b", 45, untold},
	} {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			right := 0
			for seed := range uint64(50) {
				run := leakBy(seed, test.noise, test.mb...)
				if test.change != nil {
					test.change(run)
				}
				f := analysis.Of(run, analysis.Options{})
				for _, g := range f.Growth {
					if g.Column != resource.ProcessRSSMB && g.Column != resource.ProcessPSSMB {
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

// TestWhoLeaksBesideUsers: what each user has is not what a request leaves behind.
func TestWhoLeaksBesideUsers(t *testing.T) {
	t.Parallel()
	named := 0
	for seed := range uint64(20) {
		run, r := leakBy(seed, 0.5, 0, 1, 0), rand.New(rand.NewPCG(seed, 3))
		phases := []analysis.Phase{{Kind: analysis.Steady, From: run.Began, To: run.Ended}}
		for i := range run.Users.Values {
			if run.Users.Values[i] = float64(60 + r.IntN(40)); i%10 > 0 {
				run.Users.Values[i] = run.Users.Values[i-1]
			}
			run.Hosts[0].Columns[resource.ProcessRSSMB].Values[i] += 4 * run.Users.Values[i]
		}
		growths, _ := analysis.Leaks(run, phases)
		if c := growths[0].PerEndpoint; c != nil && (c.Name != "/b" || math.Abs(c.Amount.Value-1) > 0.3) {
			t.Errorf("seed %d: %+v, want 1 MB of /b", seed, c)
		} else if c != nil {
			named++
		}
	}
	if named < 18 {
		t.Errorf("%d of 20 are named, want 18", named)
	}
}
