import csv, io
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except StopIteration: print("stop")
    except Exception as e: print(type(e).__name__, e)
texts = ['a,b\r\n1,"x, y"\r\n', 'a;b\n"q""q";2\n', "a\tb\n\n\nc\n", '"open\nline",2\nlast', 'x"y,z\n', "a, b, 'c d'\n", "a\\,b,c\\\nd\n", '"a"b,c\n', ",\n", "", "1,2.5,\"x\"\n", "a\rb\n", '"unfinished', "''a'' , b\n"]
for t in texts:
    for kw in ({}, {"delimiter": ";"}, {"dialect": "excel-tab"}, {"dialect": "unix"}, {"quotechar": "'"}, {"skipinitialspace": True}, {"escapechar": "\\"}, {"quoting": csv.QUOTE_NONE}, {"strict": True}, {"doublequote": False}):
        r = csv.reader(io.StringIO(t, newline=""), **kw)
        show(lambda: list(r)); print(r.line_num)
show(lambda: list(csv.reader(['"a",1,2.5'], quoting=csv.QUOTE_NONNUMERIC))); show(lambda: list(csv.reader(["a,1"], quoting=csv.QUOTE_NONNUMERIC))); show(lambda: list(csv.reader([b"a"]))); show(lambda: next(csv.reader([])))
rows = [[1, "a b", None, 2.5], ['q"q', "a,b", "x\ny", ""], [""], [], [True, "é", "'", "\\"], ["a\rb", "tab\t"]]
for kw in ({}, {"dialect": csv.excel_tab}, {"dialect": "unix"}, {"quoting": csv.QUOTE_ALL}, {"quoting": csv.QUOTE_NONNUMERIC}, {"quoting": csv.QUOTE_NONE, "escapechar": "\\"}, {"quoting": csv.QUOTE_NONE}, {"quotechar": "'", "delimiter": ";", "lineterminator": "|"}, {"doublequote": False, "escapechar": "!"}, {"doublequote": False}):
    for row in rows:
        o = io.StringIO(newline="")
        show(csv.writer(o, **kw).writerow, row); print(repr(o.getvalue()))
show(lambda: csv.writer(5)); show(lambda: csv.writer(io.StringIO()).writerow(5)); show(lambda: csv.reader([], delimiter="ab")); show(lambda: csv.reader([], delimiter=5)); show(lambda: csv.reader([], quoting=9)); show(lambda: csv.reader([], quotechar=None, quoting=0)); show(lambda: csv.reader([], nope=1)); show(lambda: csv.reader([], "nope")); show(lambda: csv.reader([], escapechar=5)); show(lambda: csv.reader([], quotechar=""))
class Pipe(csv.Dialect):
    delimiter = "|"; quotechar = "'"; doublequote = True; lineterminator = "\n"; quoting = csv.QUOTE_MINIMAL; skipinitialspace = True
csv.register_dialect("pipe", Pipe); csv.register_dialect("semi", delimiter=";", quoting=csv.QUOTE_ALL)
print(csv.list_dialects(), csv.get_dialect("pipe").delimiter, csv.get_dialect("semi").lineterminator == "\r\n", csv.get_dialect("excel").strict)
print(list(csv.reader(["a| 'b|c'"], "pipe")), list(csv.reader(["a| b"], Pipe)), list(csv.reader(["a| b"], Pipe())), list(csv.reader(["a;b"], "pipe", delimiter=";")))
csv.unregister_dialect("pipe"); show(csv.unregister_dialect, "pipe"); show(csv.get_dialect, "pipe"); show(csv.register_dialect, 5); show(csv.Dialect)
class Broken(csv.Dialect): delimiter = "ab"; lineterminator = "\n"; quoting = 0; quotechar = '"'
show(Broken)
print(csv.field_size_limit(), csv.field_size_limit(5), csv.field_size_limit()); show(lambda: list(csv.reader(["abcdef"]))); show(csv.field_size_limit, "a"); csv.field_size_limit(131072)
d = csv.DictReader(io.StringIO("id,name\n1,a\n\n2,b,c\n3\n"), restkey="more", restval="-")
print(d.fieldnames, d.line_num, list(d), d.line_num, d.dialect)
print(list(csv.DictReader(["1|2"], fieldnames=["a", "b"], delimiter="|")), list(csv.DictReader(["1\t2"], ["a", "b"], dialect="excel-tab")))
o = io.StringIO(newline=""); w = csv.DictWriter(o, ["a", "b"], restval="?", lineterminator="\n"); w.writeheader(); w.writerow({"a": 1}); w.writerows([{"b": 2}, {"a": "x,y", "b": None}]); print(repr(o.getvalue())); show(w.writerow, {"z": 1})
show(csv.DictWriter, o, ["a"], extrasaction="no"); print(csv.DictWriter(o, ["a"], extrasaction="ignore").writerow({"a": 1, "b": 2}))
for s in ("a,b,c\n1,2,3\n4,5,6\n", "a;b\n1;2\n", "x\ty\n1\t2\n", "name|age\nann|3\nbob|4\n"):
    q = csv.Sniffer().sniff(s); print(repr(q.delimiter), q.quotechar, q.skipinitialspace, list(csv.reader(s.splitlines(), q)), csv.Sniffer().has_header(s))
show(csv.Sniffer().sniff, "abc\n", ",;"); print(csv.Sniffer().sniff("a:b;c\n1:2;3\n", ";").delimiter)
