class count:
    def __init__(self, start=0, step=1):
        self._n, self._step = start, step

    def __iter__(self):
        return self

    def __next__(self):
        n = self._n
        self._n += self._step
        return n


class cycle:
    def __init__(self, iterable):
        self._it, self._saved, self._i = iter(iterable), [], None

    def __iter__(self):
        return self

    def __next__(self):
        if self._i is None:
            try:
                x = next(self._it)
                self._saved.append(x)
                return x
            except StopIteration:
                self._i = 0
        if not self._saved:
            raise StopIteration
        x = self._saved[self._i]
        self._i = (self._i + 1) % len(self._saved)
        return x


def repeat(obj, times=None):
    while times is None or times > 0:
        yield obj
        if times is not None:
            times -= 1


class _Chain:
    def __call__(self, *its):
        return self.from_iterable(its)

    def from_iterable(self, its):
        for it in its:
            yield from it


chain = _Chain()


def islice(iterable, *args):
    s = slice(*args)
    start, stop, step = s.start or 0, s.stop, s.step or 1
    it = iter(iterable)
    i, nexti = 0, start
    while stop is None or nexti < stop:
        try:
            x = next(it)
        except StopIteration:
            return
        if i == nexti:
            yield x
            nexti += step
        i += 1


def accumulate(iterable, func=None, *, initial=None):
    total = initial
    if initial is not None:
        yield total
    for x in iterable:
        total = x if total is None else (func(total, x) if func else total + x)
        yield total


def takewhile(pred, it):
    for x in it:
        if not pred(x):
            break
        yield x


def dropwhile(pred, it):
    it = iter(it)
    for x in it:
        if not pred(x):
            yield x
            break
    yield from it


def filterfalse(pred, it):
    return (x for x in it if not (pred(x) if pred else x))


def starmap(fn, it):
    return (fn(*a) for a in it)


def compress(data, selectors):
    return (d for d, s in zip(data, selectors) if s)


def pairwise(it):
    it = iter(it)
    a = next(it, None)
    for b in it:
        yield a, b
        a = b


def zip_longest(*its, fillvalue=None):
    its = [iter(i) for i in its]
    none = object()
    while True:
        row = [next(i, none) for i in its]
        if all(x is none for x in row):
            return
        yield tuple(fillvalue if x is none else x for x in row)


def tee(it, n=2):
    items = list(it)
    return tuple(iter(items) for _ in range(n))


def groupby(it, key=None):
    group, last = [], object()
    for x in it:
        k = key(x) if key else x
        if group and k == last:
            group.append(x)
            continue
        if group:
            yield last, iter(group)
        group, last = [x], k
    if group:
        yield last, iter(group)


def product(*its, repeat=1):
    pools = [tuple(i) for i in its] * repeat
    result = [[]]
    for pool in pools:
        result = [x + [y] for x in result for y in pool]
    for r in result:
        yield tuple(r)


def permutations(iterable, r=None):
    pool = tuple(iterable)
    r = len(pool) if r is None else r
    for idx in product(range(len(pool)), repeat=r):
        if len(set(idx)) == r:
            yield tuple(pool[i] for i in idx)


def combinations(iterable, r):
    pool = tuple(iterable)

    def pick(start, n):
        if n == 0:
            yield ()
            return
        for i in range(start, len(pool)):
            for rest in pick(i + 1, n - 1):
                yield (pool[i],) + rest
    return pick(0, r)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)

    def pick(start, n):
        if n == 0:
            yield ()
            return
        for i in range(start, len(pool)):
            for rest in pick(i, n - 1):
                yield (pool[i],) + rest
    return pick(0, r)
