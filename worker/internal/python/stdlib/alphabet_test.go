package stdlib

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
)

// alphabets prints which characters the categories hold and which characters are the same without regard to case. Unicode 15,
// which Go has, and CPython 3.11's Unicode 14 agree on the characters up to here; a lone surrogate goes to the other engine.
const alphabets = `
import re
every = "".join(map(chr, [*range(0xd800), *range(0xe000, 0x11000)]))

def ranges(chars):
    out, last = [], -2
    for c in map(ord, chars):
        if c == last + 1:
            out[-1][1] = c
        else:
            out.append([c, c])
        last = c
    return out

for flags in (0, re.ASCII):
    for p in (r"\s", r"\d", r"\w", r"[^\W\d]", r".", r"[^\S\n]"):
        for text in (every, every + "\ud800"):
            print(p, flags, ranges(re.findall(p, text, flags)))
text = "".join(map(chr, cased))
for c in text:
    print(ascii(c), ranges(re.findall(c, text, re.I)))
for p in ("[a-z]", "[^a-z]", "[A-Z]", "[à-ÿ]", "[Α-Ω]", "[\U00010400-\U00010410]", "[ß-ſ]", "[K]", "[^ı]", "[\ufb05]", "[a-\U00010400]", "[\u0390]"):
    for flags in (re.I, re.I | re.A):
        if flags & re.A and "\U00010400" in p:
            continue  # CPython folds such a range even in ASCII
        print(ascii(p), flags, ranges(re.findall(p, text, flags)), ranges(re.findall(p, text + "\ud800", flags)))
`

// TestAlphabets compares the characters of patterns with CPython's, one by one.
func TestAlphabets(t *testing.T) {
	t.Parallel()
	skipMinutes(t)
	py := python311(t)
	cased := []string{"0x1fd3", "0x1fe3", "0x390", "0x3b0"}
	for _, x := range unicode.CaseRanges {
		for r := x.Lo; r <= x.Hi; r++ {
			cased = append(cased, fmt.Sprintf("%#x", r))
		}
	}
	script := "cased = [" + strings.Join(cased, ", ") + "]\n" + alphabets
	want, err := pythonOutput(py, script)
	if err != nil {
		t.Fatal(err, want)
	}
	got := run("alphabets.py", []byte(script))
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			t.Fatalf("line %d:\n got %.400s\nwant %.400s", i+1, g[min(i, len(g)-1)], w[min(i, len(w)-1)])
		}
	}
}
