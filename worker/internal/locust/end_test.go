package locust

import (
	"log/slog"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locusttest"
	"gregaria/worker/user"
)

// states lists the states of the heartbeats since the last look, each once.
func (r *rig) states() []string {
	var states []string
	for _, m := range r.master.Take(true) {
		if m.Type == "heartbeat" {
			states = append(states, m.Data.(map[any]any)["state"].(string))
		}
	}
	return slices.Compact(states)
}

// TestReadyIsLater has a stock worker's times after a stop: client_ready follows client_stopped after the stop timeout and the
// variable's seconds, the heartbeats keep their state until then, and what the master says meanwhile is done after it.
func TestReadyIsLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) { c.ReadyDelay, c.Report = 2*time.Second, time.Hour })
		r.run()
		r.master.Say("stop", nil)
		synctest.Wait()
		r.users.finish()
		r.expect("stats", "client_stopped")
		r.master.Spawn(2, map[string]int{"A": 1}, 0)
		r.master.Say("stop", nil)
		r.master.Spawn(3, map[string]int{"A": 2}, 0)
		time.Sleep(6900 * time.Millisecond)
		if diff := cmp.Diff([]string{"running"}, r.states()); diff != "" {
			t.Errorf("heartbeats before client_ready: want -, got +\n%s", diff)
		}
		time.Sleep(200 * time.Millisecond)
		r.expect("client_ready", "spawning")
		r.users.finish() // the kept stop, whose order overtakes the spawn
		r.expect("stats", "client_stopped")
		time.Sleep(2 * time.Second)
		r.expect("client_ready", "spawning")
		if got := r.users.Counts()["A"]; got != 2 {
			t.Errorf("users = %d, want the 2 of the last message", got)
		}
		r.end()
	})
}

// TestNobodyIsMissedWhileAway has a master that answers no heartbeat between client_stopped and client_ready, as a stock one.
func TestNobodyIsMissedWhileAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report = time.Hour
			c.Probe = func(time.Duration) Finding { t.Error("the master was probed"); return Nothing }
			c.StopTimeout = func() time.Duration { return 90 * time.Second }
		})
		r.run()
		r.master.Say("stop", nil)
		synctest.Wait()
		r.users.finish()
		r.expect("stats", "client_stopped")
		r.master.Ignore("heartbeat", true)
		time.Sleep(89 * time.Second)
		r.master.Ignore("heartbeat", false)
		time.Sleep(2 * time.Second)
		r.expect("client_ready")
		r.end()
	})
}

// TestTimestampsThatAreNoMoments has spawn messages after which every later one would be stale.
func TestTimestampsThatAreNoMoments(t *testing.T) {
	t.Parallel()
	for _, absurd := range []float64{math.Inf(1), math.NaN(), 1e300, float64(time.Now().Unix()) + 1e10} {
		synctest.Test(t, func(t *testing.T) {
			r := start(t, nil)
			r.run()
			r.master.Spawn(absurd, map[string]int{"A": 5}, math.Inf(1))
			r.expect("spawning")
			if got := r.users.Counts()["A"]; got != 5 {
				t.Errorf("users after a spawn at %v = %d, want 5: it is obeyed", absurd, got)
			}
			r.master.Spawn(2, map[string]int{"A": 6}, 0)
			r.master.Spawn(1, map[string]int{"A": 9}, 0)
			r.expect("spawning", "spawning")
			if got := r.users.Counts()["A"]; got != 6 {
				t.Errorf("users after the next two = %d, want 6: one is newer than the last that had a time, one is not", got)
			}
			r.end()
		})
	}
	if got := Seconds(math.Inf(1)); got <= 0 {
		t.Errorf("Seconds(infinity) = %v, want a long time", got)
	}
}

