# Likeness of sequences: the longest blocks that two have in common.
from collections import namedtuple

Match = namedtuple("Match", "a b size")


class SequenceMatcher:
    def __init__(self, isjunk=None, a="", b="", autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        self.a = a
        self.set_seq2(b)

    def set_seq1(self, a):
        self.a, self._blocks = a, None

    def set_seq2(self, b):
        self.b, self._blocks, self._where = b, None, {}
        for i, x in enumerate(b):
            self._where.setdefault(x, []).append(i)
        junk = {x for x in self._where if self.isjunk and self.isjunk(x)}
        popular = {x for x, at in self._where.items() if x not in junk and len(at) > len(b) // 100 + 1} if self.autojunk and len(b) >= 200 else set()
        for x in junk | popular:
            del self._where[x]
        self.bjunk, self.bpopular = junk, popular

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        a, b = self.a, self.b
        ahi, bhi = len(a) if ahi is None else ahi, len(b) if bhi is None else bhi
        i, j, n, ends = alo, blo, 0, {}
        for x in range(alo, ahi):
            now = {}
            for y in self._where.get(a[x], ()):
                if y >= bhi:
                    break
                if y >= blo:
                    k = now[y] = ends.get(y - 1, 0) + 1
                    if k > n:
                        i, j, n = x - k + 1, y - k + 1, k
            ends = now
        for good in (lambda x: x not in self.bjunk, lambda x: x in self.bjunk):  # grow over what is popular, then over junk
            while i > alo and j > blo and good(b[j - 1]) and a[i - 1] == b[j - 1]:
                i, j, n = i - 1, j - 1, n + 1
            while i + n < ahi and j + n < bhi and good(b[j + n]) and a[i + n] == b[j + n]:
                n += 1
        return Match(i, j, n)

    def get_matching_blocks(self):
        if self._blocks is None:
            todo, found = [(0, len(self.a), 0, len(self.b))], []
            while todo:
                alo, ahi, blo, bhi = todo.pop()
                m = self.find_longest_match(alo, ahi, blo, bhi)
                if m.size:
                    found.append(m)
                    todo += [(alo, m.a, blo, m.b), (m.a + m.size, ahi, m.b + m.size, bhi)]
            out = []
            for m in sorted(found):
                if out and out[-1].a + out[-1].size == m.a and out[-1].b + out[-1].size == m.b:
                    out[-1] = out[-1]._replace(size=out[-1].size + m.size)
                else:
                    out.append(m)
            self._blocks = [*out, Match(len(self.a), len(self.b), 0)]
        return self._blocks

    def get_opcodes(self):
        out, i, j = [], 0, 0
        for m in self.get_matching_blocks():
            tag = "replace" if i < m.a and j < m.b else "delete" if i < m.a else "insert" if j < m.b else ""
            if tag:
                out.append((tag, i, m.a, j, m.b))
            i, j = m.a + m.size, m.b + m.size
            if m.size:
                out.append(("equal", m.a, i, m.b, j))
        return out

    def get_grouped_opcodes(self, n=3):
        codes = self.get_opcodes() or [("equal", 0, 1, 0, 1)]
        if codes[0][0] == "equal":
            tag, i1, i2, j1, j2 = codes[0]
            codes[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if codes[-1][0] == "equal":
            tag, i1, i2, j1, j2 = codes[-1]
            codes[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in codes:
            if tag == "equal" and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group, i1, j1 = [], max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == "equal"):
            yield group

    def ratio(self):
        whole = len(self.a) + len(self.b)
        return 2.0 * sum(m.size for m in self.get_matching_blocks()) / whole if whole else 1.0

    def quick_ratio(self):
        left, common = {}, 0
        for x in self.b:
            left[x] = left.get(x, 0) + 1
        for x in self.a:
            if left.get(x, 0) > 0:
                left[x] -= 1
                common += 1
        whole = len(self.a) + len(self.b)
        return 2.0 * common / whole if whole else 1.0

    def real_quick_ratio(self):
        whole = len(self.a) + len(self.b)
        return 2.0 * min(len(self.a), len(self.b)) / whole if whole else 1.0


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    if not n > 0:
        raise ValueError(f"n must be > 0: {n!r}")
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f"cutoff must be in [0.0, 1.0]: {cutoff!r}")
    m, out = SequenceMatcher(), []
    m.set_seq2(word)
    for x in possibilities:
        m.set_seq1(x)
        if m.real_quick_ratio() >= cutoff and m.quick_ratio() >= cutoff and m.ratio() >= cutoff:
            out.append((m.ratio(), x))
    return [x for _, x in sorted(out, reverse=True)[:n]]


def _span(start, stop):
    length = stop - start
    if length == 1:
        return f"{start + 1}"
    return f"{start + 1 if length else start},{length}"


def unified_diff(a, b, fromfile="", tofile="", fromfiledate="", tofiledate="", n=3, lineterm="\n"):
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            yield f"--- {fromfile}{chr(9) + fromfiledate if fromfiledate else ''}{lineterm}"
            yield f"+++ {tofile}{chr(9) + tofiledate if tofiledate else ''}{lineterm}"
        yield f"@@ -{_span(group[0][1], group[-1][2])} +{_span(group[0][3], group[-1][4])} @@{lineterm}"
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                yield from (" " + line for line in a[i1:i2])
            if tag in ("replace", "delete"):
                yield from ("-" + line for line in a[i1:i2])
            if tag in ("replace", "insert"):
                yield from ("+" + line for line in b[j1:j2])
