package stdlib

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestRegexLikePython tries patterns that nobody wrote on short texts, here and in CPython 3.11, where there is one:
// GREGARIA_PYTHON, or python3. GREGARIA_RE_SECONDS says for how long, GREGARIA_RE_SEED where it begins.
func TestRegexLikePython(t *testing.T) {
	t.Parallel()
	skipMinutes(t)
	py := python311(t)
	seconds, err := strconv.ParseFloat(setting("GREGARIA_RE_SECONDS", "2"), 64)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := strconv.ParseUint(setting("GREGARIA_RE_SEED", "1"), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	cases, differ := 0, 0
	for start := time.Now(); time.Since(start).Seconds() < seconds && differ < 20; seed++ {
		g := &patternMaker{rnd: rand.New(rand.NewPCG(seed, 11)), names: 0} //nolint:gosec // it has to be repeatable
		var sb strings.Builder
		sb.WriteString(probe)
		const batch = 400
		calls := make([]string, batch)
		for i := range calls {
			calls[i] = g.call()
			fmt.Fprintf(&sb, "print(ascii(probe(%s)))\n", calls[i])
		}
		script := sb.String()
		out, err := pythonOutput(py, script)
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		want, got := strings.Split(out, "\n"), strings.Split(run("probe.py", []byte(script)), "\n")
		for i, call := range calls {
			cases++
			if i >= len(got) || i >= len(want) {
				t.Fatalf("seed %d: %d lines, want %d: %s", seed, len(got), len(want), got[len(got)-1])
			}
			if got[i] != want[i] && !strings.Contains(got[i], "a reference without regard to case") {
				differ++
				t.Errorf("seed %d: probe(%s)\n got %s\nwant %s", seed, call, got[i], want[i])
			}
		}
	}
	t.Logf("%d patterns", cases)
}

func setting(name, dflt string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return dflt
}

// python311 finds a CPython 3.11, or skips the test.
func python311(t *testing.T) string {
	t.Helper()
	py := setting("GREGARIA_PYTHON", "python3")
	out, err := exec.Command(py, "-c", "import sys; print(sys.version_info[:2] == (3, 11))").Output()
	if err != nil || strings.TrimSpace(string(out)) != "True" {
		t.Skipf("%s is no Python 3.11: %v %s", py, err, out)
	}
	return py
}

func pythonOutput(py, script string) (string, error) {
	cmd := exec.Command(py, "-I", "-W", "ignore", "-")
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// probe is what both Pythons do with a pattern.
const probe = `
import re

def show(m):
    if m is None:
        return None
    return m.regs, m.group(), m.groups(), m.lastindex, m.lastgroup, m.pos, m.endpos

def probe(pattern, flags, text, op, pos, end, repl):
    try:
        p = re.compile(pattern, flags)
    except Exception as e:
        return type(e).__name__, str(e), getattr(e, "pos", 0), getattr(e, "colno", 0)
    try:
        if op == "search":
            return show(p.search(text, pos, end))
        if op == "match":
            return show(p.match(text, pos, end))
        if op == "fullmatch":
            return show(p.fullmatch(text, pos, end))
        if op == "findall":
            return p.findall(text, pos, end)
        if op == "finditer":
            return [show(m) for m in p.finditer(text, pos, end)]
        if op == "split":
            return p.split(text)
        if op == "scanner":
            s = p.scanner(text, pos, end)
            return [show(s.match()) for _ in range(4)]
        return p.subn(repl, text, pos)
    except Exception as e:
        return type(e).__name__, str(e)

`

// A patternMaker makes patterns that look like real ones, and some that are none.
type patternMaker struct {
	rnd     *rand.Rand
	isBytes bool
	groups  int
	names   int
	look    bool // in a look-behind
	plain   bool // no groups: CPython does not restore what they held when a possessive loop tries on in vain
	closed  []int
	loops   int // around what is being made: more than two would take for ever, in CPython too
}

func (g *patternMaker) pick(s ...string) string { return s[g.rnd.IntN(len(s))] }

func (g *patternMaker) one(in int) bool { return g.rnd.IntN(in) == 0 }

// call makes the arguments of probe.
func (g *patternMaker) call() string {
	g.isBytes, g.groups, g.names, g.look, g.plain, g.closed, g.loops = g.one(8), 0, 0, false, false, nil, 0
	pattern := g.alternatives(3)
	if g.one(10) {
		pattern = "(?" + g.pick("i", "m", "s", "x", "a", "im", "is", "u", "L", "ms") + ")" + pattern
	}
	if g.one(8) {
		pattern = g.pick("(?<=a)", "(?<=ab)", `(?<=\w)`, "(?<=[bé]a)", "(?<=a|b)") + "(?:" + pattern + ")"
	}
	if g.one(8) {
		pattern = "(?:" + pattern + ")" + g.pick("(?=a)", "(?=b.)", `(?=\w+)`, "(?=[bé]*a)", "(?=a|b)", "(?=a?)")
	}
	if g.one(12) { // what a slip of the pen makes of it
		rs := []rune(pattern)
		at := g.rnd.IntN(len(rs) + 1)
		pattern = string(rs[:at]) + g.pick("(", ")", "[", "]", "*", "+", "?", "{", "}", "|", "\\", "(?", "(?P<", "-", "{2,1}", "{,2}", "^", "$", "\\1", "\\8") + string(rs[at:])
	}
	flags := 0
	for _, f := range []int{2, 8, 16, 256, 64} {
		if g.one(5) {
			flags |= f
		}
	}
	text := g.text()
	repl := g.pick(`-`, `[\g<0>]`, `\1`, `<\g<1>>`, `\n`, ``, `\\`, `a`, `\g<n1>`, `\0`, `\101`, `\q`, `\g<1`)
	op := g.pick("search", "match", "fullmatch", "findall", "finditer", "split", "scanner", "subn", "search", "findall")
	pos, end := 0, 99
	if g.one(4) {
		pos = g.rnd.IntN(5)
		end = pos + g.rnd.IntN(12)
	}
	prefix := ""
	if g.isBytes {
		prefix = "b"
	}
	return fmt.Sprintf("%s, %d, %s, %q, %d, %d, %s", prefix+g.literal(pattern), flags, prefix+g.literal(text), op, pos, end, prefix+g.literal(repl))
}

// literal writes a Python literal.
func (g *patternMaker) literal(s string) string {
	var sb strings.Builder
	sb.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			sb.WriteByte('\\')
			sb.WriteRune(r)
		case r >= ' ' && r < 0x7f:
			sb.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&sb, `\x%02x`, r)
		case g.isBytes:
			sb.WriteString(`\xe9`)
		case r == '\ufffd':
			sb.WriteString(`\ud83d`) // a lone surrogate
		default:
			fmt.Fprintf(&sb, `\U%08x`, r)
		}
	}
	return sb.String() + `"`
}

