package timings

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"gregaria/internal/timing"
	"gregaria/internal/timing/timingtest"
	"gregaria/worker/user"
)

// TestHistogramIsHdrHistograms: whatever the values, the library counts them in the same buckets. What is read from those is the plug-in's
// to hold (loadtest/plugin).
func TestHistogramIsHdrHistograms(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		scale := rapid.Float64Range(0, math.Log(mostMicroseconds)).Draw(t, "scale")
		values := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) int64 {
			return int64(math.Exp(rapid.Float64Range(0, scale).Draw(t, "log")))
		}), 1, 2000).Draw(t, "values")
		set, lib := NewSet(), hdrhistogram.New(1, mostMicroseconds, 2)
		for _, us := range values {
			set.Row(7, "GET", "/", false).Add(&user.Request{ResponseTime: time.Duration(us) * time.Microsecond})
			lib.RecordValue(us)
		}
		h := Rows([]*Set{set})[0].Histograms[int(timing.Response)]
		got := timingtest.Histogram(h)
		if !got.Equals(lib) {
			t.Fatalf("histogram of %v = %+v", values, h)
		}
		slices.Sort(values)
		if h.Max != values[len(values)-1] {
			t.Errorf("max = %d, want %d", h.Max, values[len(values)-1])
		}
	})
}

// TestBuckets: they rise with the values, without a gap, from 0 to the last.
func TestBuckets(t *testing.T) {
	t.Parallel()
	last := Bucket(0)
	for us := int64(1); us < 1<<20; us++ {
		b := Bucket(time.Duration(us) * time.Microsecond)
		if b != last && b != last+1 {
			t.Fatalf("Bucket(%d us) = %d after %d", us, b, last)
		}
		last = b
	}
	if Bucket(0) != 0 || Bucket(-time.Second) != 0 || Bucket(math.MaxInt64) != Buckets-1 {
		t.Errorf("Bucket() = %d, %d, ... %d, want 0, 0 and %d", Bucket(0), Bucket(-time.Second), Bucket(math.MaxInt64), Buckets-1)
	}
}

// TestTableCountsEverything: in whatever order, with as many buckets as there may be.
func TestTableCountsEverything(t *testing.T) {
	t.Parallel()
	var got table
	want := map[uint16]uint32{}
	for range 200_000 {
		key := uint16(rand.IntN(1 << 15))
		got.add(key, 1)
		want[key]++
	}
	var twice table
	twice.merge(&got)
	twice.merge(&got)
	for _, s := range twice.slots {
		if s.count == 0 {
			continue
		}
		if s.count != 2*want[s.key] {
			t.Fatalf("count of %d = %d, want twice %d", s.key, s.count, want[s.key])
		}
		delete(want, s.key)
	}
	if len(want) > 0 {
		t.Errorf("%d keys are missing", len(want))
	}
}

func request(change func(*user.Request)) *user.Request {
	q := &user.Request{
		Type: "GET", Name: "/", ResponseTime: 30 * time.Millisecond,
		Exchange: user.Exchange{Wait: 20 * time.Millisecond, Download: 5 * time.Millisecond, Status: 200, Sent: 100, Received: 1000},
	}
	if change != nil {
		change(q)
	}
	return q
}

// TestAdd has requests of all kinds, in two sets of one worker.
func TestAdd(t *testing.T) {
	t.Parallel()
	a, b := NewSet(), NewSet()
	for i, q := range []*user.Request{
		request(nil),
		request(func(q *user.Request) {
			q.Exchange.Connect, q.Exchange.TLS = 7*time.Millisecond, 9*time.Millisecond
			q.Earlier = []user.Exchange{{Wait: time.Millisecond, Status: 302, Sent: 10, Received: 20}}
		}),
		request(func(q *user.Request) { q.Failure, q.Exchange.Status = "no", 503 }),
		request(func(q *user.Request) { q.Incomplete = true; q.Exchange = user.Exchange{} }),
		request(func(q *user.Request) { q.ResponseTime = user.NoTime; q.Exchange = user.Exchange{} }),
		request(func(q *user.Request) { q.Scheduled, q.Lateness = true, 2*time.Second }),
		request(func(q *user.Request) { q.Scheduled, q.Lateness = true, user.NoTime }),
		request(func(q *user.Request) {
			q.Failure, q.Exchange = "refused", user.Exchange{Connect: time.Millisecond}
		}),
	} {
		set := a
		if i%3 == 0 {
			set = b
		}
		set.Row(5, q.Type, q.Name, false).Add(q)
	}
	stream := a.Row(5, timing.Stream, "/", true)
	stream.AddEvent(true, 300*time.Millisecond)
	stream.AddEvent(false, 40*time.Millisecond)
	stream.AddEvent(false, 2*time.Second)
	rows := Rows([]*Set{a, b})
	if len(rows) != 2 {
		t.Fatalf("rows = %+v, want two", rows)
	}
	got := rows[0]
	want := timing.Row{
		Second: 5, Type: "GET", Name: "/",
		Counts:   timing.Counts{Requests: 7, Failures: 2, Incomplete: 1, Exchanges: 7, Connections: 2, Sent: 510, Received: 5020},
		Statuses: map[int]int64{200: 4, 302: 1, 503: 1},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(timing.Row{}, timing.Counts{}), cmpopts.IgnoreFields(timing.Row{}, "Histograms")); diff != "" {
		t.Errorf("row: want -, got +\n%s", diff)
	}
	for p, n := range map[timing.Phase]int64{
		timing.Response: 6, timing.Scheduled: 2, timing.Lateness: 1, timing.Connect: 2, timing.TLS: 1, timing.Wait: 6, timing.Download: 5,
	} {
		if h := timingtest.Histogram(got.Histograms[int(p)]); h.TotalCount() != n {
			t.Errorf("%s has %d values, want %d", p, h.TotalCount(), n)
		}
	}
	if late := got.Histograms[int(timing.Scheduled)].Max; late != 2_030_000 {
		t.Errorf("as scheduled at most %d us, want 2.03 s", late)
	}
	if gap := rows[1].Histograms[int(timing.Gap)]; !rows[1].Apart || rows[1].Events != 3 || gap.Max != 2_000_000 || len(rows[1].Histograms) != 2 {
		t.Errorf("stream = %+v", rows[1])
	}
}

