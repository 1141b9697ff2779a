package syntax

import (
	"errors"
	"testing"
)

// TestComplaints compares the words and the line with those of CPython 3.11.
func TestComplaints(t *testing.T) {
	t.Parallel()
	tests := []struct {
		src  string
		line int
		want string
	}{
		{"def t(self)\n  x\n", 1, "expected ':'"},
		{"x = 1\nif x\n  y\n", 2, "expected ':'"},
		{"class A(B)  # b:\n  b\n", 1, "expected ':'"},
		{"def t(a: int,\n  b: int) -> int\n  pass\n", 2, "expected ':'"},
		{"if x:\n  y\nelse\n  z\n", 3, "expected ':'"},
		{"async def t()\n  x\n", 1, "expected ':'"},
		{"x = (1,\n", 1, "'(' was never closed"},
		{"y = '#('\nx = [1, 2\ny = 3\n", 2, "'[' was never closed"},
		{"f(a))\n", 1, "unmatched ')'"},
		{"f(a]\n", 1, "closing parenthesis ']' does not match opening parenthesis '('"},
		{"f(\na]\n", 2, "closing parenthesis ']' does not match opening parenthesis '(' on line 1"},
		{"print 'x'\n", 1, "Missing parentheses in call to 'print'. Did you mean print(...)?"},
		{"x = 'abc\n", 1, "unterminated string literal (detected at line 1)"},
		{"x = '''abc\n\n", 1, "unterminated triple-quoted string literal (detected at line 2)"},
		{"x = 5 +\n", 1, "invalid syntax"},
		{"a b\n", 1, "invalid syntax"},
		{"def f(:\n pass\n", 1, "invalid syntax"},
		{"def f(a: int\n pass\n", 1, "'(' was never closed"},
		{"if f(x:\n  y\n", 1, "invalid syntax"},
		{"for x on y:\n z\n", 1, "invalid syntax"},
	}
	for _, tt := range tests {
		_, err := Parse("f.py", []byte(tt.src))
		var e *Error
		if !errors.As(err, &e) || e.Msg != tt.want || e.Line != tt.line {
			t.Errorf("%q: %v, want %q in line %d", tt.src, err, tt.want, tt.line)
		}
	}
}
