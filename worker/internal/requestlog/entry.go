package requestlog

import (
	"strconv"
	"time"

	"gregaria/internal/requestline"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// An entry is what is to be written of a request. Its texts have no secrets any more.
type entry struct {
	request            *user.Request
	name, url, failure string
	// sample is the request as a locustfile fired it, whose numbers are any at all; nil: request has them.
	sample *stats.Sample
	origin *origin
	kept   string // why, where only some are
	weight float64
}

// lastMicrosecond is that of the year 9999, the last that has four digits.
const lastMicrosecond = 253402300799_999999

// write writes the line. The clock of the shard knows its second in words.
func (e *entry) write(l *line, clock *shard) {
	e.writeTime(l, clock)
	l.to = append(l.to, e.origin.fields...)
	q := e.request
	l.text(keyType, q.Type)
	l.text(keyName, e.name)
	l.text(keyURL, e.url)
	l.whole(keyStatus, int64(q.Exchange.Status), q.Exchange.Status != 0)
	l.text(keyFailure, e.failure)
	e.writeTimes(l)
	e.writeExchanges(l)
	l.truth(keyIncomplete, q.Incomplete)
	l.truth(keyApart, q.Apart)
	l.text(keyKept, e.kept)
	l.number(keyWeight, e.weight, e.kept != "")
	if !l.csv {
		l.to = append(l.to, '}')
	}
	l.to = append(l.to, '\n')
}

func (e *entry) writeTime(l *line, clock *shard) {
	end := min(max(e.request.End.UnixMicro(), 0), lastMicrosecond)
	second, micros := end/1e6, uint32(end%1e6)
	if !l.csv {
		l.to = append(l.to, `{"`+requestline.Timestamp+`":`...)
	}
	l.to = append(strconv.AppendInt(l.to, second, 10), '.')
	l.to = append6(l.to, micros)
	l.field(keyTime, true)
	if !l.csv {
		l.to = append(l.to, '"')
	}
	l.to = append(append(l.to, clock.clock(second)...), '.')
	l.to = append(append6(l.to, micros), 'Z')
	if !l.csv {
		l.to = append(l.to, '"')
	}
}

func (e *entry) writeTimes(l *line) {
	q := e.request
	timed := q.ResponseTime != user.NoTime
	if s := e.sample; s != nil && timed {
		writeNumber(l, keyResponse, s.Milliseconds)
	} else {
		l.milliseconds(keyResponse, q.ResponseTime, timed)
	}
	late := q.Scheduled && q.Lateness != user.NoTime
	scheduled := q.ResponseTime
	if late {
		scheduled += q.Lateness
	}
	l.milliseconds(keyScheduled, scheduled, timed && q.Scheduled)
	l.milliseconds(keyLateness, q.Lateness, late)
}

// writeNumber writes a number of a locustfile's own as it is.
func writeNumber(l *line, name string, n stats.Number) {
	if whole, is := n.Int64(); is {
		l.whole(name, whole, true)
		return
	}
	l.number(name, n.Float64(), true)
}

// writeExchanges writes the phases and what follows them: of all requests on the wire together.
func (e *entry) writeExchanges(l *line) {
	q := e.request
	sum := q.Exchange
	answered := sum.Status != 0
	for i := range q.Earlier {
		x := &q.Earlier[i]
		sum.Connect += x.Connect
		sum.TLS += x.TLS
		sum.Wait += x.Wait
		sum.Download += x.Download
		sum.Sent += x.Sent
		sum.Received += x.Received
		answered = answered || x.Status != 0
	}
	known := sum != user.Exchange{}
	l.milliseconds(keyConnect, sum.Connect, sum.Connect != 0)
	l.milliseconds(keyTLS, sum.TLS, sum.TLS != 0)
	l.milliseconds(keyWait, sum.Wait, answered || sum.Wait != 0)
	l.milliseconds(keyDownload, sum.Download, answered || sum.Download != 0)
	if s := e.sample; s != nil {
		writeNumber(l, keyLength, s.Length)
	} else {
		l.whole(keyLength, q.Length, true)
	}
	l.whole(keySent, sum.Sent, known)
	l.whole(keyReceived, sum.Received, known)
	l.whole(keyExchanges, int64(len(q.Earlier)+1), known)
	e.writeStatuses(l)
}

// writeStatuses writes the answers of redirects and retries, in order; 0 is none.
func (e *entry) writeStatuses(l *line) {
	q := e.request
	if !l.field(keyStatuses, len(q.Earlier) > 0) {
		return
	}
	if !l.csv {
		l.to = append(l.to, '"')
	}
	for i := range q.Earlier {
		l.to = append(strconv.AppendInt(l.to, int64(q.Earlier[i].Status), 10), ' ')
	}
	l.to = strconv.AppendInt(l.to, int64(q.Exchange.Status), 10)
	if !l.csv {
		l.to = append(l.to, '"')
	}
}

// ended is the request with the time of its end.
func ended(q *user.Request) {
	if q.End.IsZero() {
		q.End = time.Now()
	}
}
