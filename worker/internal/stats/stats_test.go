package stats

import (
	"math"
	"math/big"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/ugorji/go/codec"
	"pgregory.net/rapid"

	"gregaria/worker/user"
)

func TestBucket(t *testing.T) {
	t.Parallel()
	tests := []struct {
		ms     float64
		want   int
		reason string
	}{
		{0, 0, "nothing is faster"},
		{0.5, 0, "half to even, down"},
		{1.5, 2, "half to even, up"},
		{99.6, 100, "the threshold looks at the unrounded time"},
		{105, 100, "half to even in tens"},
		{145, 140, "half to even, down"},
		{155, 160, "half to even, up"},
		{1250, 1200, "half to even in hundreds"},
		{10500, 10000, "half to even in thousands"},
		{58760, 59000, "Locust's own example"},
	}
	for _, tt := range tests {
		if got := Bucket(tt.ms); got != tt.want {
			t.Errorf("Bucket(%v) = %d, want %d: %s", tt.ms, got, tt.want, tt.reason)
		}
	}
}

// TestBucketExact holds Bucket against the definition in exact arithmetic.
func TestBucketExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ms := rapid.OneOf(rapid.Float64Range(0, 200_000), rapid.Map(rapid.IntRange(0, 400_000),
			func(n int) float64 { return float64(n) / 2 })).Draw(t, "ms")
		if got, want := Bucket(ms), exactBucket(ms); got != want {
			t.Fatalf("Bucket(%v) = %d, want %d", ms, got, want)
		}
	})
}

func exactBucket(ms float64) int {
	unit := int64(1)
	switch {
	case ms >= 10000:
		unit = 1000
	case ms >= 1000:
		unit = 100
	case ms >= 100:
		unit = 10
	}
	x := new(big.Rat).SetFloat64(ms)
	x.Quo(x, big.NewRat(unit, 1))
	floor := new(big.Int).Quo(x.Num(), x.Denom())
	rest := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	half := rest.Cmp(big.NewRat(1, 2))
	if half > 0 || (half == 0 && floor.Bit(0) == 1) {
		floor.Add(floor, big.NewInt(1))
	}
	return int(floor.Int64() * unit)
}

// recorded is one interval of testdata/report.json: requests, and what Locust reported of them.
type recorded struct {
	Requests []struct {
		At      float64 `codec:"at"`
		Type    string  `codec:"type"`
		Name    string  `codec:"name"`
		NS      *int64  `codec:"ns"`
		Length  int64   `codec:"length"`
		Failure string  `codec:"failure"`
	} `codec:"requests"`
	Taken  float64 `codec:"taken"`
	Report Report  `codec:"report"`
}

// TestReportEqualsLocust compares with reports that stock Locust made of the same requests (testdata/report.py).
func TestReportEqualsLocust(t *testing.T) {
	t.Parallel()
	for _, shards := range []int{1, 3} {
		t.Run(strconv.Itoa(shards)+" shards", func(t *testing.T) {
			t.Parallel()
			replay(t, shards, (*Recorder).Take)
		})
	}
	t.Run("a look first", func(t *testing.T) {
		t.Parallel()
		replay(t, 2, func(r *Recorder) Report {
			defer r.Take()
			return r.Peek()
		})
	})
}

// replay records what Locust recorded and compares the reports; in the middle of each interval somebody looks.
func replay(t *testing.T, shards int, report func(*Recorder) Report) {
	data, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	var intervals []recorded
	if err := codec.NewDecoderBytes(data, &codec.JsonHandle{MapKeyAsString: true}).Decode(&intervals); err != nil {
		t.Fatal(err)
	}
	now := 1_700_000_000.25
	r := New(shards)
	r.now = func() time.Time { return moment(now) }
	r.Clear()
	for n, interval := range intervals {
		for i, q := range interval.Requests {
			if i == len(interval.Requests)/2 {
				r.Peek() // takes nothing
			}
			m := user.Request{Type: q.Type, Name: q.Name, Length: q.Length, Failure: q.Failure, End: moment(q.At), ResponseTime: user.NoTime}
			if q.NS != nil {
				m.ResponseTime = time.Duration(*q.NS)
			}
			r.Shard().Record(m)
		}
		now = interval.Taken
		want := interval.Report
		if diff := cmp.Diff(want, report(r), cmpopts.SortSlices(func(a, b Entry) bool {
			return a.Name+"\x00"+a.Method < b.Name+"\x00"+b.Method
		}), cmpopts.EquateApprox(1e-14, 0), cmp.Comparer(sameNumber)); diff != "" {
			t.Errorf("interval %d: Locust's report -, ours +\n%s", n, diff)
		}
	}
}

