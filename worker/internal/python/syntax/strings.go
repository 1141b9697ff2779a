package syntax

import (
	"strconv"
	"strings"
	"unicode/utf8"

	ts "github.com/tree-sitter/go-tree-sitter"
)

// str reads a string literal, or several that stand next to each other.
func (p *parser) str(n *ts.Node) Expr {
	parts := []*ts.Node{n}
	if n.Kind() == "concatenated_string" {
		parts = named(n)
	}
	var out []Expr
	isBytes, isF := false, false
	for i, s := range parts {
		prefix := strings.ToLower(strings.TrimRight(p.text(s.Child(0)), `"'`))
		switch prefix {
		case "", "r", "u", "b", "br", "rb", "f", "fr", "rf":
		default:
			p.failf(n, "invalid syntax") // the grammar takes any of these letters
		}
		b := strings.Contains(prefix, "b")
		if i > 0 && b != isBytes {
			p.failf(n, "cannot mix bytes and nonbytes literals")
		}
		isBytes = b
		raw := strings.Contains(prefix, "r")
		f := strings.Contains(prefix, "f")
		isF = isF || f
		// The grammar takes all of r"\\" for the end of the string, so the end is where its quotes are.
		start, end := s.Child(0).EndByte(), s.EndByte()-(s.Child(0).EndByte()-s.Child(0).StartByte()-uint(len(prefix)))
		out = append(out, p.pieces(s, start, end, f, raw, b)...)
	}
	at := pos(n)
	if isBytes || !isF {
		var sb strings.Builder
		for _, e := range out {
			sb.WriteString(e.(*Str).Value)
		}
		if isBytes {
			return &Bytes{at, sb.String()}
		}
		return &Str{at, sb.String()}
	}
	return &FString{at, merge(out)}
}

// pieces cuts a string into literal text and interpolations.
func (p *parser) pieces(n *ts.Node, start, end uint, f, raw, isBytes bool) []Expr {
	var out []Expr
	text := func(a, b uint) {
		if a >= b {
			return
		}
		s := string(p.src[a:b])
		if f {
			s = p.braces(n, s, raw)
		} else if !raw {
			s = p.unescape(n, s, isBytes)
		}
		out = append(out, &Str{pos(n), s})
	}
	for i := uint(0); f && i < n.ChildCount(); i++ {
		c := n.Child(i)
		if k := c.Kind(); k != "interpolation" && k != "format_expression" {
			continue
		}
		text(start, c.StartByte())
		out = append(out, p.interp(c, raw)...)
		start = c.EndByte()
	}
	text(start, end)
	return out
}

// interp reads one {expression!r:spec}.
func (p *parser) interp(n *ts.Node, raw bool) []Expr {
	x := n.ChildByFieldName("expression")
	if x == nil {
		p.failf(n, "f-string: empty expression not allowed")
	}
	in := &Interp{Pos: pos(n), X: p.expr(x)}
	if c := n.ChildByFieldName("type_conversion"); c != nil {
		in.Conv = p.text(c)[1]
		if !strings.ContainsRune("sra", rune(in.Conv)) || len(p.text(c)) != 2 {
			p.failf(n, "f-string: invalid conversion character: expected 's', 'r', or 'a'")
		}
	}
	if s := n.ChildByFieldName("format_specifier"); s != nil {
		in.Spec = &FString{pos(s), merge(p.pieces(s, s.StartByte()+1, s.EndByte(), true, raw, false))}
	}
	if !has(n, "=") {
		return []Expr{in}
	}
	end := n.EndByte() - 1
	for i := uint(0); i < n.ChildCount(); i++ {
		if c := n.Child(i); c.Kind() == "=" {
			end = c.EndByte()
			for end < n.EndByte() && p.src[end] == ' ' {
				end++
			}
		}
	}
	if in.Conv == 0 && in.Spec == nil {
		in.Conv = 'r'
	}
	return []Expr{&Str{pos(n), string(p.src[n.StartByte()+1 : end])}, in}
}

// merge joins neighbouring literal parts.
func merge(parts []Expr) []Expr {
	var out []Expr
	for _, e := range parts {
		s, ok := e.(*Str)
		if ok && len(out) > 0 {
			if last, ok := out[len(out)-1].(*Str); ok {
				out[len(out)-1] = &Str{last.Pos, last.Value + s.Value}
				continue
			}
		}
		out = append(out, e)
	}
	return out
}

// braces resolves {{ and }} and escapes in the literal text of an f-string.
func (p *parser) braces(n *ts.Node, s string, raw bool) string {
	var sb strings.Builder
	for len(s) > 0 {
		i := strings.IndexAny(s, "{}")
		if i < 0 {
			i = len(s)
		}
		// \N{NAME} keeps its braces
		if i >= 2 && i < len(s) && s[i-2:i] == `\N` && !raw {
			if j := strings.IndexByte(s[i:], '}'); j >= 0 {
				i += j + 1
			}
			sb.WriteString(p.unescape(n, s[:i], false))
			s = s[i:]
			continue
		}
		part := s[:i]
		if !raw {
			part = p.unescape(n, part, false)
		}
		sb.WriteString(part)
		s = s[i:]
		if len(s) == 0 {
			break
		}
		if len(s) < 2 || s[1] != s[0] {
			p.failf(n, "f-string: single '%c' is not allowed", s[0])
		}
		sb.WriteByte(s[0])
		s = s[2:]
	}
	return sb.String()
}

// unescape resolves backslash escapes as Parser/string_parser.c does; unknown ones stay.
func (p *parser) unescape(n *ts.Node, s string, isBytes bool) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var sb strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 >= len(s) {
			sb.WriteByte(s[i])
			i++
			continue
		}
		if s[i+1] == 'N' && !isBytes {
			i += p.named(n, &sb, s, i)
			continue
		}
		i += p.escape(n, &sb, s[i:], isBytes)
	}
	return sb.String()
}

var simpleEscapes = map[byte]string{
	'\n': "", '\\': "\\", '\'': "'", '"': "\"", 'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v",
}

// escape writes what the escape at the start of s means and returns its length.
func (p *parser) escape(n *ts.Node, sb *strings.Builder, s string, isBytes bool) int {
	c := s[1]
	if r, ok := simpleEscapes[c]; ok {
		sb.WriteString(r)
		return 2
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
	switch {
	case c >= '0' && c <= '7':
		k := 1
		for k < 4 && k < len(s) && s[k] >= '0' && s[k] <= '7' {
			k++
		}
		v, _ := strconv.ParseUint(s[1:k], 8, 32)
		put(sb, rune(v), isBytes)
		return k
	case digits > 0 && (c == 'x' || !isBytes):
		if len(s) < 2+digits {
			p.failf(n, "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\%cXX escape", c)
		}
		v, err := strconv.ParseUint(s[2:2+digits], 16, 32)
		if err != nil || v > 0x10ffff {
			p.failf(n, "(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\%cXX escape", c)
		}
		put(sb, rune(v), isBytes)
		return 2 + digits
	}
	sb.WriteByte('\\')
	return 1
}

// put writes one code point; lone surrogates as the three bytes that UTF-8 would give them.
func put(sb *strings.Builder, r rune, isBytes bool) {
	switch {
	case isBytes:
		sb.WriteByte(byte(r))
	case r >= 0xd800 && r < 0xe000:
		sb.Write([]byte{0xe0 | byte(r>>12), 0x80 | byte(r>>6)&0x3f, 0x80 | byte(r)&0x3f})
	default:
		sb.Write(utf8.AppendRune(nil, r))
	}
}
