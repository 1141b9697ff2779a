package syntax

import (
	"errors"
	"fmt"
	"strings"

	ts "github.com/tree-sitter/go-tree-sitter"
	python "github.com/tree-sitter/tree-sitter-python/bindings/go"
)

// Error is a syntax error, in the words of CPython where they are known.
type Error struct {
	File string
	Line int
	Col  int // from 1, in bytes; 0 is unknown
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// maxDepth bounds how deep source may nest, because the tree is walked recursively. CPython's own parser refuses
// somewhat deeper nests ("too many nested parentheses", Parser/tokenizer.c).
const maxDepth = 400

// MaxSource bounds the size of one source file in bytes.
const MaxSource = 8 << 20

type parser struct {
	file      string
	src       []byte
	depth     int
	future    bool
	className string         // whose private names are mangled
	late      map[uint]*Late // by the row of their def
}

// Parse reads one module. The error is an *Error.
func Parse(file string, source []byte) (*Module, error) {
	text, err := clean(file, source)
	if err != nil {
		return nil, err
	}
	return parse(&parser{file: file, src: []byte(text)})
}

// clean is the source as lines that end with "\n".
func clean(file string, source []byte) (string, error) {
	if len(source) > MaxSource {
		return "", &Error{File: file, Line: 1, Msg: "source is too large"}
	}
	text := strings.TrimPrefix(string(source), "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if i := strings.IndexByte(text, 0); i >= 0 {
		return "", &Error{File: file, Line: 1, Msg: "source code string cannot contain null bytes"}
	}
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text, nil
}

func parse(p *parser) (m *Module, err error) {
	tsp := ts.NewParser()
	defer tsp.Close()
	if err := tsp.SetLanguage(ts.NewLanguage(python.Language())); err != nil {
		return nil, fmt.Errorf("load the Python grammar: %w", err)
	}
	tree := tsp.Parse(p.src, nil)
	defer tree.Close()
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*Error)
			if !ok {
				panic(r)
			}
			m, err = nil, e
		}
	}()
	root, text := tree.RootNode(), string(p.src)
	if root.HasError() {
		if c := complain(text); c != nil {
			return nil, &Error{File: p.file, Line: c.line, Col: c.col, Msg: c.text}
		}
		p.failf(firstError(root), "invalid syntax")
	}
	body := p.block(root)
	return &Module{File: p.file, Body: body, FutureAnnotations: p.future, text: text}, nil
}

// ParseExpr reads one expression, as for a test or an eval.
func ParseExpr(file, source string) (Expr, error) {
	m, err := Parse(file, []byte("("+source+")"))
	if err != nil {
		return nil, err
	}
	if len(m.Body) == 1 {
		if s, ok := m.Body[0].(*ExprStmt); ok {
			return s.X, nil
		}
	}
	return nil, errors.New("not one expression")
}

// firstError finds the deepest first node that the grammar could not read.
func firstError(n *ts.Node) *ts.Node {
	for depth := 0; depth < maxDepth; depth++ {
		if n.IsError() || n.IsMissing() {
			return n
		}
		var next *ts.Node
		for i := uint(0); i < n.ChildCount(); i++ {
			if c := n.Child(i); c.HasError() || c.IsMissing() || c.IsError() {
				next = c
				break
			}
		}
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// failf leaves the parser; Parse recovers.
func (p *parser) failf(n *ts.Node, format string, args ...any) {
	at := n.StartPosition()
	panic(&Error{File: p.file, Line: int(at.Row) + 1, Col: int(at.Column) + 1, Msg: fmt.Sprintf(format, args...)})
}

func (p *parser) enter(n *ts.Node) {
	if p.depth++; p.depth > maxDepth {
		p.failf(n, "too many nested parentheses")
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) text(n *ts.Node) string { return n.Utf8Text(p.src) }

func pos(n *ts.Node) Pos {
	a, b := n.StartPosition(), n.EndPosition()
	return Pos{int32(a.Row) + 1, int32(a.Column), int32(b.Row) + 1, int32(b.Column)}
}

// named returns the children that are no punctuation and no comment.
func named(n *ts.Node) []*ts.Node {
	var out []*ts.Node
	for i := uint(0); i < n.NamedChildCount(); i++ {
		if c := n.NamedChild(i); c.Kind() != "comment" && c.Kind() != "line_continuation" {
			out = append(out, c)
		}
	}
	return out
}

// has says whether one of the direct children is the given token.
func has(n *ts.Node, token string) bool {
	for i := uint(0); i < n.ChildCount(); i++ {
		if n.Child(i).Kind() == token {
			return true
		}
	}
	return false
}

// fields returns all children that stand in a field, without comments.
func fields(n *ts.Node, name string) []*ts.Node {
	var out []*ts.Node
	for i := uint(0); i < n.ChildCount(); i++ {
		c := n.Child(i)
		if n.FieldNameForChild(uint32(i)) == name && c.IsNamed() && c.Kind() != "comment" {
			out = append(out, c)
		}
	}
	return out
}
