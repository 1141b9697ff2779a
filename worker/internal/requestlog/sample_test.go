package requestlog

import (
	"math"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"gregaria/internal/requestline"
	"gregaria/worker/user"
)

// TestSample has a sample of a tenth of requests whose times, failures and names are known: what failed, was cut off or is far above the rest is
// all there, and the weights of the lines add up to the requests.
func TestSample(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	c := (&diary{}).config(path)
	c.Share = 0.1
	l, r := logged(t, c)
	const n = 50_000
	for i := range n {
		q := user.Request{Name: "quick", ResponseTime: time.Duration(10e6 * math.Exp(0.2*rand.NormFloat64()))}
		switch {
		case i%500 == 250:
			q.ResponseTime = time.Second
		case i%100 == 7:
			q.Failure = "no"
		case i%1000 == 13:
			q.Incomplete = true
		case i%2 == 1:
			q.Name = "slow"
			q.ResponseTime *= 50
		}
		r.Record(q)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	kept, weights, second := map[any]int{}, map[any]float64{}, 0
	for _, text := range lines(t, path) {
		fields := parsed(t, text)
		kept[fields[requestline.Kept]]++
		weights[fields[requestline.Name]] += fields[requestline.Weight].(float64)
		if fields[requestline.Response] == 1000.0 && fields[requestline.Name] == "quick" && fields[requestline.Kept] == requestline.Slow {
			second++
		}
	}
	if kept[requestline.Failed] != n/100 || kept[requestline.Cut] != n/1000 || second != n/500 {
		t.Errorf("kept %v, %d of one second, want all %d failed, %d incomplete, %d of one second", kept, second, n/100, n/1000, n/500)
	}
	if got := kept[requestline.Slow]; got < n/200 || got > n/50 {
		t.Errorf("%d slow ones kept, want about %d", got, n/100)
	}
	for name, weight := range weights { // the deviation of the sum of n/2*0.1 lines of weight 10 is 10*sqrt(n/2*0.1*0.9)
		if math.Abs(weight-n/2) > 5*10*math.Sqrt(n/2*0.1*0.9) {
			t.Errorf("the weights of %s add up to %.0f, want about %d", name, weight, n/2)
		}
	}
}

// TestRank compares what is slow with the exact percentile of the last requests.
func TestRank(t *testing.T) {
	t.Parallel()
	r := &rank{top: -1}
	if !r.slow(time.Millisecond) || r.slow(time.Millisecond) || !r.slow(2*time.Millisecond) {
		t.Error("of 1, 1 and 2 ms the first and the last are the slowest so far")
	}
	random := rand.New(rand.NewPCG(1, 2))
	count := func(n int, scale float64) (slow int) {
		for range n {
			if r.slow(time.Duration(scale * random.ExpFloat64())) {
				slow++
			}
		}
		return slow
	}
	for _, scale := range []float64{1e7, 1e8, 1e6} { // it turns ten times as slow, then a hundred times as fast
		turned := count(3000, scale)
		if got := count(20_000, scale); got < 120 || got > 280 {
			t.Errorf("at a mean of %v: %d of 20000 are slow, %d of the 3000 before, want 1 %%", time.Duration(scale), got, turned)
		}
	}
}

// TestManyNames has more names than are ranked.
func TestManyNames(t *testing.T) {
	t.Parallel()
	s := newSampler(0.5)
	for i := range 3 * mostRanks {
		s.keep(&user.Request{Name: string(rune(i))})
	}
	if got := len(s.ranks); got != mostRanks+1 {
		t.Errorf("%d ranks, want %d", got, mostRanks+1)
	}
}
