package locustfile

import (
	"cmp"
	"math"
	"time"

	"gregaria/worker/internal/locustfile/session"
	"gregaria/worker/internal/python"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// recordRequest counts a request of an HTTP session.
func (f *File) recordRequest(t *python.Thread, r *session.Request) error {
	q := user.Request{
		Type: r.Type, Name: r.Name, Length: r.Length, Incomplete: r.Incomplete,
		ResponseTime: milliseconds(r.ResponseTime), End: r.End(), URL: r, Answer: r.Answer(), Head: r.Head(),
	}
	q.Exchange, q.Earlier = r.Exchanges(t)
	var err error
	if q.Failure, err = f.judge(t, orNone(r.Exception)); err != nil {
		return err
	}
	f.recorderOf(t).Record(q)
	return nil
}

// record is on_request of locust.runners.Runner: any request that a locustfile fires. Those whose values are of the usual
// types are counted in Go, as long as the file has left Locust's statistics as they are.
func (f *File) record(t *python.Thread, r fired) error {
	if q, ok := sample(r.typ, r.name, r.ms, r.length); ok && f.pristine.same(t, f) {
		if failure, err := f.judge(t, r.exception); err == nil {
			q.Failure = failure
			r.trace(t, &q)
			f.count(t, q)
			return nil
		}
	}
	if w, ok := f.recorderOf(t).(stats.Witness); ok {
		w.Witness(func() stats.Sample { return f.shown(t, r) })
	}
	return f.recordInPython(t, r.typ, r.name, r.ms, r.length, r.exception)
}

// shown is a request that is counted in Python, whose values are any at all, as far as a sample can show it.
func (f *File) shown(t *python.Thread, r fired) stats.Sample {
	text := func(v python.Value) string {
		s, err := t.Str(v)
		if err != nil {
			return "" // whoever counts it says so
		}
		return s
	}
	q := stats.Sample{Type: text(r.typ), Name: text(r.name)}
	q.Milliseconds, q.Timed = number(r.ms)
	q.Length, _ = number(r.length)
	if failed, err := t.Truth(r.exception); err == nil && failed {
		q.Failure = cmp.Or(text(r.exception), "an exception without a text")
	}
	r.trace(t, &q)
	return q
}

// fired is what an event of a request says. The response and the URL are nil if it says none.
type fired struct{ typ, name, ms, length, exception, response, url python.Value }

// trace says what the request was on the wire, as far as that is known.
func (r fired) trace(t *python.Thread, q *stats.Sample) {
	if of := session.RequestOf(r.response); of != nil {
		q.URL, q.Answer, q.Head = of, session.AnswerOf(r.response), session.HeadOf(r.response)
		q.Exchange, q.Earlier = of.Exchanges(t)
	}
	if url, ok := r.url.(*python.Str); ok {
		q.URL = url
	}
}

// recordInPython counts as Locust does, step by step: what one of them raises, the ones before it have counted.
func (f *File) recordInPython(t *python.Thread, typ, name, ms, length, exception python.Value) error {
	to, err := t.GetAttr(f.environment, "stats")
	if err != nil {
		return err
	}
	if _, err := t.CallMethod(to, "log_request", typ, name, ms, length); err != nil {
		return err
	}
	failed, err := t.Truth(exception)
	if err != nil || !failed {
		return err
	}
	_, err = t.CallMethod(to, "log_error", typ, name, exception)
	return err
}

// sample takes the values that a Recorder can count as Python would.
func sample(typ, name, ms, length python.Value) (q stats.Sample, ok bool) {
	kind, isText := typ.(*python.Str)
	row, isTextToo := name.(*python.Str)
	n, isNumber := number(length)
	if !isText || !isTextToo || !isNumber {
		return q, false
	}
	q.Type, q.Name, q.Length = kind.String(), row.String(), n
	if ms == python.None {
		return q, true
	}
	q.Timed = true
	q.Milliseconds, isNumber = number(ms)
	return q, isNumber && math.Abs(q.Milliseconds.Float64()) < mostMilliseconds
}

// mostMilliseconds bounds what is counted in Go: Locust's histogram of times has no bound.
const mostMilliseconds = 1e15

// number takes an int or a float that is a number; a bool is neither.
func number(v python.Value) (stats.Number, bool) {
	switch v := v.(type) {
	case python.Int:
		return stats.Int(int64(v)), true
	case python.Float:
		return stats.Float(float64(v)), !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0)
	}
	return stats.Number{}, false
}

// judge says why a request failed, "" if it did not (locust.stats.StatsError.parse_error).
func (f *File) judge(t *python.Thread, exception python.Value) (string, error) {
	if exception == python.None {
		return "", nil
	}
	failed, err := t.Truth(exception)
	if err != nil || !failed {
		return "", err
	}
	if text, ok := python.AsStr(exception); ok {
		return text, nil
	}
	text, err := t.Repr(exception)
	if text == "" && err == nil {
		return "", python.Errorf(python.ValueError, "an exception without a text") // it is counted in Python
	}
	return text, err
}

// recorderOf is where the requests of a thread count: those of the user that it runs, or of the worker.
func (f *File) recorderOf(t *python.Thread) user.Recorder {
	if l, ok := t.Local.(*life); ok {
		return l.env.Recorder
	}
	if r := f.linked().Recorder; r != nil {
		return r
	}
	return nobody{}
}

// nobody counts nothing: the file has no worker yet.
type nobody struct{}

// Record implements user.Recorder.
func (nobody) Record(user.Request) {}

// count counts a sample.
func (f *File) count(t *python.Thread, q stats.Sample) {
	r := f.recorderOf(t)
	if s, ok := r.(stats.Sampler); ok {
		s.RecordSample(q)
		return
	}
	r.Record(q.Request())
}

func milliseconds(ms float64) time.Duration {
	return max(time.Duration(ms*float64(time.Millisecond)), 0)
}