func (g *patternMaker) text() string {
	var sb strings.Builder
	for range g.rnd.IntN(12) {
		if g.one(3) {
			sb.WriteString(g.pick("é", "É", "ß", "ſ", "K", "İ", "ı", "\u00a0", "\n", "\u0663", "_", "-", " ", "\t", "\x1c", "😀", "µ", "Σ", "ς", "\ufffd", "\ufffd", "\r", ".", "1"))
		} else {
			sb.WriteString(g.pick("a", "b", "a", "b", "A", "B", "k", "s", "i", "1", "ab", "\n"))
		}
	}
	return sb.String()
}

func (g *patternMaker) alternatives(depth int) string {
	s := g.sequence(depth)
	for g.one(4) {
		s += "|" + g.sequence(depth)
	}
	return s
}

func (g *patternMaker) sequence(depth int) string {
	var sb strings.Builder
	for range g.rnd.IntN(4) {
		if g.one(15) && !g.look {
			old := g.plain
			g.plain = true
			sb.WriteString(g.atom(depth) + g.pick("*+", "++", "?+", "{1,2}+"))
			g.plain = old
			continue
		}
		if !g.one(3) || g.look || g.loops > 1 {
			sb.WriteString(g.atom(depth))
			continue
		}
		g.loops++
		sb.WriteString(g.atom(depth) + g.pick("*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{,2}", "{1,}", "{0,3}?"))
		g.loops--
	}
	return sb.String()
}