// TestFramesInTheLog has frames that are no messages: their bytes are text in the log.
func TestFramesInTheLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out lines
		r := start(t, func(c *Config, _ *locusttest.Master) { c.Log = slog.New(slog.NewTextHandler(&out, nil)) })
		r.master.Raw([]byte("\xd9\xffnot\xff\x1b[31mmsgpack"))
		r.master.Raw(locusttest.Encode("odd\xff\x1b[31m", nil, "n"))
		r.master.Raw(locusttest.Encode("spawn", "\xff\x00", "n"))
		synctest.Wait()
		text := out.String()
		if strings.ToValidUTF8(text, "") != text || strings.ContainsAny(text, "\x1b\x00") || strings.Count(text, "\n") < 4 {
			t.Errorf("the log has raw bytes: %q", text)
		}
		r.end()
	})
}

// lines are what a log has got.
type lines struct {
	mu sync.Mutex // guards text
	strings.Builder
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Builder.Write(p)
}

// TestReplacedMasterIsGreeted has another master at the old address that says nothing until it is greeted.
func TestReplacedMasterIsGreeted(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report = time.Hour
			c.Probe = func(silence time.Duration) Finding {
				if silence < 3*time.Second || silence > 4*time.Second {
					t.Errorf("probed after %v of silence, want 3 s", silence)
				}
				return Replaced
			}
		})
		r.run()
		r.master.Ignore("heartbeat", true)
		began := time.Now()
		for !r.users.called("stop") {
			time.Sleep(100 * time.Millisecond)
			synctest.Wait()
		}
		if took := time.Since(began); took > 6*time.Second || r.master.Resets() > 0 {
			t.Errorf("given up after %v with %d connections made anew, want within 6 s and none", took, r.master.Resets())
		}
		r.master.Ignore("heartbeat", false)
		r.users.finish()
		r.expect("client_ready", "stats")
		r.end()
	})
}

func TestBeat(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var beats []time.Time
		r := start(t, func(c *Config, _ *locusttest.Master) { c.Beat = func(at time.Time) { beats = append(beats, at) } })
		time.Sleep(3500 * time.Millisecond)
		synctest.Wait()
		if len(beats) != 4 || time.Since(beats[3]) > time.Second {
			t.Errorf("told of %d heartbeats of the master in 3.5 s, want 4", len(beats))
		}
		r.end()
	})
}

// TestSignalIsToldBeforeUsersStop has the order of a stock worker's events at SIGTERM: quitting, then test_stopping.
func TestSignalIsToldBeforeUsersStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		told := make(chan func(), 1)
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report, c.Quitting = time.Hour, func(done func()) { told <- done }
		})
		r.run()
		r.stats.Shard().Record(user.Request{Name: "/", Type: "GET"})
		r.cancel()
		done := <-told
		if r.users.called("stop") {
			t.Error("the users were stopped before the locustfile was told")
		}
		time.Sleep(100 * time.Millisecond)
		r.expect("stats")
		done()
		synctest.Wait()
		if h := r.stats.Drain(); h.Sent.Total.NumRequests != 1 {
			t.Errorf("requests in sight of a test_stop listener = %d, want 1, though they are reported", h.Sent.Total.NumRequests)
		}
		r.users.finish()
		r.expect("stats", "quit")
		<-r.result
	})
}

// TestExitReportsAndEnds has sys.exit in a locustfile: no user is asked, and nothing that was measured is lost.
func TestExitReportsAndEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Attach = func(why Occasion, send func(any)) {
				if why == Early {
					send(map[string]any{"stats": []any{"\xff"}})
					return
				}
				send(nil)
			}
		})
		r.run()
		r.stats.Shard().Record(user.Request{Name: "/", Type: "GET"})
		r.session.Exit()
		got := r.expect("stats", "stats", "quit")
		if n := got[0].Data.(map[any]any)["stats_total"].(map[any]any)["num_requests"]; n != int64(1) {
			t.Errorf("requests in the report = %v, want 1", n)
		}
		if r.users.called("stop") {
			t.Error("the users were asked to stop")
		}
		if err := <-r.result; err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
	})
}

func TestLeave(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		told := make(chan func(), 1)
		r := start(t, func(c *Config, _ *locusttest.Master) { c.Quitting = func(done func()) { told <- done } })
		r.run()
		r.session.Leave()
		synctest.Wait()
		r.users.finish()
		r.expect() // errors that are not reported decide on the exit code
		(<-told)()
		r.expect("stats", "quit")
		<-r.result
	})
}
