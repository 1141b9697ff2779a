package python

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"
)

// atoms are what random expressions are made of. No classes: int | None is a tuple here.
func atoms() []string {
	return []string{
		"0", "1", "-1", "2", "3", "7", "255", "10**20", "-(2**64)", "2**63", "0.5", "1.5", "-2.5", "1e16", "1e-7", "0.1", "-0.0", "1e300", "123456.789", "True", "False", "None",
		"float('inf')", "float('nan')",
		"''", "'a'", "'abc'", `"it's"`, "'héllo'", "'😀'", "' x '", "'a b  c'", "'aXbXc'", "'A'", "'ß'", "'12'", "'-3.5'", `'a\tb\n'`, "'%s-%s'", "'%d'", "'%(a)s'", "'{}{:>5}'", "'{0}'", "'{a}'",
		"b''", "b'ab'", "b'a,b'", `b'\xff\x00'`, "b'%s'", "bytearray(b'')", "bytearray(b'abc')", "memoryview(b'xyz')", "memoryview(b'')",
		"[]", "[1, 2, 3]", "['a', None]", "[3, 1, 2]", "[[1], [2]]", "(1,)", "()", "(1, 'a')", "('a', 'b')", "(1, 2, 3, 4)", "{}", "{'a': 1}", "{1: 'x', 2.0: 'y'}", "{'a': 'b', 'c': None}",
		"{1}", "{1, 2, 3}", "set()", "frozenset()", "frozenset({1})", "frozenset({1, 2, 3})", "range(3)", "range(0)", "range(10, 0, -3)",
		"slice(1, None)", "slice(None, None, -1)", "Ellipsis", "NotImplemented",
	}
}

// operators are those whose result does not depend on hashing or addresses: what `is` finds is CPython's to choose.
func operators() []string {
	return []string{"+", "-", "*", "/", "//", "%", "==", "!=", "<", "<=", ">", ">=", "in", "not in", "and", "or", "&", "|", "^"}
}

// calls are made on one expression, %[1]s; a second one, %[2]s, is drawn where it is named.
func calls() []string {
	return append(append(append([]string{
		"len(%[1]s)", "str(%[1]s)", "repr(%[1]s)", "ascii(%[1]s)", "bool(%[1]s)", "int(%[1]s)", "float(%[1]s)", "list(%[1]s)", "tuple(%[1]s)", "sorted(%[1]s)", "sum(%[1]s)", "max(%[1]s)", "min(%[1]s)", "abs(%[1]s)",
		"round(%[1]s, 1)", "round(%[1]s)", "round(%[1]s, -2)", "(not (%[1]s))", "(-(%[1]s))", "(~(%[1]s))", "dict(%[1]s)", "hash(%[1]s) == hash(1)", "isinstance(%[1]s, int)", "list(enumerate(%[1]s))", "list(reversed(%[1]s))",
		"divmod(%[1]s, 3)", "divmod(7, %[1]s)", "min(%[1]s, 1)", "any(%[1]s)", "all(%[1]s)", "bin(%[1]s)", "hex(%[1]s)", "oct(%[1]s)", "chr(%[1]s)", "ord(%[1]s)", "type(%[1]s).__name__", "callable(%[1]s)",
		"list(map(str, %[1]s))", "list(zip(%[1]s, 'ab'))", "list(filter(None, %[1]s))", "next(iter(%[1]s))", "[x for x in (%[1]s)]", "[*(%[1]s)]", "{**(%[1]s)}", "len({*(%[1]s)})", "sorted({*(%[1]s)}, key=repr)",
		"int(%[1]s, 16)", "int(%[1]s, 0)", "str(%[1]s, 'ascii')", "pow(%[1]s, 2)", "pow(2, %[1]s, 5)", "list(range(%[1]s)[:5])", "slice(%[1]s, 2)", "isinstance(1, %[1]s)", "sum(%[1]s, [])", "max(%[1]s, key=str)",
		"max(%[1]s, default=5)", "sorted(%[1]s, key=str, reverse=True)", "(lambda *a: a)(*%[1]s)", "(lambda **k: k)(**%[1]s)", "iter(%[1]s) is None",
		"(%[1]s)[0]", "(%[1]s)[-1]", "(%[1]s)[1:]", "(%[1]s)[::-1]", "(%[1]s)[::2]", "(%[1]s)[-2:]", "(%[1]s)[5:1:-2]", "(%[1]s)[1:-1:1]", "(%[1]s)['a']", "(%[1]s)[%[2]s]", "(%[1]s)[%[2]s:]", "(%[1]s)[:%[2]s]",
	}, textCalls()...), bytesCalls()...), containerCalls()...)
}

