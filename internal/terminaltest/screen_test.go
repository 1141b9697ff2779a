package terminaltest_test

import (
	"fmt"
	"testing"

	"gregaria/internal/terminaltest"
)

func TestScreen(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ reason, written, want string }{
		{"lines", "one\r\ntwo\r\n", "one\ntwo\n"},
		{"wrapping", "0123456789abc", "0123456789\nabc\n"},
		{"a wide letter does not fit", "012345678漢", "012345678\n漢\n"},
		{"cut off", "\x1b[?7l0123456789abc\x1b[?7h\r\nx", "0123456789\nx\n"},
		{"over a line", "abc\r\x1b[31mx\x1b[0m", "xbc\n"},
		{"erased to the right", "abc\rx\x1b[K", "x\n"},
		{"erased below", "one\r\ntwo\r\nthree\x1b[1A\r\x1b[J2", "one\n2\n"},
		{"not above the screen", "1\r\n2\r\n3\r\n4\r\n5\x1b[9A\rx", "1\nx\n3\n4\n5\n"},
		{"what it does not know", "\x1b[2Ja", "\x1b[2Ja\n"},
		{"a bell", "a\ab", "a\ab\n"},
	} {
		s := terminaltest.New(10, 4, false)
		for i := range len(test.written) { // letters and sequences come in pieces
			fmt.Fprint(s, test.written[i:i+1])
		}
		if got := s.Text(); got != test.want || !s.CursorShown() {
			t.Errorf("%s: %q is shown as %q, want %q", test.reason, test.written, got, test.want)
		}
	}
	s := terminaltest.New(10, 4, false)
	fmt.Fprint(s, "\x1b[?25l")
	if s.CursorShown() {
		t.Error("a hidden cursor is shown")
	}
}
