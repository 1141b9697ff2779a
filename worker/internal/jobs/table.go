package jobs

import (
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gregaria/internal/timing"
	"gregaria/worker/internal/jsonpath"
	"gregaria/worker/user"
)

// maxID is how long an id may be, in bytes: a longer text is none.
const maxID = 512

// maxAddress is how long a header with the address of a job may be, in bytes.
const maxAddress = 8 << 10

// gone is the status that says of a job that it will never be done.
const gone = 410

// A Table has the jobs of the workers of a process that are open. Any user may ask for a job that another one has begun.
type Table struct {
	kinds   []*kind
	timeout time.Duration // 0: none
	most    int
	any     atomic.Bool // there was a request

	mu      sync.Mutex // guards what follows and the counts of each kind
	open    open
	parties int // those whose users run
}

// A kind is the jobs that one Job describes.
type kind struct {
	Job
	ids          []jsonpath.Path // where the first answer may have the id, and
	headers      []string        // its headers that may, after those
	began, asked atomic.Bool     // there was a request of First, of Poll
	counts
}

// New returns a table for jobs as they are described. Those that are not done within timeout, if that is not 0, are given up.
func New(jobs []Job, timeout time.Duration) *Table {
	t := &Table{timeout: timeout, most: MaxOpen, open: newOpen()}
	usual := usualIDs()
	for _, j := range jobs {
		k := &kind{Job: j, ids: usual, headers: usualHeaders()}
		switch {
		case j.IDHeader != "":
			k.ids, k.headers = nil, []string{j.IDHeader}
		case j.Placed:
			k.ids, k.headers = []jsonpath.Path{j.ID}, nil
		}
		t.kinds = append(t.kinds, k)
	}
	return t
}

// see looks at a request that was recorded in to. The jobs that it ends count there, too.
func (t *Table) see(q *user.Request, to user.Recorder) {
	if q.Incomplete || q.Apart {
		return
	}
	mark(&t.any)
	for i, k := range t.kinds {
		first, poll := k.First.Matches(q.Type, q.Name), k.Poll.Matches(q.Type, q.Name)
		if !first && !poll {
			continue
		}
		if first {
			mark(&k.began)
		}
		if poll {
			mark(&k.asked)
			if job, over, known := t.ask(i, q, to); over {
				to.Record(job)
				continue
			} else if known {
				continue
			}
		}
		if first && q.Failure == "" {
			if job, over := t.begin(i, q, to); over {
				to.Record(job)
			}
		}
	}
}

// mark sets what is mostly set already, without a write to memory that other cores read.
func mark(b *atomic.Bool) {
	if !b.Load() {
		b.Store(true)
	}
}

// begin opens the job that a first request has begun. It may be over: the answer says so.
func (t *Table) begin(i int, q *user.Request, to user.Recorder) (job user.Request, over bool) {
	k := t.kinds[i]
	id := k.first(q)
	why, over := k.end(q, id == "")
	end := finished(q)
	w := &work{key: key{i, id}, name: q.Name, began: end.Add(-max(q.ResponseTime, 0))}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire(end, to)
	switch {
	case over:
		return k.finish(w, q, why), true
	case id == "" && q.Answer == nil:
		k.mute++
	case id == "":
		k.nameless++
	default:
		if before := t.open.add(w); before != nil {
			k.again++
		}
		if len(t.open.by) > t.most {
			t.drop(t.open.oldest, &t.kinds[t.open.oldest.kind].dropped, to)
		}
	}
	return job, false
}

// ask finds the job that a poll asks for, and ends it if the answer says so.
func (t *Table) ask(i int, q *user.Request, to user.Recorder) (job user.Request, over, known bool) {
	k := t.kinds[i]
	why, over := k.end(q, true)
	address := addressOf(q)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.expire(finished(q), to)
	w := t.find(i, address, q.Answer)
	if w == nil {
		k.strays++
		return job, false, false
	}
	w.polls++
	k.hits++
	if !over {
		return job, false, true
	}
	t.open.remove(w)
	return k.finish(w, q, why), true, true
}

