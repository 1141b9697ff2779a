def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, e)
L = [3, 1, 2]
D = {"a": 1, "b": [1, 2]}
def mut(f):
    l = [3, 1, 2, 3]
    r = f(l)
    return r, l
for f in [
    lambda: L[5], lambda: L["a"], lambda: L[1:], lambda: L[::-1], lambda: L[-1], lambda: L[::0], lambda: mut(lambda l: l.append(1)), lambda: mut(lambda l: l.pop()), lambda: mut(lambda l: l.pop(0)), lambda: mut(lambda l: l.pop(10)), lambda: [].pop(), lambda: mut(lambda l: l.remove(3)), lambda: mut(lambda l: l.remove(9)),
    lambda: mut(lambda l: l.insert(1, 9)), lambda: mut(lambda l: l.sort()), lambda: mut(lambda l: l.sort(reverse=True)), lambda: mut(lambda l: l.sort(key=lambda x: -x)), lambda: mut(lambda l: l.reverse()), lambda: mut(lambda l: l.index(2)), lambda: mut(lambda l: l.index(9)), lambda: mut(lambda l: l.count(3)), lambda: mut(lambda l: l.extend("ab")), lambda: mut(lambda l: l.extend(1)), lambda: mut(lambda l: l.clear()), lambda: mut(lambda l: l.__setitem__(slice(0, 2), [7, 8, 9])), lambda: mut(lambda l: l.__delitem__(0)),
    lambda: [1, "a"].sort(), lambda: sorted([3, 1, 2], reverse=True), lambda: sorted("bca"), lambda: sorted([(1, "b"), (1, "a")]), lambda: sorted([1, None]), lambda: D["x"], lambda: D.get("x"), lambda: D.get("x", 5), lambda: D.pop("zz"), lambda: D.pop("zz", 1), lambda: {}.popitem(), lambda: dict(a=1, b=2), lambda: dict([("a", 1)]), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict({"a": 1}, b=2),
    lambda: list(D), lambda: list(D.items()), lambda: D.keys(), lambda: D.values(), lambda: D.items(), lambda: {**D, "c": 3}, lambda: D | {"z": 1}, lambda: {}.setdefault("a", []), lambda: {[]: 1}, lambda: {{}: 1}, lambda: {(1, [2]): 1}, lambda: dict.fromkeys("ab", 0), lambda: len(D), lambda: "a" in D, lambda: D.copy() == D, lambda: D == {"b": [1, 2], "a": 1}, lambda: D.nope,
    lambda: {1, 2} & {2, 3}, lambda: {1, 2} | {3}, lambda: {1, 2} - {2}, lambda: {1, 2} ^ {2, 3}, lambda: {1} < {1, 2}, lambda: {1}.issubset([1, 2]), lambda: set("a").union("b") == {"a", "b"}, lambda: frozenset([1]), lambda: set(), lambda: {1}.remove(2), lambda: {1}.discard(2), lambda: set().pop(), lambda: {1} | [2], lambda: {1}.add([]), lambda: frozenset([1, 2]) == {1, 2}, lambda: {frozenset([1])},
    lambda: (1, 2) + (3,), lambda: (1, 2).index(3), lambda: (1, 2).count(1), lambda: (1,)[0], lambda: (1,)[3], lambda: (1, 2) * 2, lambda: tuple("ab"), lambda: tuple(1), lambda: range(5), lambda: range(1, 10, 3), lambda: list(range(10, 0, -3)), lambda: range(5)[2], lambda: range(5)[9], lambda: range(10)[2:5], lambda: 3 in range(5), lambda: len(range(0, 10, 3)), lambda: range(1.5), lambda: range(1, 2, 0), lambda: list(reversed(range(3))), lambda: list(reversed([1, 2])), lambda: reversed({1}),
    lambda: list(enumerate("ab", 1)), lambda: list(zip([1, 2], "ab", (True, False))), lambda: list(zip([1], [1, 2], strict=True)), lambda: list(map(lambda a, b: a + b, [1, 2], [3, 4])), lambda: list(filter(None, [0, 1, "", "a"])), lambda: any([0, 1]), lambda: all([]), lambda: next(iter([])), lambda: next(iter([]), 5), lambda: next(5), lambda: iter(5), lambda: list(5), lambda: [*range(3), *"ab"], lambda: [*5], lambda: print(*5), lambda: dict(**5), lambda: f"{D}",
    lambda: len(5), lambda: L + 1, lambda: L * 2, lambda: L == [3, 1, 2], lambda: [[]] * 2, lambda: [1, [2, [3]]], lambda: [None, True, 1.0, "a", b"b"], lambda: {"a": {"b": (1,)}}, lambda: L.append(), lambda: L.append(1, 2), lambda: D.get(), lambda: D.update(1), lambda: len(), lambda: len(1, 2), lambda: isinstance(1), lambda: isinstance(1, "a"), lambda: isinstance(1, (str, int)), lambda: issubclass(int, object), lambda: callable(len), lambda: slice(1, 2), lambda: slice(None, 5).indices(3), lambda: hash((1, "a")) == hash((1, "a")),
    lambda: list({1: 2}.items())[0], lambda: {i: i * i for i in range(3)}, lambda: {x for x in [1, 1, 2]}, lambda: [(i, j) for i in range(2) for j in range(i + 1)], lambda: [[j for j in range(i)] for i in range(3)], lambda: list(i for i in [1, 2] if i > 1), lambda: sum(x * y for x, y in [(1, 2), (3, 4)]), lambda: [a for a, *b in [(1, 2, 3)]], lambda: sorted({"b": 1, "a": 2}), lambda: max({"a": 3, "b": 5}, key={"a": 3, "b": 5}.get), lambda: type([]), lambda: list, lambda: int.__name__, lambda: [].__class__, lambda: dict.get, lambda: [1, 2, 3].index(2, 1, 2),
]:
    show(f)
x = {}
x["self"] = x
l = [1]
l.append(l)
print(x, l)
try:
    d = {1: 1}
    for k in d: d[2] = 1
except RuntimeError as e: print(e)
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
for bad in (lambda: exec("a, b = 1"),):
    pass
def t1():
    a, b = 1, 2, 3
def t2():
    a, b, c = [1, 2]
def t3():
    a, *b, c = [1]
def t4():
    a, b = 5
for t in (t1, t2, t3, t4): show(t)
l = list(range(10))
del l[2:5], l[0]
l[1:3] = "xyz"
l[::2] = [0] * len(l[::2])
l += (1,)
print(l)

for a in (0, 3, 7, 9, -1, -2):
    for b in (0, 2, 5, 8, -1, -3):
        l = list(range(8))
        it = iter(l)
        next(it)
        del l[a:b]
        l.append("end")
        print(a, b, l, list(it))
