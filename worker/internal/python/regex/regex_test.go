package regex

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/quick"
	"unicode/utf8"
)

// atOnce runs what takes long where it is.
type atOnce struct{}

func (atOnce) Slowly(f func(stop *atomic.Bool)) error {
	f(&atomic.Bool{})
	return nil
}

func compiled(t *testing.T, source string, flags Flags) *Pattern {
	t.Helper()
	p, err := Compile(source, false, flags, nil)
	if err != nil {
		t.Fatalf("%s: %v", source, err)
	}
	return p
}

// all finds all matches, as slices of the text.
func all(t *testing.T, p *Pattern, s string) []string {
	t.Helper()
	text := NewText(s, p.IsBytes)
	f := p.Finder(atOnce{}, text, 0, text.End(), -1)
	out := []string{}
	for {
		loc, err := f.Next(Search)
		if err != nil {
			t.Fatal(err)
		}
		if loc == nil {
			return out
		}
		out = append(out, text.Slice(loc[0], loc[1]))
	}
}

// TestEngines says which patterns go to RE2, and that both engines find the same.
func TestEngines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, text string
		linear        bool
		why           string
	}{
		{`name="csrf" value="(.+?)"`, `name="csrf" value="a"`, true, "what most people write"},
		{`^\d+$`, "42", true, "$ is the end where no newline ends the text"},
		{`^\d+$`, "42\n", false, "$ is before the last newline"},
		{`\b\w+`, "ab cd", true, "ASCII letters have no others beside them"},
		{`\b\w+`, "été tu", false, "RE2's \\b knows ASCII letters"},
		{`\w+\s`, "été ", true, "classes of Unicode can be written"},
		{`.`, "\xed\xa0\x80", false, "a lone surrogate is no UTF-8"},
		{`(?<=ab)c+(?=d)`, "abccd", true, "edges need no look-around"},
		{`a(?=b)c?`, "ab", false, "look-around"},
		{`(a)\1`, "aa", false, "reference"},
		{`(?:a*)*`, "aa", false, "a loop of what may be empty"},
		{`a{2000}`, strings.Repeat("a", 2000), false, "more than RE2 counts"},
	} {
		p := compiled(t, c.pattern, 0)
		text := NewText(c.text, false)
		if got := p.suits(text, text.End()); got != c.linear {
			t.Errorf("%s on %.10q: RE2 = %v, want %v: %s", c.pattern, c.text, got, c.linear, c.why)
		}
		if !c.linear {
			continue
		}
		want := all(t, p, c.text)
		net := compiled(t, c.pattern, 0)
		net.needs.backtracking = true
		if got := all(t, net, c.text); strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s on %q: regexp2 = %q, RE2 = %q", c.pattern, c.text, got, want)
		}
	}
}

// TestOffsets converts places of a text there and back.
func TestOffsets(t *testing.T) {
	t.Parallel()
	same := func(s string, steps []uint8) bool {
		s = strings.ToValidUTF8(s, "é")
		text, rs := NewText(s, false), []rune(s)
		for _, step := range steps {
			i := int(step) % (len(rs) + 1)
			if at := text.Offset(i); at != len(string(rs[:i])) || text.Char(at) != i {
				return false
			}
		}
		return isASCII(s) == (utf8.RuneCountInString(s) == len(s))
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	var bad *Error
	if _, err := Compile("a(", false, 0, nil); !errors.As(err, &bad) || bad.Pos != 1 || bad.Error() != "missing ), unterminated subpattern at position 1" {
		t.Errorf("Compile = %v", err)
	}
	var warned []Warning
	if _, err := Compile("[[a]--b]", false, 0, func(w Warning) { warned = append(warned, w) }); err != nil || len(warned) != 1 || warned[0].Text != "Possible nested set at position 1" {
		t.Errorf("warned %v, %v", warned, err)
	}
}

// FuzzCompile asserts that whatever parses also compiles, and that both engines agree on the first match where both can be asked.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{`(?P<a>x)|\d+(?=b)`, `[^\W_]+?`, `(?i:é)\b`, `((a)|b)*`, `a{,2}+`, `(?<=ab)c`, `(?(1)a|b)`, "[]-a]", `\x41\u0042[\n--]`} {
		f.Add(s, "aab b\n", uint16(0))
	}
	f.Fuzz(func(t *testing.T, source, text string, flags uint16) {
		if !utf8.ValidString(source) || !utf8.ValidString(text) || len(source) > 60 || len(text) > 30 {
			return
		}
		p, err := Compile(source, false, Flags(flags)&(IgnoreCase|Multiline|DotAll|Verbose|ASCII), nil)
		var lacks UnsupportedError
		if errors.As(err, &lacks) {
			t.Fatalf("%q: %v", source, err)
		}
		if err != nil || p.needs.backtracking {
			return
		}
		in := NewText(text, false)
		if !p.suits(in, in.End()) {
			return
		}
		linear := p.Finder(atOnce{}, in, 0, in.End(), 1)
		want, err := linear.Next(Search)
		if err != nil {
			t.Fatal(err)
		}
		p.needs.backtracking = true
		net := p.Finder(atOnce{}, in, 0, in.End(), 1)
		got, err := net.Next(Search)
		if err == nil && !same(got, want) {
			t.Fatalf("%q on %q: regexp2 %v, RE2 %v", source, text, got, want)
		}
	})
}

func same(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
