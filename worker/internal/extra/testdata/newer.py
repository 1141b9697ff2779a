import ast, unicodedata, mimetypes, timeit, getpass, select, sched, difflib, time
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, str(e).partition(" on line")[0])
for s in ("1", "-2.5", "'x'", "b'y'", "[1, (2,), {3: 'a', 'b': None}]", "{1, 2}", "set()", "True", " 5", "()", "10**30" if False else "1_000", "0x1f", "'a' 'b'", "[1,\n 2]", "1e400"): show(lambda: repr(ast.literal_eval(s)))
for s in ("f()", "x", "[1, y]", "1 + 1" if False else "a.b", "f'{1}'", "lambda: 0", "not 1"): show(lambda: ast.literal_eval(s))
for s in ("1 +", "[1", "", "a b"):
    try: ast.literal_eval(s)
    except SyntaxError as e: print("SyntaxError")
print([unicodedata.category(c) for c in "aA1 é.$\n€漢_-(«\u0301\u200b"], unicodedata.normalize("NFC", "abc"), unicodedata.decimal("7"), unicodedata.digit("x", None), unicodedata.is_normalized("NFKD", "q")); show(unicodedata.normalize, "X", "a"); show(unicodedata.category, "ab") if False else None
for n in ("a.png", "b.JPG", "c.tar.gz", "d.tgz", "e", "f.json", "http://h/x.pdf", "g.html.gz", "data:image/png;base64,xx", "data:,x", "x.mp4", "x.csv", "x.svg", "x.zip", "x.txt", "x.js"): print(n, mimetypes.guess_type(n))
print(mimetypes.guess_type("i.webp", strict=False), mimetypes.guess_extension("image/png"), mimetypes.guess_extension("text/nope"), mimetypes.guess_extension("application/json"))
mimetypes.add_type("x/y", ".zz"); print(mimetypes.guess_type("a.zz"))
n = []; print(timeit.timeit(lambda: n.append(1), number=5) < 1, len(n), len(timeit.repeat(lambda: None, repeat=3, number=2)), timeit.default_timer is time.perf_counter)
print(type(getpass.getuser()), select.select([], [], [], 0.01))
s = sched.scheduler(time.time, time.sleep); out = []
a = s.enter(0.02, 1, out.append, ("b",)); s.enter(0.01, 1, out.append, argument=("a",)); b = s.enter(0.03, 1, out.append, ("z",)); s.enterabs(a.time, 0, out.append, ("c",)); s.cancel(b); print(len(s.queue), s.empty()); show(s.cancel, b); s.run(); print(out, s.empty(), s.run(False))
d = difflib.SequenceMatcher(None, "abxcd", "abcd"); print(d.ratio(), d.quick_ratio(), d.real_quick_ratio(), d.get_matching_blocks(), d.get_opcodes(), d.find_longest_match(0, 5, 0, 4))
d = difflib.SequenceMatcher(lambda x: x == " ", "private Thread currentThread;", "private volatile Thread currentThread;"); print(round(d.ratio(), 3), d.get_opcodes())
print(difflib.get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), difflib.get_close_matches("wheel", ["heel", "eel", "while", "hell"], n=2, cutoff=0.5)); show(difflib.get_close_matches, "a", [], 0); show(difflib.get_close_matches, "a", [], 1, 2)
x = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n".splitlines(True); y = "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\n".splitlines(True)
print("".join(difflib.unified_diff(x, y, "old", "new")), list(difflib.unified_diff(x, x)), list(difflib.unified_diff(["a"], [], lineterm="", n=0, fromfile="f", fromfiledate="d")))
print(difflib.SequenceMatcher(None, "ab" * 150, "ba" * 150).ratio(), difflib.SequenceMatcher(None, [], []).ratio())