func textCalls() []string {
	return []string{
		"(%[1]s).upper()", "(%[1]s).lower()", "(%[1]s).title()", "(%[1]s).capitalize()", "(%[1]s).swapcase()", "(%[1]s).strip()", "(%[1]s).lstrip('a')", "(%[1]s).rstrip('bc')", "(%[1]s).split('a')", "(%[1]s).split()", "(%[1]s).split(None, 1)",
		"(%[1]s).rsplit('X', 1)", "(%[1]s).splitlines()", "(%[1]s).splitlines(True)", "(%[1]s).partition('X')", "(%[1]s).rpartition('b')", "(%[1]s).replace('a', 'bb')", "(%[1]s).replace('', '-', 2)", "(%[1]s).join(['x', 'y'])",
		"(%[1]s).count('a')", "(%[1]s).count('', 1)", "(%[1]s).find('b')", "(%[1]s).find('', 2)", "(%[1]s).find('c', -1)", "(%[1]s).rfind('a', 0, 2)", "(%[1]s).index('b')", "(%[1]s).rindex('')", "(%[1]s).startswith('a')",
		"(%[1]s).startswith(('a', 'b'), 1)", "(%[1]s).endswith('c', 0, -1)", "(%[1]s).endswith('')", "(%[1]s).center(7, '*')", "(%[1]s).ljust(5)", "(%[1]s).rjust(6, '0')", "(%[1]s).zfill(5)", "(%[1]s).expandtabs(4)",
		"(%[1]s).encode()", "(%[1]s).encode('ascii', 'replace')", "(%[1]s).encode('latin-1', 'ignore')", "(%[1]s).isalpha()", "(%[1]s).isdigit()", "(%[1]s).isupper()", "(%[1]s).isspace()", "(%[1]s).isidentifier()", "(%[1]s).isprintable()",
		"(%[1]s).casefold()", "(%[1]s).removeprefix('a')", "(%[1]s).removesuffix('c')", "(%[1]s).translate({97: 'z', 98: None})", "(%[1]s).format(1, 2, a=3)", "(%[1]s).format_map({'a': 5})",
		"'{!r:>8}'.format(%[1]s)", "'{:.2f}'.format(%[1]s)", "'{:,}'.format(%[1]s)", "'{:>6}'.format(%[1]s)", "'{:^+9.3}'.format(%[1]s)", "'{:x}'.format(%[1]s)", "'{:#b}'.format(%[1]s)", "'{:08d}'.format(%[1]s)", "'{:e}'.format(%[1]s)",
		"'{:g}'.format(%[1]s)", "'{:_}'.format(%[1]s)", "'{:%%}'.format(%[1]s)", "'{:c}'.format(%[1]s)", "'{0[0]}'.format(%[1]s)", "'{:{w}}'.format(%[1]s, w=7)", "'{:*<10s}'.format(%[1]s)", "'{:=+6}'.format(%[1]s)", "'{:n}'.format(%[1]s)",
		"format(%[1]s, '08.3f')", "format(%[1]s, '')", "format(%[1]s, '#x')", "format(%[1]s, ' d')", "format(%[1]s, '.0e')", "format(%[1]s, '#.3g')", "format(%[1]s, '010,.2f')", "format(%[1]s, '>s')", "format(%[1]s, '5')", "format(%[1]s, 'q')", "format(%[1]s, %[2]s)",
		"(lambda v: f'{v!r:>10}')(%[1]s)", "(lambda v: f'{v}')(%[1]s)", "(lambda v: f'{v!s:.3}')(%[1]s)", "(lambda v: f'{v:>6}|')(%[1]s)",
		"'%%s|%%r' %% (%[1]s, 1)", "'%%s' %% (%[1]s)", "'%%d' %% (%[1]s)", "'%%5.1f|' %% (%[1]s)", "'%%x' %% (%[1]s)", "'%%-6s|' %% (%[1]s,)", "'%%c' %% (%[1]s)", "'%%(a)s %%(c)r' %% (%[1]s)", "'%%+d' %% (%[1]s,)", "'%%#o' %% (%[1]s,)",
		"'%%e' %% (%[1]s,)", "'%%g' %% (%[1]s,)", "'%%05d' %% (%[1]s,)", "'%%.3s|' %% (%[1]s,)", "'%%*d' %% (5, %[1]s)", "'%%a' %% (%[1]s,)", "'%%i%%%%' %% (%[1]s,)", "'x' %% (%[1]s)", "'%%s %%s' %% (%[1]s)", "(%[1]s) %% (%[2]s)", "(%[1]s) %% (%[2]s,)",
	}
}

