package boomer

import (
	"flag"
	"testing"
	"time"
)

func TestFlags(t *testing.T) {
	for name, want := range map[string]string{
		"master-host": "127.0.0.1", "master-port": "5557", "max-rps": "0", "request-increase-rate": "-1", "run-tasks": "",
		"mem-profile": "", "mem-profile-duration": "30s", "cpu-profile": "", "cpu-profile-duration": "30s",
	} {
		if f := flag.Lookup(name); f == nil || f.DefValue != want {
			t.Errorf("flag %s = %v, want it with the default %q", name, f, want)
		}
	}
	if text("master-host") != "127.0.0.1" || number("master-port") != 5557 || number("max-rps") != 0 || duration("cpu-profile-duration") != 30*time.Second {
		t.Error("the values of the flags are read wrongly")
	}
}

func TestLimiterOfTheFlags(t *testing.T) {
	for _, tt := range []struct {
		max      int64
		increase string
		want     string // "" for an error
	}{
		{0, "-1", "none"},
		{100, "-1", "stable"},
		{100, "10", "ramp"},
		{0, "10/2s", "ramp"},
		{0, "x", ""},
	} {
		limit, err := limiter(tt.max, tt.increase)
		got := ""
		switch limit.(type) {
		case nil:
			if err == nil {
				got = "none"
			}
		case *StableRateLimiter:
			got = "stable"
		case *RampUpRateLimiter:
			got = "ramp"
		}
		if got != tt.want {
			t.Errorf("--max-rps=%d --request-increase-rate=%s makes %q (%v), want %q", tt.max, tt.increase, got, err, tt.want)
		}
	}
}

func TestRunTasks(t *testing.T) {
	if err := flag.Set("run-tasks", "b,c"); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = flag.Set("run-tasks", "") }()
	got := ""
	task := func(name string) *Task { return &Task{Name: name, Fn: func() { got += name }} }
	Run(task("a"), task("b"), task("c"), &Task{Fn: func() { got += "?" }})
	if got != "bc" {
		t.Errorf("tasks that ran = %q, want bc", got)
	}
}

func TestLegacyTime(t *testing.T) {
	for _, tt := range []struct {
		in   any
		want time.Duration
	}{{int64(3), 3 * time.Millisecond}, {1.5, 1500 * time.Microsecond}} {
		if got := legacyTime(tt.in); got != tt.want {
			t.Errorf("legacyTime(%v) = %v, want %v", tt.in, got, tt.want)
		}
	}
}
