package requests

import (
	"gregaria/worker/internal/wire"
	"gregaria/worker/user"
)

// A trail is the exchanges of a thread's requests that are under way: redirects, retries and whatever else a request sends before
// its client reports it. A request within another, such as a hook's, takes its own.
type trail struct {
	took []walk
	from int // where those of the innermost request begin
	open int // how many requests are under way
}

// A walk is one exchange; whole, if not nil, has all of it, once its content has been read.
type walk struct {
	user.Exchange
	whole *user.Exchange
}

func (w *walk) exchange() user.Exchange {
	if w.whole != nil && *w.whole != (user.Exchange{}) {
		return *w.whole
	}
	return w.Exchange
}

func trailOf(t *thread) *trail {
	tr, ok := t.Scratch.(*trail)
	if !ok {
		tr = &trail{}
		t.Scratch = tr
	}
	return tr
}

// BeginTrail begins a request of the thread. Whoever calls it gives what it returns to EndTrail.
func BeginTrail(t *thread) (outer int) {
	tr := trailOf(t)
	outer, tr.from = tr.from, len(tr.took)
	tr.open++
	return outer
}

// EndTrail ends the request that began last.
func EndTrail(t *thread, outer int) {
	tr := trailOf(t)
	tr.took, tr.from = tr.took[:tr.from], outer
	tr.open--
}

// Exchanges are those of the request that began last, the last one and those before it.
func Exchanges(t *thread) (last user.Exchange, earlier []user.Exchange) {
	tr, ok := t.Scratch.(*trail)
	if !ok || tr.open == 0 {
		return last, nil
	}
	took := tr.took[tr.from:]
	n := len(took) - 1
	if n < 0 {
		return last, nil
	}
	for i := range n {
		earlier = append(earlier, took[i].exchange())
	}
	return took[n].exchange(), earlier
}

// walked notes a call's exchange, unless nobody asks.
func walked(t *thread, q *wire.Call) {
	if tr, ok := t.Scratch.(*trail); ok && tr.open > 0 && q.Took != (user.Exchange{}) {
		tr.took = append(tr.took, walk{q.Took, q.Whole})
	}
}