func bytesCalls() []string {
	return []string{
		"bytes(%[1]s)", "bytearray(%[1]s)", "memoryview(%[1]s)", "bytes(memoryview(%[1]s))", "(%[1]s).tobytes()", "(%[1]s).tolist()", "(%[1]s).hex()", "(%[1]s).hex('-')", "(%[1]s).hex(':', 2)", "(%[1]s).decode()", "(%[1]s).decode('latin-1')", "(%[1]s).decode('ascii', 'replace')",
		"(%[1]s).decode('utf-8', 'backslashreplace')", "(%[1]s).split(b',')", "(%[1]s).find(b'b')", "(%[1]s).find(98)", "(%[1]s).replace(b'a', b'zz')", "(%[1]s).join([b'x', b'y'])", "(%[1]s).startswith(b'a')", "(%[1]s).partition(b'b')", "(%[1]s).strip(b'a')",
		"(%[1]s).count(b'')", "(%[1]s).ljust(4, b'-')", "(%[1]s).translate(None, b'a')", "b'%%s' %% (%[1]s)", "b'%%d|%%x' %% (%[1]s, 10)", "b'%%b' %% (%[1]s,)", "b'%%c' %% (%[1]s,)", "b'%%r' %% (%[1]s,)", "97 in (%[1]s)", "b'a' in (%[1]s)",
		"bytes.fromhex(%[1]s)", "int.from_bytes(%[1]s, 'big')", "int.from_bytes(%[1]s, 'little', signed=True)", "(%[1]s).to_bytes(3, 'big')", "(%[1]s).to_bytes(9, 'little', signed=True)", "(%[1]s).to_bytes(%[2]s)", "(%[1]s).bit_length()", "(%[1]s).bit_count()",
		"(%[1]s).as_integer_ratio()", "(%[1]s).is_integer()", "(%[1]s).conjugate()", "(%[1]s).fromhex('1.8p1')", "(%[1]s).nbytes",
	}
}

func containerCalls() []string {
	return []string{
		"(%[1]s).get('a')", "(%[1]s).get(1, 'none')", "list((%[1]s).items())", "list((%[1]s).keys())", "list((%[1]s).values())", "(%[1]s).copy()", "(%[1]s).pop()", "(%[1]s).pop(0)", "(%[1]s).pop('a', 9)", "(%[1]s).index(2)", "(%[1]s).index(1, 1)", "(%[1]s).count(1)",
		"(lambda x: [x.append(5), x])(%[1]s)", "(lambda x: [x.extend('ab'), x])(%[1]s)", "(lambda x: [x.insert(1, 9), x])(%[1]s)", "(lambda x: [x.remove(1), x])(%[1]s)", "(lambda x: [x.reverse(), x])(%[1]s)", "(lambda x: [x.sort(), x])(%[1]s)",
		"(lambda x: [x.clear(), x])(%[1]s)", "(lambda x: [x.update({9: 0}), x])(%[1]s)", "(lambda x: [x.setdefault('q', 1), x])(%[1]s)", "(lambda x: [x.__setitem__(0, 5), x])(%[1]s)", "(lambda x: [x.__setitem__(slice(0, 2), [7, 8, 9]), x])(%[1]s)",
		"(lambda x: [x.__delitem__(0), x])(%[1]s)", "(lambda x: [x.__delitem__(slice(None, None, 2)), x])(%[1]s)", "(lambda x: [x.popitem(), x])(%[1]s)", "(lambda x: [x.add(4), x])(%[1]s)", "(lambda x: [x.discard(1), x])(%[1]s)",
		"(%[1]s).union([1])", "(%[1]s).intersection([1, 5])", "(%[1]s).difference({1})", "(%[1]s).symmetric_difference([1])", "(%[1]s).issubset([1, 2])", "(%[1]s).issuperset([1])", "(%[1]s).isdisjoint([9])", "frozenset(%[1]s) == set()", "len(set(%[1]s))",
		"dict.fromkeys(%[1]s)", "dict(%[1]s, a=5)", "dict(zip(%[1]s, (1, 2)))", "(%[1]s).start", "(%[1]s).indices(4)", "{(%[1]s): 1}", "{(%[1]s)}", "[(%[1]s)] * 2", "((%[1]s),) + (1,)",
	}
}

// expressions makes random expressions whose repr does not depend on hashing.
func expressions() *rapid.Generator[string] {
	atoms, ops, calls := atoms(), operators(), calls()
	var gen func(depth int) *rapid.Generator[string]
	gen = func(depth int) *rapid.Generator[string] {
		if depth == 0 {
			return rapid.SampledFrom(atoms)
		}
		return rapid.Custom(func(t *rapid.T) string {
			a := gen(depth-1).Draw(t, "a")
			if rapid.IntRange(0, 9).Draw(t, "call") < 7 {
				return call(rapid.SampledFrom(calls).Draw(t, "f"), a, func() string { return rapid.SampledFrom(atoms).Draw(t, "second") })
			}
			return "(" + a + ") " + rapid.SampledFrom(ops).Draw(t, "op") + " (" + gen(depth-1).Draw(t, "b") + ")"
		})
	}
	return rapid.Custom(func(t *rapid.T) string { return gen(rapid.IntRange(1, 3).Draw(t, "depth")).Draw(t, "e") })
}

// call fills a template.
func call(template, a string, second func() string) string {
	if strings.Contains(template, "%[2]s") {
		return fmt.Sprintf(template, a, second())
	}
	return fmt.Sprintf(template, a)
}
