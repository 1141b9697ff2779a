package stdlib

import (
	"errors"
	"math"
	"sync/atomic"

	"gregaria/worker/internal/python"
	"gregaria/worker/internal/python/regex"
)

// text prepares what a pattern is tried on.
func (r *reModule) text(p *regex.Pattern, v value) (*regex.Text, error) {
	u := python.Unwrap(v)
	s, isStr := u.(*python.Str)
	switch {
	case isStr && p.IsBytes:
		return nil, python.Errorf(python.TypeError, "cannot use a bytes pattern on a string-like object")
	case isStr && s == r.lastStr:
		return r.lastText, nil
	case isStr:
		r.lastStr, r.lastText = s, regex.NewText(s.String(), false)
		return r.lastText, nil
	}
	b, ok := python.AsBytes(u)
	switch {
	case !ok:
		return nil, python.Errorf(python.TypeError, "expected string or bytes-like object, got '%s'", python.TypeOf(v).Name())
	case !p.IsBytes:
		return nil, python.Errorf(python.TypeError, "cannot use a string pattern on a bytes-like object")
	}
	return regex.NewText(b, true), nil
}

// search is a text and the part of it that is searched.
type search struct {
	text     *regex.Text
	from, to int
}

// search prepares a search of v between two positions that may be absent.
func (r *reModule) search(t *thread, p *regex.Pattern, v, pos, endpos value) (s search, err error) {
	if s.text, err = r.text(p, v); err != nil {
		return s, err
	}
	s.to = s.text.End()
	if pos != nil {
		if s.from, err = offset(t, s.text, pos); err != nil {
			return s, err
		}
	}
	if endpos != nil {
		s.to, err = offset(t, s.text, endpos)
	}
	return s, err
}

func (s *search) finder(t *thread, p *regex.Pattern, limit int) regex.Finder {
	return p.Finder((*patience)(t), s.text, s.from, s.to, limit)
}

// offset is where a position in characters is, which may lie outside of the text.
func offset(t *thread, text *regex.Text, v value) (int, error) {
	if b, ok := python.AsBig(v); ok && !b.IsInt64() {
		return text.Offset(int(max(int64(b.Sign()), 0) * math.MaxInt32)), nil
	}
	n, err := t.Index(v)
	if err != nil {
		return 0, err
	}
	return text.Offset(int(min(max(n, 0), math.MaxInt32))), nil
}

// patience is a thread that waits for a match that takes long.
type patience thread

// Slowly runs a match without the lock. [python.Thread.Cancel] ends the wait at once; the match itself sees that some time
// later, and touches nothing until then.
func (w *patience) Slowly(f func(stop *atomic.Bool)) error {
	var stop atomic.Bool
	done := make(chan struct{})
	go func() {
		defer close(done)
		f(&stop)
	}()
	var expired bool
	err := (*thread)(w).Wait(done, nil, &expired)
	if err != nil {
		stop.Store(true)
	}
	return err
}

// warn hands warnings to Python's warnings.
func (r *reModule) warn(t *thread) func(regex.Warning) {
	return func(w regex.Warning) {
		m, err := t.Import("warnings")
		if err != nil {
			return
		}
		if category := t.Isolate().Builtins().GetStr(w.Category); category != nil {
			_, _ = t.CallMethod(m, "warn", str(w.Text), category, python.NewInt(2))
		}
	}
}

// raised makes Python's exception of an error; source is the pattern or the template.
func (r *reModule) raised(t *thread, err error, source value) error {
	if err == nil {
		return nil
	}
	var (
		bad      *regex.Error
		flags    regex.ValueError
		overflow regex.OverflowError
		group    regex.UnknownGroupError
		deep     regex.RecursionError
		lacks    regex.UnsupportedError
	)
	switch {
	case errors.As(err, &bad):
		args := []value{str(bad.Msg)}
		if bad.Pos >= 0 {
			args = append(args, source, python.NewInt(int64(bad.Pos)))
		}
		e, callErr := t.Call(r.errorClass, args...)
		if x, ok := e.(*python.Exception); ok && callErr == nil {
			return x
		}
		return callErr
	case errors.As(err, &flags):
		return python.Errorf(python.ValueError, "%s", string(flags))
	case errors.As(err, &overflow):
		return python.Errorf(python.OverflowError, "%s", string(overflow))
	case errors.As(err, &deep):
		return python.Errorf(python.RecursionError, "%s", string(deep))
	case errors.As(err, &group):
		return python.Errorf(python.IndexError, "%s", string(group))
	case errors.As(err, &lacks):
		return python.Errorf(python.NotImplementedError, "%s", string(lacks))
	case errors.Is(err, regex.ErrTooLong):
		return python.Errorf(python.TimeoutError, "%v", err)
	case errors.Is(err, regex.ErrTooDeep):
		return python.Errorf(python.MemoryError, "%v", err)
	}
	return err
}