func (g *patternMaker) atom(depth int) string {
	if depth > 0 && g.one(3) {
		return g.parens(depth - 1)
	}
	switch g.rnd.IntN(12) {
	case 0:
		return g.pick("^", "$", `\b`, `\B`, `\A`, `\Z`)
	case 1, 2:
		return g.pick(`\w`, `\d`, `\s`, `\W`, `\D`, `\S`)
	case 3:
		return g.set()
	case 4, 5:
		return "."
	case 6:
		if len(g.closed) > 0 && g.one(2) {
			return `\` + g.closedGroup()
		}
		if g.one(20) {
			return `\` + strconv.Itoa(1+g.rnd.IntN(g.groups+1)) // open, or none
		}
		return g.pick("é", "ß", "K", "ſ", "😀", "İ", "ı", `\n`, `\x41`, `\u00e9`, `\U0001F600`, `\.`, `\-`, `\101`, `\07`, "µ", "Σ", " ", "#")
	}
	return g.pick("a", "b", "a", "b", "ab", "A", "k", "s", "i", "1", "_")
}

func (g *patternMaker) parens(depth int) string {
	switch g.rnd.IntN(14) {
	case 0:
		return "(?=" + g.alternatives(depth) + ")"
	case 1:
		return "(?!" + g.alternatives(depth) + ")"
	case 2:
		old := g.look
		g.look = true
		s := g.pick("(?<=", "(?<!") + g.sequence(depth) + ")"
		g.look = old
		return s
	case 3:
		return "(?>" + g.alternatives(depth) + ")"
	case 4:
		if len(g.closed) > 0 {
			return "(?(" + g.closedGroup() + ")" + g.sequence(depth) + "|" + g.sequence(depth) + ")"
		}
	case 5:
		return "(?" + g.pick("i", "s", "m", "-i", "i-s", "a", "x", "u") + ":" + g.alternatives(depth) + ")"
	case 6, 7:
		return "(?:" + g.alternatives(depth) + ")"
	case 8:
		if g.plain {
			break
		}
		g.groups++
		g.names++
		name, n := "n"+strconv.Itoa(g.names), g.groups
		s := "(?P<" + name + ">" + g.alternatives(depth) + ")"
		g.closed = append(g.closed, n)
		if g.one(3) {
			s += g.pick("a", "") + "(?P=" + name + ")"
		}
		return s
	}
	if g.plain {
		return "(?:" + g.alternatives(depth) + ")"
	}
	g.groups++
	n := g.groups
	s := "(" + g.alternatives(depth) + ")"
	g.closed = append(g.closed, n)
	return s
}

// closedGroup is the number of a group that can be referred to.
func (g *patternMaker) closedGroup() string { return strconv.Itoa(g.closed[g.rnd.IntN(len(g.closed))]) }

func (g *patternMaker) set() string {
	var sb strings.Builder
	sb.WriteString("[" + g.pick("", "", "^"))
	for range 1 + g.rnd.IntN(3) {
		sb.WriteString(g.pick("a", "b", "a-c", "k", "s", "A-Z", "a-z", `\w`, `\d`, `\s`, `\W`, `\D`, `\S`, "é", "ß-ſ", "-", "_", `\n`, `\]`, "^", ".", "i", "ı", `\x00-\x7f`, "😀", "à-ÿ", "[", "|", "Α-Ω"))
	}
	return sb.String() + "]"
}
