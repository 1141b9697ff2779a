package pytext

import "testing"

// TestRepr has texts whose repr CPython 3.11 printed.
func TestRepr(t *testing.T) {
	t.Parallel()
	tests := []struct{ text, want string }{
		{"x", `'x'`},
		{"it's", `"it's"`},
		{`say "it's"`, `'say "it\'s"'`},
		{"a\tb\nc\r\\", `'a\tb\nc\r\\'`},
		{"\x00\x1f\x7f", `'\x00\x1f\x7f'`},
		{"é\u00a0\u00ad", `'é\xa0\xad'`},
		{"\u2028日本\ufeff", `'\u2028日本\ufeff'`},
		{"😀\U000e0001", `'😀\U000e0001'`},
	}
	for _, tt := range tests {
		if got := Repr(tt.text); got != tt.want {
			t.Errorf("Repr(%q) = %s, want %s", tt.text, got, tt.want)
		}
	}
}
