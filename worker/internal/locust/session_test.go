package locust

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gregaria/internal/locusttest"
	"gregaria/internal/timing"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

var _ Conn = (*locusttest.Master)(nil)

// fakeUsers records what the session commands; the test decides when it is done.
type fakeUsers struct {
	mu      sync.Mutex
	counts  map[string]int
	calls   []string
	updates []Update
	done    func()
	timeout time.Duration
	host    string
}

func (u *fakeUsers) Spawn(job Job, done func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.calls = append(u.calls, "spawn")
	for class, n := range job.Classes {
		u.counts[class] = n
	}
	if job.Host != nil {
		u.host = *job.Host
	}
	u.done = done
}

func (u *fakeUsers) Stop(timeout time.Duration, done func()) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.calls = append(u.calls, "stop")
	u.timeout = timeout
	u.done = func() {
		u.mu.Lock()
		clear(u.counts)
		u.counts["A"] = 0
		u.mu.Unlock()
		done()
	}
}

func (u *fakeUsers) Counts() map[string]int {
	u.mu.Lock()
	defer u.mu.Unlock()
	counts := map[string]int{}
	for k, v := range u.counts {
		counts[k] = v
	}
	return counts
}

func (u *fakeUsers) Update(update Update) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.updates = append(u.updates, update)
}

func (u *fakeUsers) called(name string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Contains(u.calls, name)
}

// finish says that what was commanded last is done.
func (u *fakeUsers) finish() {
	u.mu.Lock()
	done := u.done
	u.mu.Unlock()
	done()
}

type fakeUsage struct{}

func (fakeUsage) CPU() float64   { return 12.5 }
func (fakeUsage) Memory() uint64 { return 1 << 20 }

// A rig is a session in a synctest bubble, with a master in memory.
type rig struct {
	*testing.T
	master  *locusttest.Master
	users   *fakeUsers
	stats   *stats.Recorder
	session *Session
	cancel  context.CancelFunc
	result  chan error
}

func start(t *testing.T, change func(*Config, *locusttest.Master)) *rig {
	cfg := Config{
		NodeID: "host_0123", Version: "2.47.0", Master: "localhost:5557", Heartbeat: DefaultHeartbeat,
		Report: DefaultReport, MasterTimeout: DefaultMasterTimeout, ConnectTimeout: DefaultConnectTimeout,
		ConnectRetries: DefaultConnectRetries, Log: slog.New(slog.DiscardHandler),
	}
	master := locusttest.New()
	if change != nil {
		change(&cfg, master)
	}
	r := &rig{
		T: t, master: master, users: &fakeUsers{counts: map[string]int{"A": 0}}, stats: stats.New(1), result: make(chan error, 1),
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel = cancel
	r.session = New(cfg, master, r.users, r.stats, fakeUsage{})
	go func() { r.result <- r.session.Run(ctx) }()
	synctest.Wait()
	return r
}

// expect compares the types of the messages since the last look, heartbeats left out.
func (r *rig) expect(want ...string) []locusttest.Message {
	r.Helper()
	synctest.Wait()
	got := r.master.Take(false)
	if diff := cmp.Diff(want, locusttest.Types(got), cmpopts.EquateEmpty()); diff != "" {
		r.Errorf("messages: want -, got +\n%s", diff)
	}
	if bad := r.master.Bad(); len(bad) > 0 {
		r.Errorf("the master could not read: %v", bad)
	}
	return got
}

// end cancels the session and waits for it.
func (r *rig) end() {
	r.Helper()
	r.cancel()
	synctest.Wait()
	r.users.finish()
	if err := <-r.result; err != nil {
		r.Errorf("Run = %v, want nil", err)
	}
}

// run brings the session to the state running.
func (r *rig) run() {
	r.master.Spawn(1, map[string]int{"A": 3}, 5)
	synctest.Wait()
	r.users.finish()
	synctest.Wait()
	r.master.Take(false)
}

func TestConnect(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		got := r.master.Take(true)
		if diff := cmp.Diff([]string{"client_ready", "heartbeat", "stats"}, locusttest.Types(got)); diff != "" {
			t.Errorf("messages: want -, got +\n%s", diff)
		}
		if got[0].Data != "2.47.0" || got[0].NodeID != "host_0123" {
			t.Errorf("client_ready = %v from %q, want the version from the node", got[0].Data, got[0].NodeID)
		}
		want := map[any]any{"state": "ready", "current_cpu_usage": 12.5, "current_memory_usage": int64(1 << 20)}
		if diff := cmp.Diff(want, got[1].Data); diff != "" {
			t.Errorf("heartbeat: want -, got +\n%s", diff)
		}
		time.Sleep(10 * time.Second)
		beats := len(slices.DeleteFunc(r.master.Take(true), func(m locusttest.Message) bool { return m.Type != "heartbeat" }))
		if beats < 9 || beats > 10 {
			t.Errorf("%d heartbeats in 10 s, want one a second", beats)
		}
		r.end()
	})
}

func TestConnectIsRepeatedThenGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		r := start(t, func(_ *Config, m *locusttest.Master) { m.Ignore("client_ready", true) })
		err := <-r.result
		if !errors.Is(err, ErrNoMaster) {
			t.Errorf("Run = %v, want ErrNoMaster", err)
		}
		if got := time.Since(began); got != 305*time.Second {
			t.Errorf("gave up after %v, want 305 s as Locust does", got)
		}
		if got := len(r.master.Take(true)); got != 61 {
			t.Errorf("%d messages, want client_ready 61 times and nothing else", got)
		}
	})
}

func TestLateMasterIsFound(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, m *locusttest.Master) {
			c.Report = time.Hour
			m.Ignore("client_ready", true)
		})
		time.Sleep(12 * time.Second)
		r.master.Ignore("client_ready", false)
		time.Sleep(4 * time.Second)
		r.expect("client_ready", "client_ready", "client_ready", "client_ready", "stats")
		r.end()
	})
}

func TestSpawn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.expect("client_ready", "stats")
		r.stats.Shard().Record(user.Request{Name: "/before", Type: "GET"})
		r.master.Spawn(1, map[string]int{"A": 3}, 5)
		r.expect("spawning")
		if r.users.host != "http://localhost:1" {
			t.Errorf("host = %q, want the master's", r.users.host)
		}
		if got := r.stats.Take().Total.NumRequests; got != 0 {
			t.Errorf("%d requests of the time before the test, want 0: a test begins with clear statistics", got)
		}
		r.users.finish()
		got := r.expect("spawning_complete")
		want := map[any]any{"user_classes_count": map[any]any{"A": int64(3)}, "user_count": int64(3)}
		if diff := cmp.Diff(want, got[0].Data); diff != "" {
			t.Errorf("spawning_complete: want -, got +\n%s", diff)
		}
		r.end()
	})
}

func TestSpawnStaleAndOvertaking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.master.Take(false)
		r.master.Spawn(2, map[string]int{"A": 3}, 0)
		synctest.Wait()
		overtaken := r.users.done
		r.master.Spawn(1, map[string]int{"A": 1}, 0)
		r.expect("spawning", "spawning")
		if got := r.users.Counts()["A"]; got != 3 {
			t.Errorf("users = %d, want 3: the second message is older", got)
		}
		r.master.Spawn(3, map[string]int{"A": 5}, 0)
		synctest.Wait()
		overtaken()
		r.expect("spawning")
		r.users.finish()
		r.expect("spawning_complete")
		r.end()
	})
}

func TestUnknownClassIsSaidAndDoesNotHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.master.Take(false)
		r.master.Spawn(1, map[string]int{"A": 2, "Missing": 2, "Unused": 0}, 0)
		synctest.Wait()
		r.users.finish()
		got := r.expect("spawning", "exception", "spawning_complete")
		want := `user class "Missing" is not in this worker, which has [A]: no user of it runs here`
		if text := got[1].Data.(map[any]any)["msg"]; text != want {
			t.Errorf("exception = %v, want %s", text, want)
		}
		r.end()
	})
}

