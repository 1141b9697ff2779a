package step_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gregaria/loadtest/internal/step"
)

// A diary notes what was done and undone, in order.
type diary struct{ lines []string }

// step returns a step that notes itself; do, if not nil, decides how its Do ends.
func (d *diary) step(name string, do func() error) step.Step {
	return step.Step{
		Name: name,
		Do: func(context.Context) error {
			d.lines = append(d.lines, "do "+name)
			if do == nil {
				return nil
			}
			return do()
		},
		Undo: func(ctx context.Context) error {
			d.lines = append(d.lines, "undo "+name)
			return ctx.Err() // the context of the undoing must still be usable
		},
	}
}

func silent(step.Step) {}

func TestRunUndoesInReverseWhatWasBegun(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	tests := []struct {
		reason string
		second func() error
		want   []string
		err    error
	}{
		{"all succeed: everything is undone", nil, []string{"do a", "do b", "do c", "undo c", "undo b", "undo a"}, nil},
		{
			"one fails halfway: it is undone too, later ones are not begun", func() error { return refused },
			[]string{"do a", "do b", "undo b", "undo a"},
			refused,
		},
	}
	for _, test := range tests {
		t.Run(test.reason, func(t *testing.T) {
			t.Parallel()
			var d diary
			steps := []step.Step{d.step("a", nil), d.step("b", test.second), d.step("c", nil)}
			err := step.Run(t.Context(), t.Context(), steps, silent)
			if !errors.Is(err, test.err) {
				t.Errorf("Run() = %v, want %v", err, test.err)
			}
			if diff := cmp.Diff(test.want, d.lines); diff != "" {
				t.Errorf("order of the steps (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRunReturnsTheCauseBeforeItsSymptom(t *testing.T) {
	t.Parallel()
	died := errors.New("the worker died")
	ctx, cancel := context.WithCancelCause(t.Context())
	var d diary
	steps := []step.Step{
		d.step("a", func() error { cancel(died); return errors.New("connection reset") }),
		d.step("b", nil),
	}
	err := step.Run(ctx, t.Context(), steps, silent)
	if !errors.Is(err, died) || strings.Contains(err.Error(), "reset") {
		t.Errorf("Run() = %v, want the cause %v alone", err, died)
	}
	if slices.Contains(d.lines, "do b") {
		t.Errorf("steps after the cancellation were done: %q", d.lines)
	}
}

func TestRunJoinsErrorsOfTheUndoing(t *testing.T) {
	t.Parallel()
	first, second := errors.New("first"), errors.New("second")
	steps := []step.Step{{
		Name: "a",
		Do:   func(context.Context) error { return first },
		Undo: func(context.Context) error { return second },
	}}
	err := step.Run(t.Context(), t.Context(), steps, silent)
	if !errors.Is(err, first) || !errors.Is(err, second) {
		t.Errorf("Run() = %v, want both %v and %v", err, first, second)
	}
}