// find finds the open job that a request to an address asks for; nil if there is none. The caller holds t.mu.
func (t *Table) find(i int, address string, answer []byte) (w *work) {
	known := func(id string) bool {
		w = t.open.by[key{i, after(id)}]
		return w != nil
	}
	if !parts(address, known) {
		known(t.kinds[i].id(answer))
	}
	return w
}

// first is the id in the answer of a first request, "" if there is none.
func (k *kind) first(q *user.Request) string {
	if id := k.id(q.Answer); id != "" || q.Head == nil {
		return id
	}
	for _, name := range k.headers {
		if !k.Placed && !usualHeader(name, q.Exchange.Status) {
			continue
		}
		if value := q.Head.Header(name); len(value) <= maxAddress {
			if id := idAt(value); id != "" && len(id) <= maxID {
				return id
			}
		}
	}
	return ""
}

// id is the id in the content of an answer, "" if there is none.
func (k *kind) id(answer []byte) string {
	if len(answer) == 0 {
		return ""
	}
	for _, path := range k.ids {
		if text, ok := path.First(answer); ok && text != "null" && len(text) <= maxID && !container(text) {
			if id := idOf(text); id != "" {
				return id
			}
		}
	}
	return ""
}

// container says whether the text of a value is that of an object or an array.
func container(text string) bool { return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") }

// end says whether the answer of a request tells of the end of a job, and if that is a failure, what. byStatus says that its status may
// tell it: that of a first request whose answer has an id tells of the beginning.
func (k *kind) end(q *user.Request, byStatus bool) (why string, over bool) {
	if value, ok := k.Failing.Holds(q); ok && (byStatus || !k.Failing.Status) {
		return k.Failing.says(value), true
	}
	if value, ok := k.Until.Holds(q); ok && (byStatus || !k.Until.Status) {
		switch fails := k.Until.fails(value); {
		case fails && !k.Judged:
			return k.Until.is(value), true
		case fails && k.Until.Status: // Locust has the poll as a failure, and failing has not the job
			return "", true
		}
		return q.Failure, true
	}
	if q.Exchange.Status == gone {
		return "410 Gone", true
	}
	return "", false
}

// finish counts a job that is over, as the answer of q has told, and returns it as a request. Its URL is q's, for as long as that has one.
func (k *kind) finish(w *work, q *user.Request, why string) user.Request {
	end := finished(q)
	took := max(end.Sub(w.began), 0)
	k.over(took, w.polls, why != "")
	return user.Request{Type: timing.Job, Name: w.name, ResponseTime: took, Failure: why, End: end, Polls: w.polls, URL: q.URL}
}

// expire gives the jobs up whose time is over.
func (t *Table) expire(now time.Time, to user.Recorder) {
	if t.timeout == 0 {
		return
	}
	for w := t.open.oldest; w != nil && now.Sub(w.began) >= t.timeout; w = t.open.oldest {
		t.drop(w, &t.kinds[w.kind].expired, to)
	}
}

// drop gives a job up: it is incomplete, and counts in one of its kind's counts.
func (t *Table) drop(w *work, in *int64, to user.Recorder) {
	*in++
	t.open.remove(w)
	to.Record(user.Request{Type: timing.Job, Name: w.name, ResponseTime: user.NoTime, Incomplete: true})
}

// end gives up the jobs that are still open, because nobody will ask for them: all users have stopped. It says what became of all, and
// leaves the table as new.
func (t *Table) end(to user.Recorder, log *slog.Logger) {
	t.expire(time.Now(), to)
	for w := t.open.oldest; w != nil; w = t.open.oldest {
		t.drop(w, &t.kinds[w.kind].unfinished, to)
	}
	seen := t.any.Swap(false)
	for _, k := range t.kinds {
		if k.say(t, log); seen {
			k.sayUnseen(log)
		}
		k.counts = counts{}
		k.began.Store(false)
		k.asked.Store(false)
	}
}

// addressOf is the URL of a request, "" if that says none.
func addressOf(q *user.Request) string {
	if q.URL == nil {
		return ""
	}
	return q.URL.String()
}

// finished is when a request ended.
func finished(q *user.Request) time.Time {
	if q.End.IsZero() {
		return time.Now()
	}
	return q.End
}