func TestAnyClass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		acks := 0
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.AnyClass, c.Acknowledged = true, func(int) { acks++ }
		})
		r.master.Take(false)
		r.master.Spawn(1, map[string]int{"A": 2, "Other": 2}, 0)
		synctest.Wait()
		r.users.finish()
		r.expect("spawning", "spawning_complete")
		if got := r.users.Counts()["Other"]; got != 2 {
			t.Errorf("users of a class that is not known yet = %d, want 2", got)
		}
		r.master.Say("stop", nil)
		synctest.Wait()
		r.users.finish()
		r.expect("stats", "client_stopped", "client_ready")
		if acks != 2 {
			t.Errorf("told of %d acks, want 2: at first, and after the stop", acks)
		}
		r.end()
	})
}

func TestStopReportsBeforeItSaysStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) { c.Report = time.Hour })
		r.run()
		r.master.Say("stop", nil)
		synctest.Wait()
		if r.users.timeout != 5*time.Second {
			t.Errorf("stop timeout = %v, want 5s as the spawn message said", r.users.timeout)
		}
		r.expect()
		r.stats.Shard().Record(user.Request{Name: "/last", Type: "GET", ResponseTime: time.Millisecond})
		r.users.finish()
		got := r.expect("stats", "client_stopped")
		time.Sleep(5*time.Second - 1)
		r.expect()
		time.Sleep(time.Nanosecond)
		r.expect("client_ready") // as long after it as users may take to stop
		data := got[0].Data.(map[any]any)
		if n := data["stats_total"].(map[any]any)["num_requests"]; n != int64(1) {
			t.Errorf("requests in the last report = %v, want 1", n)
		}
		if n := data["user_count"]; n != int64(0) {
			t.Errorf("users in the last report = %v, want 0", n)
		}
		r.master.Spawn(2, map[string]int{"A": 1}, 0)
		r.expect("spawning")
		r.end()
	})
}

func TestLongStopKeepsTheHeartbeatGoing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) { c.Report = time.Hour })
		r.run()
		r.master.Say("stop", nil)
		time.Sleep(3 * time.Minute)
		got := r.master.Take(true)
		beats := 0
		for _, m := range got {
			if m.Type == "heartbeat" {
				beats++
				if state := m.Data.(map[any]any)["state"]; state != "running" {
					t.Fatalf("state = %v while users finish, want running", state)
				}
			}
		}
		if beats < 179 {
			t.Errorf("%d heartbeats in 3 minutes of stopping, want 180", beats)
		}
		r.users.finish()
		r.expect("stats", "client_stopped")
		time.Sleep(5 * time.Second)
		r.expect("client_ready")
		r.end()
	})
}

// A quick end makes one report, so that test_stop listeners see what was measured.
func TestQuitReportsOnceWhenUsersEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.run()
		r.stats.Shard().Record(user.Request{Name: "/a", Type: "GET"})
		r.master.Say("quit", nil)
		synctest.Wait()
		r.expect()
		if n := r.stats.Peek().Total.NumRequests; n != 1 {
			t.Errorf("requests that a test_stop listener sees = %d, want 1", n)
		}
		r.users.finish()
		r.expect("stats", "quit")
		<-r.result
	})
}

func TestQuitReportsSoonAndAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.run()
		r.stats.Shard().Record(user.Request{Name: "/a", Type: "GET"})
		r.master.Say("quit", nil)
		time.Sleep(200 * time.Millisecond) // a headless master listens for 500
		first := r.expect("stats")
		if n := first[0].Data.(map[any]any)["stats_total"].(map[any]any)["num_requests"]; n != int64(1) {
			t.Errorf("requests in the report at quit = %v, want 1", n)
		}
		r.stats.Shard().Record(user.Request{Name: "/in-flight", Type: "GET"})
		r.users.finish()
		got := r.expect("stats", "quit")
		if n := got[0].Data.(map[any]any)["stats_total"].(map[any]any)["num_requests"]; n != int64(1) {
			t.Errorf("requests in the last report = %v, want 1", n)
		}
		if err := <-r.result; err != nil {
			t.Errorf("Run = %v, want nil", err)
		}
	})
}

