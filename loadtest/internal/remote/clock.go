package remote

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// exchanges is how often a clock is asked for: the answer that came quickest says most.
const exchanges = 8

// An Offset is how far another clock is ahead of ours.
type Offset struct {
	Ahead time.Duration // negative: behind
	Error time.Duration // the most that Ahead can be off: half of the way there and back
}

// String is for people: "3.012 s ahead (± 0.0004 s)".
func (o Offset) String() string {
	direction := "ahead"
	if o.Ahead < 0 {
		direction = "behind"
	}
	return fmt.Sprintf("%.3f s %s (± %.4f s)", o.Ahead.Abs().Seconds(), direction, o.Error.Seconds())
}

// An exchange is one question for a clock, with the four times of RFC 5905, section 8: when it was asked, received, answered and when
// the answer came.
type exchange struct{ asked, received, answered, came time.Time }

// offset is the arithmetic of the same section: half the sum of the two differences, give or take half of what was spent on the way.
func (e exchange) offset() Offset {
	way := e.came.Sub(e.asked) - e.answered.Sub(e.received)
	return Offset{Ahead: (e.received.Sub(e.asked) + e.answered.Sub(e.came)) / 2, Error: max(0, way) / 2}
}

// measure asks for the clock several times, and believes the exchange with the shortest way.
func (m *Monitor) measure(ctx context.Context) (Offset, error) {
	var best Offset
	for i := range exchanges {
		e, err := m.exchange(ctx)
		if err != nil {
			return Offset{}, err
		}
		if o := e.offset(); i == 0 || o.Error < best.Error {
			best = o
		}
	}
	return best, nil
}

func (m *Monitor) exchange(ctx context.Context) (exchange, error) {
	// Subtle: differences of times that were both taken here use the monotonic clock, and received and answered have none, so
	// what is compared with them is the wall clock.
	asked := time.Now()
	answer, err := m.get(ctx, "clock", nil)
	came := time.Now()
	if err != nil {
		return exchange{}, err
	}
	var clock struct {
		Receive  int64 `json:"receive_ns"`
		Transmit int64 `json:"transmit_ns"`
	}
	if err := json.Unmarshal(answer.body, &clock); err != nil || clock.Receive == 0 {
		return exchange{}, m.wrong("clock")
	}
	return exchange{asked, time.Unix(0, clock.Receive), time.Unix(0, clock.Transmit), came}, nil
}