// sameNumber compares values and kinds; sums of floats differ in their last digits with the order of adding.
func sameNumber(a, b Number) bool {
	_, whole := a.Int64()
	_, both := b.Int64()
	return whole == both && math.Abs(a.Float64()-b.Float64()) <= 1e-14*math.Abs(a.Float64())
}

func moment(seconds float64) time.Time { return time.Unix(0, int64(seconds*1e9)) }

func TestEmptyReportSaysNothing(t *testing.T) {
	t.Parallel()
	got := New(2).Take()
	if got.Stats == nil || len(got.Stats) != 0 {
		t.Errorf("Stats = %#v, want an empty list: the master iterates over it", got.Stats)
	}
	if got.Total.MinResponseTime != nil || got.Total.LastRequestTimestamp != nil {
		t.Errorf("min = %v, last = %v, want nil: a 0 would become the master's minimum for good",
			got.Total.MinResponseTime, got.Total.LastRequestTimestamp)
	}
}

func TestKeysAreNotJoined(t *testing.T) {
	t.Parallel()
	r := New(1)
	r.Shard().Record(user.Request{Name: "ab", Type: "c"})
	r.Shard().Record(user.Request{Name: "a", Type: "bc"})
	if got := len(r.Take().Stats); got != 2 {
		t.Errorf("%d rows, want 2", got)
	}
}

func TestIncompleteIsNoRequest(t *testing.T) {
	t.Parallel()
	r := New(1)
	r.Shard().Record(user.Request{Name: "/", Type: "GET", Incomplete: true})
	got := r.Take()
	if got.Incomplete != 1 || got.Total.NumRequests != 0 || len(got.Errors) != 0 {
		t.Errorf("incomplete = %d, requests = %d, errors = %d, want 1, 0, 0", got.Incomplete, got.Total.NumRequests, len(got.Errors))
	}
}

func TestInvalidTextIsMadeValid(t *testing.T) {
	t.Parallel()
	r := New(1)
	r.Shard().Record(user.Request{Name: "/\xff", Type: "G\xc0", Failure: "\xfe"})
	r.Shard().Record(user.Request{Name: "/\xff", Type: "G\xc0", Failure: "\xfd"})
	got := r.Take()
	e := got.Stats[0]
	if e.Name != "/\uFFFD" || e.Method != "G\uFFFD" {
		t.Errorf("name, method = %q, %q", e.Name, e.Method)
	}
	for _, e := range got.Errors {
		if e.Error != "\uFFFD" || e.Occurrences != 2 {
			t.Errorf("error = %q, %d times, want U+FFFD twice: two bad texts became the same good one", e.Error, e.Occurrences)
		}
	}
}

// TestErrorKey has a key that Locust computed: sha256 of GET./.'boom'.
func TestErrorKey(t *testing.T) {
	t.Parallel()
	if got := ErrorKey("GET", "/", "boom"); got[:8] != "53171db8" {
		t.Errorf("ErrorKey = %s, want 53171db8...", got)
	}
}

// TestNothingIsLostWhileTaking records from many users while reports are taken.
func TestNothingIsLostWhileTaking(t *testing.T) {
	t.Parallel()
	const users, each = 16, 2000
	r := New(4)
	var wg sync.WaitGroup
	for range users {
		wg.Go(func() {
			shard := r.Shard()
			for range each {
				shard.Record(user.Request{Name: "/", Type: "GET", ResponseTime: time.Millisecond, Failure: "x"})
			}
		})
	}
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	var requests, failures, bucketed int64
	take := func() {
		got := r.Take()
		requests += got.Total.NumRequests
		bucketed += got.Total.ResponseTimes[1]
		for _, e := range got.Errors {
			failures += e.Occurrences
		}
	}
	for running := true; running; {
		select {
		case <-done:
			running = false
		default:
		}
		take()
	}
	if requests != users*each || failures != users*each || bucketed != users*each {
		t.Errorf("requests, failures, bucketed = %d, %d, %d, want %d each", requests, failures, bucketed, users*each)
	}
}

func BenchmarkRecord(b *testing.B) {
	r := New(4)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		shard := r.Shard()
		q := user.Request{Type: "GET", Name: "/api/v1/story", ResponseTime: 12 * time.Millisecond, Length: 200, End: time.Now()}
		for pb.Next() {
			shard.Record(q)
		}
	})
}
