from collections import deque
import copy

d = deque([1, 2, 3], maxlen=4)
d.append(4)
d.append(5)
print(d, d.maxlen, len(d), d[0], d[-1], 3 in d, 9 in d)
d.appendleft(0)
print(d, list(d), list(reversed(d)), bool(d), bool(deque()))
d.rotate(1)
print(d)
d.rotate(-2)
print(d, d.pop(), d.popleft(), d)
q = deque()
for i in range(20):
    q.append(i)
    q.appendleft(-i)
    if i % 3 == 0:
        q.popleft()
print(q)
q.extend("ab")
q.extendleft("cd")
print(q, q.count(0), q.index("a"))
q.remove("a")
q.reverse()
q.insert(2, "here")
q.insert(-1, "there")
del q[0]
q[0] = "first"
print(q, q.copy() == q, copy.copy(q) == q, q.copy() is q)
print(deque([1, 2]) < deque([1, 3]), deque([1]) == [1], deque([1]) != deque([2]), deque([1]) + deque([2]))
q.clear()
print(q, q == deque())


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


attempt(q.pop)
attempt(q.popleft)
attempt(lambda: q[0])
attempt(lambda: q.remove(1))
attempt(lambda: q.index(1))
attempt(lambda: hash(q))
attempt(lambda: deque([1], maxlen=-1))
attempt(lambda: deque([1], 1).insert(0, 2))
attempt(lambda: deque("ab")[0:1])
attempt(lambda: deque() + [1])
attempt(lambda: [d2.append(1) for x in d2] if (d2 := deque([1, 2])) else 0)
z = deque([1, 2], maxlen=0)
z.append(1)
z.appendleft(1)
print(z)


class Pool(deque):
    def take(self):
        self.rotate(-1)
        return self[-1]


p = Pool(["a", "b", "c"])
print([p.take() for _ in range(5)], p, isinstance(p, deque))
p += ["x"]
print(p, p.maxlen, sorted(deque([3, 1, 2])), max(deque([3, 1])), *deque("xy"))
