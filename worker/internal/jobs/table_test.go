package jobs

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/timing"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A rig is a table with users' recorders, and what they and the table have recorded of jobs.
type rig struct {
	*Table
	*Party
	user.Recorder
	mu    sync.Mutex
	jobs  []user.Request
	other int
	urls  []string // of the jobs
	log   bytes.Buffer
}

// Record is that of the recorder below the table.
func (r *rig) record(q user.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if q.Type == timing.Job {
		if q.URL != nil {
			r.urls = append(r.urls, q.URL.String())
			q.URL = nil
		}
		r.jobs = append(r.jobs, q)
		return
	}
	r.other++
}

type recorder func(user.Request)

func (f recorder) Record(q user.Request) { f(q) }

func newRig(t testing.TB, timeout time.Duration, texts ...string) *rig {
	t.Helper()
	jobs, err := ParseLines(strings.Join(texts, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{}
	r.Table = New(jobs, timeout)
	r.Party = r.Table.Party(func() user.Recorder { return recorder(r.record) }, slog.New(slog.NewTextHandler(&r.log, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})))
	r.Recorder = r.Watch(recorder(r.record))
	r.Begin()
	return r
}

type address string

func (a address) String() string { return string(a) }

// at is a time of the tests, in ms.
func at(ms int) time.Time { return time.UnixMilli(1_700_000_000_000 + int64(ms)) }

// post and get are requests of a story that end at a time in ms; a first one takes 100 ms.
func post(end int, answer string) user.Request {
	return user.Request{Type: "POST", Name: "/story", ResponseTime: 100 * time.Millisecond, End: at(end), URL: address("http://h/story"), Answer: []byte(answer)}
}

func get(end int, path, answer string) user.Request {
	return user.Request{Type: "GET", Name: "/story/[id]", ResponseTime: time.Millisecond, End: at(end), URL: address("http://h" + path), Answer: []byte(answer)}
}

// A heads is what an answer has beside its content.
type heads http.Header

func (h heads) Header(name string) string { return http.Header(h).Get(name) }

// with has the answer of a request have a status and headers, names and values by turns.
func with(q user.Request, status int, pairs ...string) user.Request {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	q.Exchange.Status, q.Head = status, heads(h)
	return q
}

// through has a request be sent on, or asked again, by answers of those statuses before its last.
func through(q user.Request, statuses ...int) user.Request {
	for _, s := range statuses {
		q.Earlier = append(q.Earlier, user.Exchange{Status: s})
	}
	return q
}

func failed(q user.Request, status int, text string) user.Request {
	q.Exchange.Status, q.Failure = status, text
	return q
}

const story = "POST /story -> GET /story/[id] until $.status in (done, failed)"

// done is a job as it is recorded: began at 0 where the first request ended at 100, and was asked for once.
func done(end int, failure string) user.Request {
	return user.Request{Type: timing.Job, Name: "/story", ResponseTime: time.Duration(end) * time.Millisecond, Failure: failure, End: at(end), Polls: 1}
}

// asked has a job be asked for so often.
func asked(q user.Request, polls int64) user.Request {
	q.Polls = polls
	return q
}

var open1 = user.Request{Type: timing.Job, Name: "/story", ResponseTime: user.NoTime, Incomplete: true}

func TestJobs(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		reason string
		job    string
		seen   []user.Request
		want   []user.Request
		says   string
	}{
		{"done after three polls", story, []user.Request{
			post(100, `{"id":"a7","status":"queued"}`), get(200, "/story/a7", `{"status":"queued"}`), get(300, "/story/a7", `{"status":"rendering"}`),
			get(400, "/story/a7", `{"status":"done"}`), get(500, "/story/a7", `{"status":"done"}`),
		}, []user.Request{asked(done(400, ""), 3)}, "1 done in 400ms on average, 400ms at most, 0 failed, 0 unfinished at the end; 3.0 polls"},
		{"a number as id, in the query", story, []user.Request{post(100, `{"id": 17}`), get(200, "/story?id=17&x=1", `{"status":"done"}`)}, []user.Request{done(200, "")}, ""},
		{"no id in the URL: that of the answer", story, []user.Request{post(100, `{"id": 17}`), get(200, "/mine", `{"id":17,"status":"done"}`)}, []user.Request{done(200, "")}, ""},
		{"an id in two places: the last segment of the path", story, []user.Request{
			post(100, `{"id":5}`), post(150, `{"id":17}`), get(250, "/users/5/story/17?wait=5", `{"status":"done"}`),
		}, []user.Request{{Type: timing.Job, Name: "/story", ResponseTime: 200 * time.Millisecond, End: at(250), Polls: 1}, open1}, ""},
		{"a part of a segment is no id", story, []user.Request{post(100, `{"id":"a"}`), get(200, "/story/ab", `{"status":"done"}`)}, []user.Request{open1}, "asked for a job that was open"},
		{"failed by its name", story, []user.Request{post(100, `{"id":1}`), get(200, "/story/1", `{"status":"failed"}`)}, []user.Request{done(200, "$.status is failed")}, "0 done, 1 failed"},
		{"failing says what fails", story + " failing (dead)", []user.Request{post(100, `{"id":1}`), get(200, "/story/1", `{"status":"dead"}`)}, []user.Request{done(200, "$.status is dead")}, ""},
		{"failing says that nothing else fails", story + " failing (dead)", []user.Request{post(100, `{"id":1}`), get(200, "/story/1", `{"status":"failed"}`)}, []user.Request{done(200, "")}, ""},
		{"failing in another place, with a text that has no id", story + " failing $.error exists", []user.Request{
			post(100, `{"id":1}`), get(200, "/story/1", `{"status":"busy","error":null}`), get(300, "/story/1", `{"error":"no 4711"}`),
		}, []user.Request{asked(done(300, "$.error exists"), 2)}, ""},
		{"not in, and exists", "POST /story -> GET /story/* until $.status not in (queued)", []user.Request{
			post(100, `{"id":1}`),
			{Type: "GET", Name: "/story/x", End: at(200), URL: address("/1"), Answer: []byte(`{"status":null}`)},
			{Type: "GET", Name: "/story/x", End: at(300), URL: address("/1"), Answer: []byte(`{"status":"ready"}`)},
		}, []user.Request{asked(done(300, ""), 2)}, ""},
		{"the first answer tells of the end", story, []user.Request{post(100, `{"id":1,"status":"done"}`), get(200, "/story/1", `{"status":"done"}`)}, []user.Request{asked(done(100, ""), 0)}, "0.0 polls"},
		{"a poll that fails ends nothing", story, []user.Request{
			post(100, `{"id":1}`), failed(get(200, "/story/1", "busy"), 500, "500"), failed(get(250, "/story/1", ""), 404, "404"), failed(get(260, "/story/1", ""), 0, "timed out"),
			get(300, "/story/1", `{"status":"done"}`),
		}, []user.Request{asked(done(300, ""), 4)}, "4.0 polls"},
		{"a poll that fails and tells of the end", story, []user.Request{post(100, `{"id":1}`), failed(get(200, "/story/1", `{"status":"done"}`), 200, "no picture")}, []user.Request{done(200, "no picture")}, ""},
		{"gone", story, []user.Request{post(100, `{"id":1}`), failed(get(200, "/story/1", "<p>"), 410, "410")}, []user.Request{done(200, "410 Gone")}, ""},
		{"a first request that failed begins none", story, []user.Request{failed(post(100, `{"id":1}`), 503, "503"), get(200, "/story/1", `{"status":"done"}`)}, nil, ""},
		{"begun again", story, []user.Request{post(100, `{"id":1}`), {
			Type: "POST", Name: "/story", ResponseTime: 50 * time.Millisecond, End: at(250), Answer: []byte(`{"id":1}`),
		}, get(300, "/story/1", `{"status":"done"}`)}, []user.Request{{Type: timing.Job, Name: "/story", ResponseTime: 100 * time.Millisecond, End: at(300), Polls: 1}}, "1 begun again under the same id"},
		{"unfinished", story, []user.Request{post(100, `{"id":1}`), get(200, "/story/1", `{"status":"busy"}`)}, []user.Request{open1}, "0 done, 0 failed, 1 unfinished at the end"},
		{"what a stop cuts off, and what timings alone know, is not looked at", story, []user.Request{
			post(100, `{"id":1}`),
			{Type: "GET", Name: "/story/[id]", URL: address("/1"), Answer: []byte(`{"status":"done"}`), Incomplete: true},
			{Type: "GET", Name: "/story/[id]", URL: address("/1"), Answer: []byte(`{"status":"done"}`), Apart: true},
		}, []user.Request{open1}, ""},
		{"the id is said", story + " id $.links[0]", []user.Request{post(100, `{"id":1,"links":["http://h/story/x%2Fy?z=8"]}`), get(200, "/story/x%2Fy", `{"status":"done"}`)}, []user.Request{done(200, "")}, ""},
		{"no id", story, []user.Request{post(100, `{"key":1}`)}, nil, "1 answers of 'POST /story' had no id at $.id, $.job_id"},
		{"an id that is no value", story, []user.Request{post(100, `{"id":null}`), post(100, `{"id":{"a":1}}`), post(100, `{"id":""}`)}, nil, "3 answers of 'POST /story' had no id"},
		{"a stream", story, []user.Request{{Type: "POST", Name: "/story"}}, nil, "1 answers of 'POST /story' could not be read"},
		{"no first request", story, []user.Request{get(200, "/story/1", "")}, nil, "no request 'POST /story' was made"},
		{"no poll", story, []user.Request{post(100, `{"id":1}`)}, []user.Request{open1}, "no request 'GET /story/[id]' was made"},
		{"an id in Location, and no content", story, []user.Request{
			with(post(100, ""), 202, "Location", "https://h/v1/story/a7?wait=5#x"), get(200, "/story/a7", `{"status":"done"}`),
		}, []user.Request{done(200, "")}, ""},
		{"an address without a slash at its end, and one in the query alone", story, []user.Request{
			with(post(100, "ok"), 201, "Location", "/story/5/"), with(post(100, "ok"), 201, "Location", "https://h?job=6"),
			get(200, "/story?job=6", `{"status":"done"}`), get(200, "/story/5", `{"status":"done"}`),
		}, []user.Request{done(200, ""), done(200, "")}, ""},
		{"the content goes before the headers", story, []user.Request{
			with(post(100, `{"id":1}`), 202, "Location", "/story/7"), get(200, "/story/1", `{"status":"done"}`),
		}, []user.Request{done(200, "")}, ""},
		{"Operation-Location goes before Location, with any status", story, []user.Request{
			with(post(100, `{}`), 200, "Location", "/pictures/3", "Operation-Location", "https://h/operations/9?api-version=2024-07-31"), get(200, "/operations/9", `{"status":"done"}`),
		}, []user.Request{done(200, "")}, ""},
		{"Azure-AsyncOperation, and Content-Location", story, []user.Request{
			with(post(100, ``), 201, "azure-asyncoperation", "/op/1"), with(post(100, ``), 202, "content-location", "/op/2"),
			get(200, "/op/2", `{"status":"done"}`), get(200, "/op/1", `{"status":"done"}`),
		}, []user.Request{done(200, ""), done(200, "")}, ""},
		{"the Location of a redirect is none of a job", story, []user.Request{
			with(post(100, ""), 303, "Location", "/story/7"), get(200, "/story/7", `{"status":"done"}`),
		}, nil, "1 answers of 'POST /story' had no id at $.id, $.job_id"},
		{"unless the header is said", story + " id header location", []user.Request{
			with(post(100, `{"id":1}`), 303, "Location", "/story/7"), get(200, "/story/7", `{"status":"done"}`),
		}, []user.Request{done(200, "")}, ""},
		{"a header that is said, and is not there", story + " id header X-Job-Id", []user.Request{
			with(post(100, `{"id":1}`), 202, "Location", "/story/1"), with(post(100, ``), 202, "X-Job-Id", "b 2"), get(200, "/story/b%202", `{"status":"done"}`),
		}, []user.Request{done(200, "")}, "1 answers of 'POST /story' had no id at header X-Job-Id: say where it is, with id $.path or id header NAME"},
		{"a path that is said: no header counts", story + " id $.key", []user.Request{with(post(100, `{}`), 202, "Location", "/story/1")}, nil, "had no id at $.key:"},
		{"a header that leads nowhere, and too far", story, []user.Request{
			with(post(100, ``), 202, "Location", "https://h/"), with(post(100, ``), 202, "Location", "/story/"+strings.Repeat("x", 600)),
		}, nil, "2 answers of 'POST /story' had no id"},
		{"an id before the last segment, and one in the query", story, []user.Request{
			with(post(100, ``), 202, "Location", "/jobs/7/status?v=1"), with(post(100, ``), 202, "Location", "/jobs/8/status?v=1"), with(post(100, ``), 202, "Location", "/jobs/status?job_id=9"),
			get(200, "/jobs/7/status?v=1", `{"status":"done"}`), get(300, "/jobs/8/status?v=1", `{"status":"done"}`), get(400, "/jobs/status?job_id=9", `{"status":"done"}`),
		}, []user.Request{done(200, ""), done(300, ""), done(400, "")}, ""},
		{"until a status", "POST /story -> GET /story/[id] until status = 200", []user.Request{
			with(post(100, ``), 202, "Location", "/story/1"), with(get(200, "/story/1", ``), 202), with(get(300, "/story/1", `<p>once</p>`), 200),
		}, []user.Request{asked(done(300, ""), 2)}, "2.0 polls"},
		{"until a status, and the first answer has it and an id: that is the beginning", "POST /story -> GET /story/[id] until status = 200", []user.Request{
			with(post(100, `{"id":1}`), 200), failed(get(200, "/story/1", ``), 404, "404"), with(get(300, "/story/1", ``), 200),
		}, []user.Request{asked(done(300, ""), 2)}, "2.0 polls"},
		{"until a status, and the first answer has it and no id: there is nothing to wait for", "POST /story -> GET /story/[id] until status = 200", []user.Request{
			with(post(100, `{"text":"once"}`), 200),
		}, []user.Request{asked(done(100, ""), 0)}, "0.0 polls"},
		{"sent on to the result", "POST /story -> GET /story/[id] until status = 303 failing $.status = dead", []user.Request{
			with(post(100, `{"id":1}`), 202), with(get(200, "/story/1", `{"status":"busy"}`), 200), through(with(get(300, "/story/1", `once`), 200), 303),
			with(post(100, `{"id":2}`), 202), with(get(400, "/story/2", `{"status":"dead"}`), 200),
		}, []user.Request{asked(done(300, ""), 2), done(400, "$.status is dead")}, ""},
		{"sent on and not followed", "POST /story -> GET /story/[id] until status = 303", []user.Request{
			with(post(100, `{"id":1}`), 202), with(get(300, "/story/1", ``), 303),
		}, []user.Request{done(300, "")}, ""},
		{"sent on to a result that cannot be had", "POST /story -> GET /story/[id] until status = 303", []user.Request{
			with(post(100, `{"id":1}`), 202), through(failed(get(300, "/story/1", ``), 0, "timed out"), 303),
		}, []user.Request{done(300, "timed out")}, ""},
		{"sent on, and still waiting", "POST /story -> GET /story/[id] until status not in (202, 404)", []user.Request{
			with(post(100, `{"id":1}`), 202), through(with(get(200, "/story/1", ``), 202), 307), failed(get(300, "/story/1", ``), 404, "404"),
			failed(get(350, "/story/1", ``), 0, "timed out"), with(get(400, "/story/1", ``), 204),
		}, []user.Request{asked(done(400, ""), 4)}, ""},
		{"what a client asked again for is not the answer", "POST /story -> GET /story/[id] until status = 200 failing status in (5xx)", []user.Request{
			with(post(100, `{"id":1}`), 202), through(with(get(200, "/story/1", ``), 200), 503, 503),
			with(post(100, `{"id":2}`), 202), failed(get(300, "/story/2", ``), 500, "500 of the locustfile"),
		}, []user.Request{done(200, ""), done(300, "status is 500")}, ""},
		{"a status of a failure", "POST /story -> GET /story/[id] until status in (200, 404)", []user.Request{
			with(post(100, `{"id":1}`), 202), failed(get(300, "/story/1", ``), 404, "404 Client Error"),
		}, []user.Request{done(300, "status is 404")}, ""},
		{"a status of a failure that is what one waits for", "DELETE /story -> GET /story/[id] until status = 404 failing ()", []user.Request{
			{Type: "DELETE", Name: "/story", ResponseTime: 100 * time.Millisecond, End: at(100), Answer: []byte(`{"id":1}`)},
			with(get(200, "/story/1", ``), 200), failed(get(300, "/story/1", ``), 404, "404 Client Error"),
		}, []user.Request{asked(done(300, ""), 2)}, ""},
		{"a status, and the locustfile's own word", "POST /story -> GET /story/[id] until status = 200", []user.Request{
			with(post(100, `{"id":1}`), 202), failed(get(300, "/story/1", `{}`), 200, "no picture"),
		}, []user.Request{done(300, "no picture")}, ""},
		{"two kinds, the same id", story + "\nPOST /b -> POST /b until $.status = done", []user.Request{
			post(100, `{"id":1}`),
			{Type: "POST", Name: "/b", End: at(100), Answer: []byte(`{"id":1}`)},
			{Type: "POST", Name: "/b", End: at(300), Answer: []byte(`{"id":1,"status":"done"}`)},
			get(400, "/story/1", `{"status":"done"}`),
		}, []user.Request{{Type: timing.Job, Name: "/b", ResponseTime: 200 * time.Millisecond, End: at(300), Polls: 1}, done(400, "")}, ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 0, tt.job)
			for _, q := range tt.seen {
				r.Record(q)
			}
			r.End()
			if diff := cmp.Diff(tt.want, r.jobs); diff != "" {
				t.Errorf("jobs (-want +got):\n%s", diff)
			}
			if r.other != len(tt.seen) {
				t.Errorf("%d requests came through, want %d", r.other, len(tt.seen))
			}
			if !strings.Contains(r.log.String(), tt.says) {
				t.Errorf("log = %s, want %q", &r.log, tt.says)
			}
			r.log.Reset()
			r.Begin()
			if r.End(); r.log.Len() > 0 || len(r.open.by) > 0 || r.open.newest != nil {
				t.Errorf("a table that was closed says %s and has %v", &r.log, r.open)
			}
		})
	}
}

