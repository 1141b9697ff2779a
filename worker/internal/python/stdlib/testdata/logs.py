import io, logging, logging.handlers, os, queue, sys, tempfile
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
out = io.StringIO()
h = logging.StreamHandler(out); h.setFormatter(logging.Formatter("%(levelname)s|%(name)s|%(message)s|%(x)s", defaults={"x": "-"}))
log = logging.getLogger("a.b"); log.addHandler(h); log.setLevel("DEBUG"); log.propagate = False
log.info("hi %s", 1); log.debug("%(k)s", {"k": 2}); log.warning("w", extra={"x": 5})
t(lambda: log.info("z", extra={"message": 1}))
try: 1 / 0
except ZeroDivisionError: log.exception("boom")
ad = logging.LoggerAdapter(log, {"x": "ad"}); ad.info("adapted"); t(lambda: ad)
class F(logging.Filter):
    def filter(self, r): return "secret" not in r.getMessage()
f = F(); h.addFilter(f); log.info("secret"); log.info("open"); h.removeFilter(f); log.info("secret again")
print(out.getvalue())
t(lambda: logging.Filter("a").filter(logging.makeLogRecord({"name": "a.b"}))); t(lambda: logging.Filter("a").filter(logging.makeLogRecord({"name": "ab"}))); t(lambda: logging.Formatter("{levelname:>8} {message}", style="{").format(logging.makeLogRecord({"levelname": "X", "msg": "m"}))); t(lambda: logging.Formatter("$name: $message", style="$").format(logging.makeLogRecord({"name": "n", "msg": "m"}))); t(lambda: logging.Formatter("x", style="?"))
class H(logging.Handler):
    def __init__(self): super().__init__(); self.r = []
    def emit(self, r): self.r.append((r.levelname, r.getMessage(), r.funcName, r.module))
mine = H(); log.addHandler(mine); log.error("e"); log.log(25, "custom"); t(lambda: mine.r); t(lambda: mine.level); t(lambda: mine); logging.addLevelName(25, "NOTE"); t(lambda: logging.getLevelName(25)); t(lambda: logging.getLevelName("NOTE")); t(lambda: log.setLevel("NOPE")); t(lambda: log.setLevel(3.5)); t(lambda: log.getEffectiveLevel()); t(lambda: logging.getLogger("a.b.c").isEnabledFor(10)); t(lambda: log.hasHandlers()); t(lambda: logging.getLogger("a.b.c").parent.name); t(lambda: log.getChild("x").name); t(lambda: log); t(lambda: logging.root); t(lambda: logging.getLevelNamesMapping()["WARN"]); t(lambda: logging.makeLogRecord({"msg": "a %s", "args": (1,)}).getMessage()); t(lambda: "a.b" in logging.root.manager.loggerDict)
class ML(logging.Logger):
    def note(self, m): self.log(25, m)
logging.setLoggerClass(ML); t(lambda: type(logging.getLogger("new")).__name__); logging.setLoggerClass(logging.Logger)
class Bad(logging.Handler): pass
t(lambda: Bad().emit(None))
d = tempfile.mkdtemp(); p = os.path.join(d, "x.log")
fh = logging.FileHandler(p, delay=True); t(lambda: os.path.exists(p)); log.handlers = [fh]; log.info("to file"); fh.close(); t(lambda: open(p).read()); t(lambda: fh.baseFilename == p)
rh = logging.handlers.RotatingFileHandler(os.path.join(d, "r.log"), maxBytes=20, backupCount=2); log.handlers = [rh]
for i in range(6): log.info("line number %d", i)
rh.close(); t(lambda: sorted(os.listdir(d))); t(lambda: [open(os.path.join(d, n)).read() for n in sorted(os.listdir(d))])
q = queue.Queue(); tgt = H(); ql = logging.handlers.QueueListener(q, tgt); ql.start(); log.handlers = [logging.handlers.QueueHandler(q)]; log.info("q %d", 1); log.error("q2"); ql.stop(); t(lambda: [r[:2] for r in tgt.r])
tgt = H(); mh = logging.handlers.MemoryHandler(10, target=tgt); log.handlers = [mh]; log.info("m"); t(lambda: tgt.r); log.error("flush"); t(lambda: [r[:2] for r in tgt.r])
log.handlers = []; log.disabled = True; log.error("never"); log.disabled = False; logging.disable(50); log.critical("never"); logging.disable(0); logging.lastResort; t(lambda: logging.basicConfig(stream=out, filename="x")); t(lambda: logging.shutdown())
n = logging.NullHandler(); log.addHandler(n); log.info("x"); t(lambda: logging.BASIC_FORMAT); t(lambda: logging.LogRecord("n", 20, "p.py", 3, "m", (), None))
lv = H(); lv.setLevel(logging.WARNING); log.handlers = [lv]; log.setLevel(10); log.info("below"); log.warning("at"); log.error("above"); t(lambda: [r[:2] for r in lv.r])
t(lambda: [logging.Filter("a").filter(logging.makeLogRecord({"name": n})) for n in ("a", "a.b", "ab", "b")])
