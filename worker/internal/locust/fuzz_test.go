package locust

import (
	"log/slog"
	"testing"
	"time"

	"gregaria/internal/locusttest"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// FuzzSession feeds a session arbitrary frames: it must stay alive, and whatever it answers must be readable for a
// stock master, which one bad message can make deaf.
func FuzzSession(f *testing.F) {
	f.Add(locusttest.Encode("spawn", map[string]any{"timestamp": 1.0, "user_classes_count": map[string]int{"A": 1}}, "n"))
	f.Add(locusttest.Encode("spawn", map[string]any{"timestamp": 1.0, "user_classes_count": map[string]int{"\xff": 1}}, "n"))
	f.Add(locusttest.Encode("ack", nil, "n"))
	f.Add(locusttest.Encode("stop", nil, "n"))
	f.Add([]byte{0x93, 0xa4, 's', 't', 'o', 'p', 0xc0})
	f.Add([]byte{0xc1})
	f.Add([]byte{0xdf, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, frame []byte) {
		master := locusttest.New()
		users := &fakeUsers{counts: map[string]int{"A": 0}}
		s := New(Config{NodeID: "h_1", Version: "2.47.0", Log: slog.New(slog.DiscardHandler)}, master, users, stats.New(1), fakeUsage{})
		s.retry = time.NewTimer(time.Hour)
		s.receive(frame)
		s.receive(locusttest.Encode("ack", map[string]any{"index": 0}, "n"))
		if !s.Connected() {
			t.Errorf("a session that got %x does not take an ack any more", frame)
		}
		if bad := master.Bad(); len(bad) > 0 {
			t.Errorf("after %x the master could not read: %v", frame, bad)
		}
		close(s.ended)
	})
}

// FuzzEncode holds that no text of a scenario can make a message that the master cannot read.
func FuzzEncode(f *testing.F) {
	f.Add("GET", "/\xff", "boom \xed\xa0\x80", "trace")
	f.Fuzz(func(t *testing.T, method, name, failure, trace string) {
		master := locusttest.New()
		recorder := stats.New(1)
		recorder.Shard().Record(user.Request{Type: method, Name: name, Failure: failure})
		s := New(Config{NodeID: "h_1", Log: slog.New(slog.DiscardHandler)}, master, &fakeUsers{}, recorder, fakeUsage{})
		s.index = 0
		s.report()
		s.Exception(user.Exception{Message: failure, Traceback: trace})
		if bad := master.Bad(); len(bad) > 0 {
			t.Errorf("the master could not read: %v", bad)
		}
		if got := len(master.Take(false)); got != 2 {
			t.Errorf("%d messages arrived, want 2", got)
		}
	})
}