// TestTimeout gives jobs up that take too long, and has the times of requests that do not say when they ended.
func TestTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, 10*time.Second, story)
		now := func(q user.Request) user.Request {
			q.End = time.Time{}
			return q
		}
		r.Record(now(post(0, `{"id":1}`))) // it began 0.1 s ago
		time.Sleep(time.Second)
		r.Record(now(post(0, `{"id":2}`)))
		time.Sleep(9 * time.Second)
		r.Record(now(get(0, "/story/1", `{"status":"done"}`)))
		r.Record(now(get(0, "/story/2", `{"status":"done"}`)))
		r.Record(now(post(0, `{"id":3}`)))
		time.Sleep(time.Minute)
		r.End()
		want := []user.Request{open1, {Type: timing.Job, Name: "/story", ResponseTime: 9100 * time.Millisecond, End: time.Now().Add(-time.Minute), Polls: 1}, open1}
		if diff := cmp.Diff(want, r.jobs); diff != "" {
			t.Errorf("jobs (-want +got):\n%s", diff)
		}
		if want := "1 done in 9.1s on average, 9.1s at most, 0 failed, 0 unfinished at the end, 2 not done within 10s (--job-timeout)"; !strings.Contains(r.log.String(), want) {
			t.Errorf("log = %s, want %q", &r.log, want)
		}
	})
}