func TestQuitOvertakesStop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.run()
		r.master.Say("stop", nil)
		synctest.Wait()
		stopped := r.users.done
		r.master.Say("quit", nil)
		time.Sleep(200 * time.Millisecond)
		stopped()
		r.expect()
		r.users.finish()
		r.expect("stats", "quit")
		<-r.result
	})
}

func TestSilentMasterEndsTheWorker(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.run()
		r.master.Ignore("heartbeat", true)
		began := time.Now()
		for !r.users.called("stop") {
			time.Sleep(time.Second)
			synctest.Wait()
		}
		if got := time.Since(began); got < 60*time.Second || got > 63*time.Second {
			t.Errorf("gave up after %v, want just over 60 s", got)
		}
		r.users.finish()
		if err := <-r.result; err != nil {
			t.Errorf("Run = %v, want nil: exit code 0, as Locust's worker", err)
		}
	})
}

// TestRestartedMaster has a master that answers a probe and none of this worker's heartbeats.
func TestRestartedMaster(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var old *timing.Message
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report = time.Hour
			c.Probe = func(time.Duration) Finding { return Answers }
			c.Timings = func() (*timing.Message, error) {
				m := old
				old = nil
				return m, nil
			}
		})
		r.run()
		r.stats.Shard().Record(user.Request{Name: "/old", Type: "GET"})
		old = &timing.Message{Version: timing.Version}
		r.master.Ignore("heartbeat", true)
		began := time.Now()
		for !r.users.called("stop") {
			time.Sleep(100 * time.Millisecond)
			synctest.Wait()
		}
		r.master.Ignore("heartbeat", false)
		r.users.finish()
		told := r.expect("client_ready", "stats")
		if strings.Contains(fmt.Sprint(told), timing.Key) {
			t.Errorf("told %v, want no timings of the earlier master's test", told)
		}
		if took := time.Since(began); took > 9*time.Second {
			t.Errorf("registered again after %v of silence, want within 9 s", took)
		}
		if r.master.Resets() != 1 || r.users.timeout != AtOnce {
			t.Errorf("connections made anew = %d, stop timeout = %v, want 1, at once", r.master.Resets(), r.users.timeout)
		}
		if got := r.stats.Take().Total.NumRequests; got != 0 {
			t.Errorf("%d requests of the earlier master's test, want 0", got)
		}
		r.master.Spawn(0.5, map[string]int{"A": 1}, 0) // the new master's clock may be behind
		r.expect("spawning")
		if got := r.users.Counts()["A"]; got != 1 {
			t.Errorf("users = %d, want 1: the next test runs", got)
		}
		r.end()
	})
}

// TestSilenceThatIsNoRestart has masters that fall silent and are heard again: the worker must not register again, which
// would make a master that knows it forget its users.
func TestSilenceThatIsNoRestart(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		answer Finding
		silent time.Duration
	}{
		{"a link that is cut for 20 s", Nothing, 20 * time.Second},
		{"a master that was stopped and answers the probe first", Answers, 3500 * time.Millisecond},
		{"a connection that the master ignores until it is made anew", Answers, 6500 * time.Millisecond},
		{"a connection that libzmq has made anew", Replaced, 3500 * time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := start(t, func(c *Config, _ *locusttest.Master) {
					c.Report = time.Hour
					c.Probe = func(time.Duration) Finding { time.Sleep(100 * time.Millisecond); return tt.answer }
				})
				r.run()
				r.master.Ignore("heartbeat", true)
				time.Sleep(tt.silent)
				r.master.Ignore("heartbeat", false)
				time.Sleep(10 * time.Second)
				r.expect()
				if r.users.called("stop") {
					t.Error("the users were stopped")
				}
				r.end()
			})
		})
	}
}

// TestEndWaitsForTheProbe ends the session while the master is being probed: the probe's socket must not outlive it.
func TestEndWaitsForTheProbe(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var probing atomic.Bool
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Probe = func(time.Duration) Finding {
				probing.Store(true)
				time.Sleep(2 * time.Second)
				probing.Store(false)
				return Nothing
			}
		})
		r.run()
		r.master.Ignore("heartbeat", true)
		for !probing.Load() {
			time.Sleep(100 * time.Millisecond)
		}
		r.end()
		if probing.Load() {
			t.Error("Run has returned and the probe goes on")
		}
	})
}

