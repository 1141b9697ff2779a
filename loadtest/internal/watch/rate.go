package watch

import "time"

// A sample is the total at one moment of the load.
type sample struct {
	at       time.Duration
	requests int
}

// sample keeps the totals of the window.
func (w *Watch) sample(at time.Duration, requests int) {
	if len(w.samples) == 0 {
		w.samples = []sample{{w.at, 0}} // at the beginning, and after a reset
	}
	if n := len(w.samples); w.samples[n-1].requests != requests {
		w.samples = append(w.samples, sample{at, requests})
	}
	for len(w.samples) > 2 && at-w.samples[1].at >= window {
		w.samples = w.samples[1:]
	}
}

// RPS is the rate of requests in about the last 10 s, in requests a second. Locust's own is the most exact, since it goes by when
// requests were made; but it is 0 in the first seconds, and stays as it is when nothing comes any more. Then it is that between
// two changes of the total, which come with reports, every 3 s.
func (w *Watch) RPS() float64 {
	n := len(w.samples)
	if n < 2 {
		return 0
	}
	first, last := w.samples[0], w.samples[n-1]
	until := last.at
	switch quiet := w.at - last.at; {
	case quiet >= window:
		return 0
	case quiet > window/2: // nothing new for longer than two reports: it has become slower
		until = w.at
	case w.last.RPS > 0:
		return w.last.RPS
	}
	if until <= first.at {
		return 0
	}
	return float64(last.requests-first.requests) / (until - first.at).Seconds()
}
