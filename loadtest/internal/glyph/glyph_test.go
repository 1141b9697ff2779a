package glyph_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"gregaria/loadtest/internal/glyph"
)

func TestWidth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0, "abc": 3, "漢字": 4, "Größe": 5, "e\u0301": 1, "🚀": 2, "👩‍🚀": 4, "❤\ufe0f": 2, "🚀\ufe0f": 2, "▁▂█": 3, "한글": 4, "Ｆ": 2,
	} {
		if got := glyph.Width(text); got != want {
			t.Errorf("Width(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain":              "plain",
		"\x1b[31mred\x1b[0m": `\x1b[31mred\x1b[0m`,
		"a\r\nb\tc\a":        `a\r\nb\tc\x07`,
		"\u009b31m":          `\x9b31m`,
		"\u202egpj.exe":      `\u202egpj.exe`,
		"a\u2028b":           `a\u2028b`,
		"👩‍🚀 漢字":             "👩‍🚀 漢字",
		"half \xff letter":   "half \ufffd letter",
		"  space around\n":   "space around",
		"\U000e0041tag":      `\ue0041tag`,
	} {
		if got := glyph.Clean(text); got != want {
			t.Errorf("Clean(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		width int
		want  string
	}{
		{"abcdef", 0, "abcdef"}, {"abcdef", 6, "abcdef"}, {"abcdef", 4, "ab.."}, {"漢字漢字", 5, "漢.."}, {"漢字", 1, ""}, {"abc", 2, "ab"},
	} {
		if got := glyph.Cut(test.text, "..", test.width); got != test.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text  string
		width int
		want  []string
	}{
		{"one two three", 0, []string{"one two three"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"onetwothree", 4, []string{"onet", "woth", "ree"}},
		{"/api/v1/story/[id]", 17, []string{"/api/v1/story/", "[id]"}},
		{"/a/verylongname", 10, []string{"/a/verylon", "gname"}},
		{"漢字 漢字", 5, []string{"漢字", "漢字"}},
		{"漢字", 1, []string{"漢", "字"}},
	} {
		if got := glyph.Wrap(test.text, test.width); !slices.Equal(got, test.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", test.text, test.width, got, test.want)
		}
	}
}

// FuzzWrap asserts that whatever a name or an error says, what is shown of it moves no cursor, fits the screen, and has lost nothing.
func FuzzWrap(f *testing.F) {
	f.Add("\x1b]0;title\a GET /漢字 👩‍🚀 a\r\nb", 12)
	f.Add("a long text with spaces, and_without_them_at_the_end", 7)
	f.Fuzz(func(t *testing.T, text string, width int) {
		width = 2 + max(0, width)%200
		clean := glyph.Clean(text)
		if i := strings.IndexFunc(clean, unicode.IsControl); i >= 0 {
			t.Fatalf("Clean(%q) = %q has a control character at %d", text, clean, i)
		}
		lines := glyph.Wrap(clean, width)
		for _, line := range lines {
			if glyph.Width(line) > width {
				t.Errorf("Wrap(%q, %d) has the line %q of %d columns", clean, width, line, glyph.Width(line))
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(clean) {
			t.Errorf("Wrap(%q, %d) has %q", clean, width, got)
		}
		if cut := glyph.Cut(clean, "..", width); glyph.Width(cut) > width {
			t.Errorf("Cut(%q, %d) = %q", clean, width, cut)
		}
	})
}