// TestParties gives jobs up when the users of the last worker have stopped.
func TestParties(t *testing.T) {
	t.Parallel()
	r := newRig(t, 0, story)
	other := r.Table.Party(func() user.Recorder { return recorder(r.record) }, slog.New(slog.DiscardHandler))
	other.Begin()
	other.Begin()
	r.Record(post(100, `{"id":1}`))
	r.Record(post(100, `{"id":2}`))
	r.End()
	r.End()
	if len(r.jobs) > 0 {
		t.Fatalf("jobs are given up while users of another worker run: %v", r.jobs)
	}
	r.Watch(recorder(r.record)).Record(get(200, "/story/1", `{"status":"done"}`))
	other.End()
	if want := []user.Request{done(200, ""), open1}; !cmp.Equal(want, r.jobs) {
		t.Errorf("jobs: %s", cmp.Diff(want, r.jobs))
	}
}

// TestMost bounds how many jobs are open: the oldest go.
func TestMost(t *testing.T) {
	t.Parallel()
	r := newRig(t, 0, story)
	r.most = 3
	for id := range 5 {
		r.Record(post(100, fmt.Sprintf(`{"id":%d}`, id)))
	}
	for id := range 4 {
		r.Record(get(200, fmt.Sprintf("/story/%d", id), `{"status":"done"}`))
	}
	r.End()
	if want := []user.Request{open1, open1, done(200, ""), done(200, ""), open1}; !cmp.Equal(want, r.jobs) {
		t.Errorf("jobs: %s", cmp.Diff(want, r.jobs))
	}
	if want := "1 unfinished at the end, 2 given up because more than 3 were open"; !strings.Contains(r.log.String(), want) {
		t.Errorf("log = %s, want %q", &r.log, want)
	}
}

