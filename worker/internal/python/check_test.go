package python

import (
	"strings"
	"testing"

	"gregaria/worker/internal/python/syntax"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for src, want := range map[string]string{
		"x = 1\n":                                          "",
		"async def f():\n  await g()\n":                    "",
		"def f():\n  async with a as b: pass\n":            "f.py:2: SyntaxError: 'async with' outside async function",
		"def f():\n  await a\n":                            "f.py:2: SyntaxError: 'await' outside async function",
		"try: pass\nexcept* ValueError: pass\n":            "f.py:2: except* (exception groups) is not supported",
		"class A:\n  def f(self):\n    return\nreturn 1\n": "f.py:4: SyntaxError: 'return' outside function",
		"x = [i async for i in y]\n":                       "f.py:1: SyntaxError: asynchronous comprehension outside of an asynchronous function",
	} {
		tree, err := syntax.Parse("f.py", []byte(src))
		if err != nil {
			t.Fatal(err)
		}
		th := New(Options{}).NewThread()
		th.Lock()
		var got []string
		for _, p := range th.Check(tree) {
			got = append(got, p.String())
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("Check(%q) = %s, want %s", src, s, want)
		}
	}
}

func TestSignatureOf(t *testing.T) {
	t.Parallel()
	_, m := newTestThread(t, "def f(a, /, b, *c, d=1, **e): pass\ndef g(x): pass\nclass C:\n  def __init__(self, k): pass\nclass D: pass\n")
	for name, want := range map[string]string{"f": "b d **", "g": "x", "C": "self k", "D": "?"} {
		s, ok := SignatureOf(m.Attrs().GetStr(name))
		got := strings.Join(s.Keywords, " ")
		if s.Any {
			got += " **"
		}
		if !ok {
			got = "?"
		}
		if got != want {
			t.Errorf("SignatureOf(%s) = %q, want %q", name, got, want)
		}
	}
}
