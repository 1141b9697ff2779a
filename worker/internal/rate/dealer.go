package rate

import (
	"math"
	"math/rand/v2"
)

// never is when nothing is due.
var never = math.Inf(1)

// A dealer knows when the next task is due, plan after plan, on the master's clock.
type dealer struct {
	plan Plan
	next uint64  // the number of the task that is due next; with constant arrivals
	due  float64 // when
	more []Plan  // those that begin later, in order
}

func newDealer() dealer { return dealer{due: never} }

// add appends a plan. It takes the place of those that were to begin later.
func (d *dealer) add(p Plan) {
	for len(d.more) > 0 && d.more[len(d.more)-1].From >= p.From {
		d.more = d.more[:len(d.more)-1]
	}
	d.more = append(d.more, p)
	d.settle()
}

// take deals the next task out.
func (d *dealer) take() (due float64) {
	due = d.due
	if d.plan.Poisson {
		d.due += d.draw()
	} else {
		d.next++
		d.seek()
	}
	d.settle()
	return due
}

// settle goes over to the next plan where that begins before anything else is due.
func (d *dealer) settle() {
	for len(d.more) > 0 && d.due >= d.more[0].From {
		d.plan, d.more = d.more[0], d.more[1:]
		if d.plan.Poisson {
			d.due = d.plan.From + d.draw()
			continue
		}
		d.next = uint64(math.Ceil((d.plan.From - d.plan.Origin) * d.plan.Rate))
		d.seek()
	}
}

// draw is the time until a worker's next task where they come at random.
func (d *dealer) draw() float64 {
	return rand.ExpFloat64() / (d.plan.Rate * (d.plan.High - d.plan.Low))
}

// seek finds the worker's next task among those of all.
func (d *dealer) seek() {
	p := &d.plan
	if p.Rate == 0 || p.High-p.Low < leastShare {
		d.due = never
		return
	}
	for at := place(d.next); at < p.Low || at >= p.High; at = place(d.next) {
		d.next++
	}
	d.due = p.Origin + float64(d.next)/p.Rate
}

// leastShare is a share of one user among more than there ever are: below it there are no users.
const leastShare = 1e-7
