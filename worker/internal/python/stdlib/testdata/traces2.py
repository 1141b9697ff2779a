import traceback, sys, io
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
def a(n):
    if n: return a(n - 1)
    return {}["k"]
def b():
    try: a(5)
    except KeyError as e: raise ValueError("bad", 1) from e
def c():
    try: b()
    except ValueError: int("x")
try: c()
except ValueError as e:
    tb = e.__traceback__; exc = e
for s in traceback.extract_tb(tb): print(s, s.name, s.lineno, s.line, list(s), s[0] == s.filename, len(s))
print(tb.tb_lineno, tb.tb_next.tb_lineno, tb.tb_next.tb_next, tb.tb_frame.f_code.co_name, tb.tb_next.tb_frame.f_code.co_name, [(f.f_code.co_name, n) for f, n in traceback.walk_tb(tb)])
for lim in (None, 1, 2, -1, 0): print(traceback.format_tb(tb, lim), [f.name for f in traceback.extract_tb(tb, lim)])
mark = [l for l in traceback.format_exception(exc)]; print(len(mark) > 5, "".join(mark))
print("".join(traceback.format_exception(exc, chain=False)), "".join(traceback.format_exception(type(exc), exc, tb, 1)), "".join(traceback.format_exception(type(exc), exc, None)), traceback.format_exception_only(exc), traceback.format_exception_only(type(exc), exc), traceback.format_exception(None))
t = traceback.TracebackException.from_exception(exc)
print("".join(t.format()), str(t), t.exc_type, list(t.format_exception_only()), len(t.stack), t.__cause__, str(t.__context__), "".join(t.format(chain=False)))
o = io.StringIO(); t.print(file=o); print(o.getvalue() == "".join(t.format())); o = io.StringIO(); traceback.print_tb(tb, file=o); traceback.print_exception(exc, file=o, limit=1); print(o.getvalue())
def stack():
    return traceback.extract_stack()
class K:
    def m(self): return stack()
s = K().m(); print([(f.name, f.lineno, f.line) for f in s[-3:]], "".join(traceback.format_list(s[-2:])), [f.name for f in traceback.extract_stack(limit=1)])
def who(): return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name, sys._getframe().f_lineno, sys._getframe().f_back.f_code.co_name, "who" in sys._getframe().f_globals
def caller(): return who()
print(caller(), [f.f_code.co_name for f, _ in traceback.walk_stack(sys._getframe())][:1]); show(sys._getframe, 999)
print(traceback.format_list([("f.py", 3, "g", "x = 1"), ("f.py", 4, "g", None)] + [("r.py", 1, "r", "r()")] * 6), traceback.StackSummary.from_list([("f.py", 3, "g", "x")]) == [("f.py", 3, "g", "x")], traceback.FrameSummary("f", 1, "n") == ("f", 1, "n", ""))
try: 1 / 0
except ZeroDivisionError:
    print(traceback.format_exc(limit=1, chain=False)); o = io.StringIO(); traceback.print_exc(file=o); print(o.getvalue()); print(sys.exc_info()[2].tb_lineno)
traceback.clear_frames(tb)
