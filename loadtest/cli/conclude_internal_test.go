package cli

import (
	"bytes"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/progress"
)

// TestVerdictFitsTheScreen: a terminal breaks no word of the last line, and a file has it in one.
func TestVerdictFitsTheScreen(t *testing.T) {
	t.Parallel()
	v := analysis.Verdict{Word: "FAILED", Code: 6, Line: "1 of 2 checks failed: rps > 500, and it is 9.73"}
	narrow := screen{&progress.Screen{Size: func() (int, int) { return 40, 24 }, Colour: true}}
	for _, test := range []struct {
		screen screen
		want   string
	}{
		{screen{}, "\nFAILED: 1 of 2 checks failed: rps > 500, and it is 9.73 (exit code 6)\n"},
		{narrow, "\n\x1b[31mFAILED\x1b[0m: 1 of 2 checks failed: rps > 500,\nand it is 9.73 (exit code 6)\n"},
	} {
		var out bytes.Buffer
		if code := tell(&out, test.screen, v); code != 6 || out.String() != test.want {
			t.Errorf("tell = %d, %q, want %q", code, out.String(), test.want)
		}
	}
}