// TestTogether has users ask for jobs that others have begun, all at once.
func TestTogether(t *testing.T) {
	t.Parallel()
	r := newRig(t, 0, story)
	const users, each = 8, 200
	ids := make(chan string, users*each)
	var all sync.WaitGroup
	for u := range users {
		all.Go(func() {
			mine := r.Watch(recorder(r.record))
			for i := range each {
				id := fmt.Sprintf("%d-%d", u, i)
				mine.Record(post(100, `{"id":"`+id+`"}`))
				ids <- id
				other := <-ids
				mine.Record(get(200, "/story/"+other, `{"status":"done"}`))
			}
		})
	}
	all.Wait()
	r.End()
	if len(r.jobs) != users*each || strings.Contains(r.log.String(), "--job") || !strings.Contains(r.log.String(), "1600 done in 200ms") {
		t.Errorf("%d jobs, want %d; log %s", len(r.jobs), users*each, &r.log)
	}
}

// TestListen ends jobs with the events of streams.
func TestListen(t *testing.T) {
	t.Parallel()
	r := newRig(t, 0, story)
	w := r.Recorder.(user.StreamFollower)
	if w.Follow("GET", "/other", address("/1")) != nil {
		t.Error("a stream of no job is followed")
	}
	for id := range 4 {
		r.Record(post(100, fmt.Sprintf(`{"id":%d}`, id)))
	}
	one, all := w.Follow("GET", "/story/[id]", address("http://h/story/1/events")), w.Follow("GET", "/story/[id]", address("http://h/events"))
	one([]byte(`{"status":"rendering"}`), at(150))
	one([]byte(`{"status":"done"}`), at(200))
	one([]byte(`{"status":"done"}`), at(250))
	all([]byte(`{"id":2,"status":"failed"}`), at(300))
	all([]byte(`{"id":7,"status":"done"}`), at(300))
	all([]byte("[DONE]"), at(300))
	w.Follow("GET", "/story/[id]", nil)([]byte(`{"id":3,"status":"done"}`), at(400))
	r.Record(user.Request{Type: "GET", Name: "/story/[id]", URL: address("http://h/story/0/events"), End: at(500)}) // the stream's own request
	r.End()
	if want := []string{"http://h/story/1/events", "http://h/events"}; !cmp.Equal(want, r.urls) {
		t.Errorf("URLs of jobs = %q, want %q", r.urls, want)
	}
	if want := []user.Request{asked(done(200, ""), 0), asked(done(300, "$.status is failed"), 0), asked(done(400, ""), 0), open1}; !cmp.Equal(want, r.jobs) {
		t.Errorf("jobs: %s", cmp.Diff(want, r.jobs))
	}
}

