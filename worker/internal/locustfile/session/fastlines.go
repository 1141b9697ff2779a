package session

import (
	"strings"
	"unicode/utf8"

	"gregaria/worker/internal/python"
)

// fastLines is FastHttpSession.iter_lines: the lines of a streamed answer as text.
func (c *Classes) fastLines(t *thread, args python.Args) (value, error) {
	if self := args.Pos[0].(*python.Instance); !fastOf(self).isStock(self) || !c.plainLines(args) {
		lines, err := c.generally(t, "iter_lines")
		if err != nil {
			return nil, err
		}
		return t.CallKw(lines, args)
	}
	method := value(python.NewStr("GET"))
	call := python.Args{Pos: args.Pos[:2], Names: []*python.Str{python.NewStr("stream")}, Values: []value{python.True}}
	for i, n := range args.Names {
		if n.String() == "method" {
			method = args.Values[i]
			continue
		}
		call.Names, call.Values = append(call.Names, n), append(call.Values, args.Values[i])
	}
	call.Pos = append([]value(nil), call.Pos...)
	l := &fastLines{}
	return python.NewGenerator("iter_lines", func(t *thread) (value, error) {
		if l.chunk == nil {
			r, err := c.fastRequest(t, call, []string{"url"}, method)
			if err != nil {
				return nil, err
			}
			if _, err := t.CallMethod(r, "raise_for_status"); err != nil {
				return nil, err
			}
			l.r = fastResponseOf(r)
			l.chunk = l.r.chunks(1024, true)
		}
		return l.next(t)
	}, l.leave), nil
}

// plainLines says that iter_lines has a URL in its place, and no more.
func (c *Classes) plainLines(args python.Args) bool {
	return len(args.Pos) == 2 && args.Kw("url") == nil && args.Kw("stream") == nil
}

// fastLines is an iteration by FastHttpSession.iter_lines.
type fastLines struct {
	r      *fastResponse
	chunk  func(t *thread) (value, error)
	buffer string
	done   bool
}

// leave is the end of the iteration before that of the content: nobody else has the response.
func (l *fastLines) leave() {
	if l.r != nil {
		l.r.release()
	}
}

func (l *fastLines) next(t *thread) (value, error) {
	for {
		if line, rest, ok := strings.Cut(l.buffer, "\n"); ok {
			l.buffer = rest
			return python.NewStr(line), nil
		}
		if l.done {
			if last := l.buffer; last != "" {
				l.buffer = ""
				return python.NewStr(last), nil
			}
			return nil, nil //nolint:nilnil // the end
		}
		v, err := l.chunk(t)
		if err != nil {
			return nil, err
		}
		if l.done = v == nil; l.done {
			continue
		}
		text, ok := python.AsStr(v)
		if !ok {
			b, _ := python.AsBytes(v)
			text = strings.ToValidUTF8(b, "\ufffd")
		}
		l.buffer += text
	}
}

// chunks returns a function that returns the content in pieces, nil at its end (FastResponse.iter_content).
func (x *fastResponse) chunks(size int, decode bool) func(t *thread) (value, error) {
	return func(t *thread) (value, error) {
		piece, err := x.block(t, size)
		if err != nil {
			if e := python.AsException(err); e.IsA(x.session.classes.connectionError) || e.Class().Name() == "HTTPConnectionClosed" {
				return nil, nil //nolint:nilnil // as there
			}
			return nil, err
		}
		if len(piece) == 0 {
			return nil, nil //nolint:nilnil // the end
		}
		if decode && utf8.Valid(piece) {
			return python.NewStr(string(piece)), nil
		}
		return python.NewBytes(piece), nil
	}
}
