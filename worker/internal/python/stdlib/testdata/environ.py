import os
import threading


def show(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


e = os.environ
e["GREGARIA_T"] = "1"
show(lambda: (e["GREGARIA_T"], e.get("GREGARIA_T"), os.getenv("GREGARIA_T"), "GREGARIA_T" in e, "GREGARIA_N" in e))
show(lambda: e["GREGARIA_N"])
show(lambda: (e.get("GREGARIA_N"), e.get("GREGARIA_N", 5), os.getenv("GREGARIA_N", "x"), os.getenv("GREGARIA_N")))
show(lambda: e.__setitem__("GREGARIA_T", 5))
show(lambda: e.setdefault("GREGARIA_T", "2") + e.setdefault("GREGARIA_U", "3"))
show(lambda: (e.pop("GREGARIA_U"), e.pop("GREGARIA_U", None)))
show(lambda: e.pop("GREGARIA_U"))
show(lambda: (type(e.copy()), e.copy() == dict(e), len(e) == len(list(e)), sorted(e) == sorted(e.keys())))
show(lambda: [k + v for k, v in e.items() if k == "GREGARIA_T"])
e.update({"GREGARIA_V": "4"}, GREGARIA_W="5")
show(lambda: e["GREGARIA_V"] + e["GREGARIA_W"])
del e["GREGARIA_V"]
show(lambda: e.__delitem__("GREGARIA_V"))
show(lambda: repr(e).startswith("environ({"))
show(lambda: e[5])
show(lambda: os.getenv(5))
show(lambda: {**e}["GREGARIA_W"])
show(lambda: os.path.expandvars("$GREGARIA_W/${GREGARIA_T}"))

l = threading.local()
l.x = 1
seen = []


def other():
    seen.append(hasattr(l, "x"))
    l.x = 2
    seen.append(l.x)
    seen.append(threading.current_thread().name)
    seen.append(threading.get_ident() == threading.main_thread().ident)


t = threading.Thread(target=other, name="other")
t.start()
t.join()
print(seen, l.x, threading.current_thread().name)
show(lambda: l.y)
