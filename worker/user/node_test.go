package user

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// tagged is a user with tags as Locust's documentation of tags has them.
func tagged(d *diary) Scenario[diary] {
	return Scenario[diary]{
		Name: "Tagged", Wait: Constant(time.Second), New: func(*Env) *diary { d.began = time.Now(); return d },
		Tasks: []Task[diary]{
			{Name: "plain", Run: d.step("plain")},
			{Name: "a", Tags: []string{"a"}, Run: d.step("a")},
			{Name: "ab", Tags: []string{"a", "b"}, Run: d.step("ab")},
			{Tags: []string{"c"}, Set: &Set[diary]{Name: "set", Tags: []string{"d"}, Tasks: []Task[diary]{
				{Name: "x", Run: d.leave("x")},
				{Name: "xb", Tags: []string{"b"}, Run: d.leave("xb")},
			}}},
		},
	}
}

// leave is a step that interrupts its set.
func (d *diary) leave(name string) func(*diary, context.Context) error {
	step := d.step(name)
	return func(s *diary, ctx context.Context) error { _ = step(s, ctx); return Interrupt(false) }
}

func TestTags(t *testing.T) {
	t.Parallel()
	tests := []struct {
		reason        string
		tags, exclude any
		want          string
	}{
		{"no tags", nil, nil, "a ab plain x xb"},
		{"empty lists are none", []any{}, []any{}, "a ab plain x xb"},
		{"one of the tags is enough", []any{"a", "b"}, nil, "a ab xb"},
		{"a set's tags and those of the task that it is, inherited", []any{"c"}, nil, "x xb"},
		{"a set's own tags", []any{"d"}, nil, "x xb"},
		{"excluded, untagged ones stay", nil, []any{"a"}, "plain x xb"},
		{"both", []any{"a", "d"}, []any{"b"}, "a x"},
		{"a set without tasks goes", []any{"a"}, nil, "a ab"},
		{"as Go would write it", []string{"b"}, nil, "ab xb"},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			d := &diary{}
			l := beginWith(tagged(d).Class(), map[string]any{"tags": tt.tags, "exclude_tags": tt.exclude}, nil)
			time.Sleep(200 * time.Second)
			l.stop()
			seen := map[string]bool{}
			for _, line := range d.lines {
				name, _, _ := strings.Cut(line, "@")
				seen[name] = true
			}
			if got := sorted(seen); got != tt.want {
				t.Errorf("%s: tags %v without %v ran %s, want %s", tt.reason, tt.tags, tt.exclude, got, tt.want)
			}
		})
	}
}

func TestTagsChangeFromTestToTest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		class := tagged(d).Class()
		for i, tt := range []struct {
			tags, exclude []any
			a, ab         bool // which of the tasks run
		}{
			{[]any{"a"}, nil, true, true},
			{[]any{"a"}, []any{"b"}, true, false},
			{[]any{"b"}, nil, false, true},
			{nil, nil, true, true},
			{[]any{"a"}, nil, true, true},
		} {
			d.lines = nil
			l := beginWith(class, map[string]any{"tags": tt.tags, "exclude_tags": tt.exclude}, nil)
			time.Sleep(100 * time.Second)
			l.stop()
			if a, ab := strings.Contains(d.String(), "a@"), strings.Contains(d.String(), "ab@"); a != tt.a || ab != tt.ab {
				t.Errorf("test %d, tags %v without %v: a ran: %v, ab ran: %v", i, tt.tags, tt.exclude, a, ab)
			}
		}
	})
}

func TestNoTasksLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &diary{}
		s := tagged(d)
		s.OnStart, s.OnStop = d.step("start"), d.step("stop")
		l := beginWith(s.Class(), map[string]any{"tags": []any{"unknown"}}, nil)
		<-l.ended
		l.cancel()
		if len(l.reported) != 1 || !strings.HasPrefix(l.reported[0].Message, "No tasks defined on Tagged") || d.String() != "start@0s stop@0s" {
			t.Errorf("reported %v, did %s, want Locust's exception once, OnStart and OnStop", l.reported, d)
		}
	})
}