// TestEncode: what is sent is what was measured, and text that is none does not make it unreadable.
func TestEncode(t *testing.T) {
	t.Parallel()
	if m, err := Encode([]*Set{NewSet(), NewSet()}); m != nil || err != nil {
		t.Errorf("Encode() of nothing = %v, %v", m, err)
	}
	set := NewSet()
	for n := range 70_000 {
		set.Row(9, "GET\xff", "/", false).Add(&user.Request{ResponseTime: time.Duration(n%3) * time.Millisecond})
	}
	want := Rows([]*Set{set})
	m, err := Encode([]*Set{set})
	if err != nil || m.Version != timing.Version {
		t.Fatalf("Encode() = %+v, %v", m, err)
	}
	got, err := timingtest.Decode(m.Timings)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(timing.Row{}, timing.Counts{}, timing.Histogram{})); diff != "" {
		t.Errorf("sent -, read +\n%s", diff)
	}
	if h := got[0].Histograms[0]; got[0].Type != "GET\uFFFD" || h.Width != 2 || timingtest.Histogram(h).TotalCount() != 70_000 {
		t.Errorf("row = %.200v", got)
	}
}

// BenchmarkAdd is what a request pays.
func BenchmarkAdd(b *testing.B) {
	q := request(nil)
	set := NewSet()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		q.ResponseTime = time.Duration(10+i%100) * time.Millisecond
		q.Exchange.Wait = time.Duration(9+i%100) * time.Millisecond
		set.Row(3, q.Type, q.Name, false).Add(q)
	}
}

// BenchmarkEncode is a report of 3 s, 20 endpoints, 5,000 requests a second; bytes are those of one second.
func BenchmarkEncode(b *testing.B) {
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		b.StopTimer()
		set := NewSet()
		for i := range 15_000 {
			q := request(nil)
			q.Exchange.Wait = time.Duration((1 + rand.ExpFloat64()) * 20 * float64(time.Millisecond))
			q.Exchange.Download = time.Duration((1 + rand.ExpFloat64()) * float64(time.Millisecond) / 4)
			q.ResponseTime = q.Exchange.Wait + q.Exchange.Download
			set.Row(int64(i%3), "GET", "/api/v1/endpoint/"+string(rune('a'+i%20)), false).Add(q)
		}
		b.StartTimer()
		m, err := Encode([]*Set{set})
		if err != nil {
			b.Fatal(err)
		}
		size = len(m.Timings)
	}
	b.ReportMetric(float64(size)/3, "bytes/s")
}

// TestMemoryOfARow has what a worker of two shards holds between two reports, 20 endpoints at 5,000 requests a second: at most 64 KB for
// each endpoint.
func TestMemoryOfARow(t *testing.T) {
	const endpoints, seconds, rate = 20, 3, 5000
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	sets := []*Set{NewSet(), NewSet()}
	for i := range seconds * rate {
		q := request(nil)
		q.Exchange.Wait = time.Duration((1 + rand.ExpFloat64()) * 20 * float64(time.Millisecond))
		q.Exchange.Download = time.Duration((1 + rand.ExpFloat64()) * float64(time.Millisecond) / 4)
		q.ResponseTime = q.Exchange.Wait + q.Exchange.Download
		sets[rand.IntN(2)].Row(int64(i/rate), "GET", "/"+string(rune('a'+i%endpoints)), false).Add(q)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) / endpoints
	t.Logf("%d bytes an endpoint", each)
	if each > 64<<10 {
		t.Errorf("an endpoint takes %d bytes, want 64 KB at most", each)
	}
	runtime.KeepAlive(sets)
}

// TestMissed: tasks that never began have no response time, and as scheduled take as long as they were late.
func TestMissed(t *testing.T) {
	t.Parallel()
	set := NewSet()
	row := set.Row(7, timing.Missed, "Shopper", true)
	for _, late := range []time.Duration{0, time.Second, 3 * time.Second} {
		q := user.MissedTask("Shopper", late)
		row.Add(&q)
	}
	row.Add(&user.Request{ResponseTime: user.NoTime, Scheduled: true, Lateness: user.NoTime}) // a later request of a task, without a time
	got := Rows([]*Set{set})[0]
	if got.Type != user.Missed || !got.Apart || got.Requests != 4 {
		t.Errorf("the row is %+v", got)
	}
	if _, timed := got.Histograms[int(timing.Response)]; timed {
		t.Error("tasks that never began have response times")
	}
	for _, p := range []timing.Phase{timing.Lateness, timing.Scheduled} {
		h := got.Histograms[int(p)]
		if n := timingtest.Histogram(h).TotalCount(); n != 3 || h.Max != 3_000_000 {
			t.Errorf("%v has %d values up to %d us, want 3 up to 3 s", p, n, h.Max)
		}
	}
}
