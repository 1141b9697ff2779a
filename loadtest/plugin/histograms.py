# The part of the plug-in that merges histograms, at the speed of Python's long integers.

PHASES = "@phases@".split(",")
PERCENTILES = [int(percent) for percent in "@percentiles@".split(",")]


def middle(bucket):
    """The middle of a bucket of HdrHistogram with two significant digits, in microseconds: it is 128 to 255 units wide ones from."""
    if bucket < 256:
        return bucket
    shift = bucket // 128 - 1
    return ((bucket - 128 * shift) << shift) + ((1 << shift) - 1) // 2


def decimal(microseconds):
    """A time in ms, to the microsecond."""
    return ("%d.%03d" % divmod(microseconds, 1000)).rstrip("0").rstrip(".")


# The middles of all buckets that a time of 63 bits can fall into, and how they stand in a cell.
MIDDLES = [middle(bucket) for bucket in range(128 * 55 + 256)]
TEXTS = [decimal(value) + ":" for value in MIDDLES]
# The lowest byte of each 32 bits.
LOWEST = int.from_bytes(b"\xff\0\0\0" * (len(MIDDLES) // 4 + 1), "little")


class Histogram:
    """The values of one phase.

    The counts are 32 bits wide (a bucket overflows after four billion values: half a day of 100,000 a second, all of them within 0.8 % of one
    time). Those of the buckets base + 4n stand in one number, those of base + 4n + 1 in the next, and so on: a worker's counts of a byte each
    then need no spreading but a mask, and one addition merges a quarter of all buckets.
    """

    __slots__ = ("top", "base", "lanes")

    def __init__(self, top=0, base=len(MIDDLES), lanes=(0, 0, 0, 0)):
        self.top, self.base, self.lanes = top, base, lanes

    def lower(self, first):
        """Makes room for buckets from `first` on, which is below the base."""
        up = 8 * (self.base - (first & ~3))
        self.base = first & ~3
        self.lanes = [lane << up for lane in self.lanes]

    def add(self, top, first, width, counts):
        """Adds the counts of buckets from `first` on, little-endian, of `width` bytes each."""
        if first < self.base:
            self.lower(first)
        if top > self.top:
            self.top = top
        a, b, c, d = self.lanes
        if width == 1:
            x = int.from_bytes(counts, "little") << 8 * (first - self.base)
            self.lanes = a + (x & LOWEST), b + (x >> 8 & LOWEST), c + (x >> 16 & LOWEST), d + (x >> 24 & LOWEST)
            return
        counts = bytes(width * (first - self.base)) + counts
        more = []
        for lane in range(4):
            wide = bytearray(4 * ((len(counts) // width - lane + 3) // 4))
            for byte in range(width):
                wide[byte::4] = counts[lane * width + byte :: 4 * width]
            more.append(int.from_bytes(wide, "little"))
        self.lanes = a + more[0], b + more[1], c + more[2], d + more[3]

    def merge(self, other):
        """Adds another histogram's values."""
        if other.base < self.base:
            self.lower(other.base)
        if other.top > self.top:
            self.top = other.top
        up = 8 * (other.base - self.base)
        self.lanes = [mine + (theirs << up) for mine, theirs in zip(self.lanes, other.lanes)]

    def counts(self):
        """The counts of the buckets from base on."""
        length = max(lane.bit_length() + 31 for lane in self.lanes) // 32
        found = [0] * (4 * length)
        for i, lane in enumerate(self.lanes):
            found[i::4] = struct.unpack("<%dI" % length, lane.to_bytes(4 * length, "little"))
        return found

    def read(self, counts=None):
        """How many values there are, and the percentiles in microseconds: the value that so many percent of the others are below, as
        Locust counts (calculate_response_time_percentile in its stats.py), read as the middle of its bucket."""
        upto = list(itertools.accumulate(counts or self.counts()))
        count = upto[-1] if upto else 0
        ranks = [min(count * percent // 100, count - 1) for percent in PERCENTILES] if count else []
        return count, [min(MIDDLES[self.base + bisect.bisect_right(upto, rank)], self.top) for rank in ranks]

    def text(self, counts):
        """The histogram as a cell: the middle of each bucket in ms, and its count."""
        return " ".join([f"{text}{count}" for text, count in zip(TEXTS[self.base : self.base + len(counts)], counts) if count])

    def spent(self):
        """All values together, in microseconds, within 0.4 %."""
        return sum(map(operator.mul, self.counts(), MIDDLES[self.base :]))