// TestMasterThatAnswersNoHeartbeat has a master as before Locust 2.19: it must not be probed, nor given up.
func TestMasterThatAnswersNoHeartbeat(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, m *locusttest.Master) {
			c.Report = time.Hour
			c.Probe = func(time.Duration) Finding { t.Error("the master was probed"); return Nothing }
			m.Ignore("heartbeat", true)
		})
		r.run()
		time.Sleep(2 * DefaultMasterTimeout)
		r.expect()
		if r.master.Resets() != 0 || r.users.called("stop") {
			t.Errorf("connections made anew = %d, stopped = %v, want none, false", r.master.Resets(), r.users.called("stop"))
		}
		r.end()
	})
}

func TestAckWithoutIndex(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(_ *Config, m *locusttest.Master) { m.Ignore("client_ready", true) })
		r.master.Say("ack", nil) // as Locust 2.10 does
		r.expect("client_ready", "stats")
		r.end()
	})
}

// TestHealedLink has a link that is cut for 12 s and then lets new connections through at once, so that the probe is
// answered, while the old connection comes back some seconds later, as TCP tries again.
func TestHealedLink(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var healed atomic.Bool
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report = time.Hour
			c.Probe = func(time.Duration) Finding {
				if healed.Load() {
					return Answers
				}
				return Nothing
			}
		})
		r.run()
		r.master.Ignore("heartbeat", true)
		time.Sleep(12 * time.Second)
		healed.Store(true)
		time.Sleep(8 * time.Second)
		r.master.Ignore("heartbeat", false)
		time.Sleep(20 * time.Second)
		r.expect()
		if r.users.called("stop") || r.master.Resets() > 0 {
			t.Errorf("users stopped: %v, connections made anew: %d, want the old one kept", r.users.called("stop"), r.master.Resets())
		}
		r.end()
	})
}

// TestRegisteringAgainIsNotStuck has a ROUTER that ignores the new connection, since it still holds the old one.
func TestRegisteringAgainIsNotStuck(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report = time.Hour
			c.Probe = func(time.Duration) Finding { return Answers }
		})
		r.run()
		r.master.Ignore("heartbeat", true)
		r.master.Ignore("client_ready", true)
		for !r.users.called("stop") {
			time.Sleep(time.Second)
			synctest.Wait()
		}
		r.users.finish()
		time.Sleep(12 * time.Second)
		if got := r.master.Resets(); got != 3 {
			t.Errorf("connections made anew = %d after two attempts to register, want 3", got)
		}
		r.master.Ignore("client_ready", false)
		r.master.Ignore("heartbeat", false)
		time.Sleep(5 * time.Second)
		r.master.Take(false)
		r.master.Spawn(5, map[string]int{"A": 1}, 0)
		r.expect("spawning")
		r.end()
	})
}

func TestWhyThereIsNoConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, func(c *Config, m *locusttest.Master) {
			c.Diagnose = func() string { return "Nothing listens there." }
			c.ConnectRetries = 2
			m.Ignore("client_ready", true)
		})
		want := "no answer from the master at localhost:5557 after 3 attempts. Nothing listens there."
		if err := <-r.result; err == nil || err.Error() != want {
			t.Errorf("Run = %v, want %s", err, want)
		}
	})
}

func TestResetStats(t *testing.T) {
	t.Parallel()
	for _, reset := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			r := start(t, func(c *Config, _ *locusttest.Master) { c.ResetStats = reset })
			r.run()
			r.stats.Shard().Record(user.Request{Name: "/ramp", Type: "GET"})
			r.master.Say("spawning_complete", map[string]any{"user_count": 3})
			synctest.Wait()
			if got, want := r.stats.Take().Total.NumRequests == 0, reset; got != want {
				t.Errorf("forgotten = %v with --reset-stats %v", got, reset)
			}
			r.end()
		})
	}
}

