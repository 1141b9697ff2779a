import os, csv, json, tempfile, time, shutil, sys, string, random
from pathlib import Path
d = tempfile.mkdtemp()
p = os.path.join(d, "a.txt")
with open(p, "w", encoding="utf-8") as f:
    print(f.write("héllo\nworld\r\nlast"), f.closed, f.mode)
print(f.closed)
with open(p) as f: print(f.read())
with open(p) as f: print([l for l in f])
with open(p) as f: print(f.readline(), f.readlines())
with open(p, "rb") as f: print(f.read(3), f.tell(), f.seek(0), f.read())
with open(p, "a") as f: f.write("!\n"); f.writelines(["x\n", "y\n"])
print(open(p).read().splitlines())
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, str(e).replace(d, "D"))
show(lambda: f.read()); show(lambda: open(d)); show(lambda: open(p, "q")); show(lambda: open(p + "/x")); show(lambda: open(p, "rb").write(b"x") and 0 if False else 1); show(lambda: open(p, "w").write(5)); show(lambda: os.listdir(d + "/nope")); show(lambda: os.remove(d + "/nope"))
with open(d + "/u.csv", "w", newline="") as f:
    w = csv.DictWriter(f, fieldnames=["u", "p"]); w.writeheader(); w.writerow({"u": "a,b", "p": 'q"x'}); w.writerows([{"u": 1, "p": None}])
with open(d + "/u.csv", newline="") as f: print(f.read().encode())
with open(d + "/u.csv") as f:
    for row in csv.DictReader(f): print(dict(row))
with open(d + "/j.json", "w") as f: json.dump({"a": [1, "é"]}, f)
with open(d + "/j.json") as f: print(json.load(f))
x = Path(d) / "sub" / "f.txt"
x.parent.mkdir(parents=True, exist_ok=True); x.write_text("hi"); print(x.read_text(), x.exists(), x.name, sorted(q.name for q in Path(d).iterdir()))
os.makedirs(d + "/sub", exist_ok=True); show(lambda: os.makedirs(d + "/sub")); show(lambda: os.mkdir(d + "/sub"))
shutil.rmtree(d); print(os.path.exists(d), os.path.isfile(p))
t0 = time.perf_counter(); time.sleep(0.01); print(time.perf_counter() - t0 >= 0.01)

random.seed(1); print("".join(random.choices(string.ascii_letters + string.digits, k=20)))
print(string.Template("$a ${b} $$").substitute(a=1, b=2))
import os, tempfile
_path = os.path.join(tempfile.mkdtemp(), "ends.txt")
with open(_path, "wb") as f:
    f.write(b"one\r\ntwo\rthree\n\r\r\nfour\r")
with open(_path) as f:
    print(f.readlines())
with open(_path) as f:
    print(f.readline(), repr(f.readline()), repr(f.read()))
with open(_path, newline="") as f:
    print(repr(f.read()))
with open(_path, "rb") as f:
    print(f.readlines())