// TestRest has what is not a user.Request come through.
func TestRest(t *testing.T) {
	t.Parallel()
	r := newRig(t, 0, story)
	below := &full{}
	w := r.Watch(below)
	w.(stats.Sampler).RecordSample(stats.Sample{Type: "POST", Name: "/story"})
	w.(user.EventRecorder).RecordEvent("/story", true, time.Second)
	r.Watch(recorder(below.Record)).(stats.Sampler).RecordSample(stats.Sample{Type: "GET", Name: "/x", Timed: true, Milliseconds: stats.Int(3)})
	r.End()
	if want := (full{samples: 1, events: 1, requests: 1}); *below != want {
		t.Errorf("the recorder below has %+v, want %+v", *below, want)
	}
	if want := "1 answers of 'POST /story' could not be read"; !strings.Contains(r.log.String(), want) {
		t.Errorf("log = %s, want %q", &r.log, want)
	}
}

type full struct{ requests, samples, events int }

func (f *full) Record(user.Request)                     { f.requests++ }
func (f *full) RecordSample(stats.Sample)               { f.samples++ }
func (f *full) RecordEvent(string, bool, time.Duration) { f.events++ }

// TestOthersCostNothing has no allocation for requests of no job.
func TestOthersCostNothing(t *testing.T) {
	r := newRig(t, 0, story, "POST /b* -> GET /b/* until $.status = done")
	w := r.Watch(nobody{})
	q := user.Request{Type: "GET", Name: "/health", Answer: []byte(`{"status":"ok"}`), URL: address("http://h/health"), End: at(0)}
	if n := testing.AllocsPerRun(1000, func() { w.Record(q) }); n > 0 {
		t.Errorf("a request of no job allocates %v times", n)
	}
}