func TestUpdateUserClass(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.master.Say("update_user_class", map[string]any{
			"user_class_name": "A", "host": "http://other", "weight": 3, "fixed_count": 0, "tasks": []string{"read"},
		})
		r.master.Say("update_user_class", map[string]any{"user_class_name": "A", "weight": 1})
		synctest.Wait()
		host := "http://other"
		want := []Update{
			{Class: "A", Host: &host, Tasks: []string{"read"}, Rest: map[string]any{"weight": int64(3), "fixed_count": int64(0)}},
			{Class: "A", Rest: map[string]any{"weight": int64(1)}},
		}
		if diff := cmp.Diff(want, r.users.updates); diff != "" {
			t.Errorf("updates: want -, got +\n%s", diff)
		}
		r.end()
	})
}

func TestReconnectMakesANewConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := start(t, nil)
		r.master.Take(false)
		r.master.Say("reconnect", nil)
		r.expect()
		if got := r.master.Resets(); got != 1 {
			t.Errorf("resets = %d, want 1, and no client_ready: the master still knows the worker", got)
		}
		r.end()
	})
}

func TestCustomMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var got []user.Message
		block := make(chan struct{})
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Report = time.Hour
			c.Listeners = map[string]user.Listener{
				"accounts": func(m user.Message, send func(string, any) error) {
					<-block
					got = append(got, m)
					if err := send("taken", map[string]any{"n": 2, "bad": "\xff"}); err != nil {
						t.Error(err)
					}
				},
				"bad": func(user.Message, func(string, any) error) { panic("no such account") },
			}
		})
		r.master.Take(false)
		r.master.Say("accounts", map[string]any{"names": []string{"ann", "bob"}, "n": 2})
		r.master.Say("unknown", nil)
		time.Sleep(time.Minute) // the listener takes its time, and the session goes on
		if beats := len(r.master.Take(true)); beats < 59 {
			t.Errorf("%d heartbeats in a minute of a slow listener, want one a second", beats)
		}
		close(block)
		answer := r.expect("taken")
		if diff := cmp.Diff(map[any]any{"n": int64(2), "bad": "\uFFFD"}, answer[0].Data); diff != "" {
			t.Errorf("answer: want -, got +\n%s", diff)
		}
		want := []user.Message{{Type: "accounts", Data: map[string]any{"names": []any{"ann", "bob"}, "n": int64(2)}}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the listener got: want -, got +\n%s", diff)
		}
		r.master.Say("bad", nil)
		r.master.Say("accounts", "text")
		r.expect("taken") // a panic of one listener does not end the others
		r.end()
	})
}

func TestOtherMessages(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		heard := 0
		var got []string
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.Listeners = map[string]user.Listener{"mine": func(user.Message, func(string, any) error) { heard++ }}
			c.Other = func(m user.Message) { got = append(got, m.Type) }
		})
		for _, kind := range []string{"mine", "other", "spawning_complete", "more"} {
			r.master.Say(kind, nil)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"other", "more"}, got); diff != "" || heard != 1 {
			t.Errorf("the listener was called %d times, want once; other messages: want -, got +\n%s", heard, diff)
		}
		r.end()
	})
}

func TestLogs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var total atomic.Int64
		total.Store(3)
		lines := func() ([]string, int) { return []string{"a", "b\xff", "c"}, int(total.Load()) }
		r := start(t, func(c *Config, _ *locusttest.Master) {
			c.LogReport, c.Logs, c.Report = DefaultLogReport, lines, time.Hour
		})
		r.master.Take(false)
		time.Sleep(11 * time.Second)
		got := r.expect("logs")
		want := map[any]any{"worker_id": "host_0123", "logs": []any{"a", "b\uFFFD", "c"}}
		if diff := cmp.Diff(want, got[0].Data); diff != "" {
			t.Errorf("logs: want -, got +\n%s", diff)
		}
		time.Sleep(10 * time.Second)
		r.expect() // nothing new
		total.Add(71)
		time.Sleep(10 * time.Second)
		r.expect("logs")
		total.Add(1)
		time.Sleep(time.Minute)
		r.expect() // too much at once: off for good
		r.end()
	})
}
