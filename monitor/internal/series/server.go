// Package series reads what servers say of themselves: pages of metrics in the text format of Prometheus or in OpenMetrics.
package series

import (
	"context"
	"errors"
	"time"

	"gregaria/internal/service"
	"gregaria/monitor/internal/web"
)

// maxPatience is how long a server may take to answer where ticks are far apart.
const maxPatience = 10 * time.Second

// probes is how many pages come over connections of their own: of processes that share a port one keeps a connection, and the others
// would not be found. With two of them, one such server in thirty is not.
const probes = 8

// errLate means that a page came when the next tick had its rows already.
var errLate = errors.New("no answer in time")

// A server is asked at each tick by a goroutine of its own, and may take until the next to answer. What it says then is of this
// tick: nobody waits for it.
type server struct {
	client *client
	table  *table
	write  func(at time.Time, rows []service.Row) error
	note   func(string)

	ticks chan tick
	cause string // of there being no rows, "" while there are
}

// A tick is when to ask. A zero at is before the first: what is read then is only compared with.
type tick struct {
	at  time.Time
	end time.Time // when the answer has to be there
}

// work asks until there are no more ticks, or ctx ends.
func (s *server) work(ctx context.Context) {
	defer s.client.close()
	for t := range s.ticks {
		err := s.ask(ctx, t)
		if ctx.Err() != nil {
			return
		}
		s.report(err)
	}
}

// ask asks once, and writes the rows.
func (s *server) ask(ctx context.Context, t tick) error {
	ctx, cancel := context.WithDeadline(ctx, t.end)
	defer cancel()
	page, contentType, at, err := s.client.get(ctx, s.table.pages < probes)
	if err != nil {
		return err
	}
	rows, err := s.table.read(page, contentType, at)
	if err != nil || t.at.IsZero() {
		return err
	}
	return s.write(t.at, rows)
}

// report says that a server does not answer, and that it does again, once each.
func (s *server) report(err error) {
	text, cause := "", ""
	if err != nil {
		text = web.Cause(err)
		cause = text
	}
	if _, ok := errors.AsType[*pageError](err); ok {
		cause = "page"
	}
	if cause == s.cause {
		return
	}
	s.cause = cause
	if cause == "" {
		s.note(s.client.url + " can be read again")
		return
	}
	s.note("no rows of " + s.client.url + ": " + text)
}