type nobody struct{}

func (nobody) Record(user.Request) {}

func BenchmarkOther(b *testing.B) {
	r := newRig(b, 0, story)
	w := r.Watch(nobody{})
	q := user.Request{Type: "GET", Name: "/health", Answer: []byte(`{"status":"ok"}`), URL: address("http://h/health"), End: at(0)}
	b.ReportAllocs()
	for b.Loop() {
		w.Record(q)
	}
}

// BenchmarkPoll is a poll that does not end its job, by one user and by many at once.
func BenchmarkPoll(b *testing.B) {
	r := newRig(b, 0, story)
	w := r.Watch(nobody{})
	w.Record(post(100, `{"id":"4c0a2f1e-0000-4000-8000-000000000001"}`))
	q := get(200, "/story/4c0a2f1e-0000-4000-8000-000000000001", `{"id":"4c0a2f1e-0000-4000-8000-000000000001","status":"rendering","progress":17}`)
	b.Run("one", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			w.Record(q)
		}
	})
	b.Run("many", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				w.Record(q)
			}
		})
	})
}

// BenchmarkJob is a whole job of two requests.
func BenchmarkJob(b *testing.B) {
	r := newRig(b, 0, story)
	w := r.Watch(nobody{})
	first := post(100, `{"id":"4c0a2f1e-0000-4000-8000-000000000001"}`)
	q := get(200, "/story/4c0a2f1e-0000-4000-8000-000000000001", `{"id":"4c0a2f1e-0000-4000-8000-000000000001","status":"done"}`)
	b.ReportAllocs()
	for b.Loop() {
		w.Record(first)
		w.Record(q)
	}
}
