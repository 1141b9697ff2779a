package python

import (
	"strings"

	"gregaria/worker/internal/python/syntax"
)

// anchors finds the operator of a binary operation or the brackets of an index, which CPython 3.11 marks apart
// (Lib/traceback.py, _extract_caret_anchors_from_line_segment). -1 is none.
func anchors(segment string, x traceEntry) (int, int) {
	if x.at.EndLine != x.at.Line {
		return -1, -1
	}
	e, err := syntax.ParseExpr("<anchor>", segment)
	if err != nil {
		return -1, -1
	}
	switch e := e.(type) {
	case *syntax.Binary:
		from := int(e.L.Span().EndCol) - 1
		to := int(e.R.Span().Col) - 1
		i := strings.IndexFunc(segment[from:to], func(r rune) bool { return r != ' ' && r != ')' && r != '\t' })
		if i < 0 {
			return -1, -1
		}
		a := from + i
		b := a + 1
		if b < to && segment[b] != ' ' && segment[b] != '\t' && segment[b] != '(' {
			b++
		}
		return a, b
	case *syntax.Index:
		from := int(e.X.Span().EndCol) - 1
		i := strings.IndexByte(segment[from:], '[')
		if i < 0 {
			return -1, -1
		}
		return from + i, len(segment)
	}
	return -1, -1
}
