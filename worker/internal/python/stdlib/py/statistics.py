import math
import random
from collections import namedtuple


class StatisticsError(ValueError):
    pass


def mean(data):
    data = list(data)
    if not data:
        raise StatisticsError("mean requires at least one data point")
    total = sum(data) if all(isinstance(x, int) for x in data) else math.fsum(data)
    r = total / len(data)
    return int(r) if all(isinstance(x, int) for x in data) and r == int(r) else r


def fmean(data, weights=None):
    data = list(data)
    if not data:
        raise StatisticsError("fmean requires at least one data point")
    if weights is None:
        return math.fsum(data) / len(data)
    weights = list(weights)
    return math.fsum(x * w for x, w in zip(data, weights)) / math.fsum(weights)


def geometric_mean(data):
    return math.exp(fmean(map(math.log, data)))


def harmonic_mean(data, weights=None):
    data = list(data)
    return len(data) / math.fsum(1 / x for x in data)


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


def median_low(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[(len(data) - 1) // 2]


def median_high(data):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    return data[len(data) // 2]


def _counts(data):
    counts = {}
    for x in data:
        counts[x] = counts.get(x, 0) + 1
    return counts


def mode(data):
    counts = _counts(data)
    if not counts:
        raise StatisticsError("no mode for empty data")
    return max(counts, key=counts.get)


def multimode(data):
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [x for x, n in counts.items() if n == most]


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError("must have at least two data points")
    out = []
    for i in range(1, n):
        if method == "inclusive":
            j, rest = divmod(i * (size - 1), n)
            out.append((data[j] * (n - rest) + data[j + 1] * rest) / n)
        else:
            j = min(max(i * (size + 1) // n, 1), size - 1)
            rest = i * (size + 1) - j * n
            out.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
    return out


def pvariance(data, mu=None):
    data = list(data)
    if not data:
        raise StatisticsError("pvariance requires at least one data point")
    m = math.fsum(data) / len(data) if mu is None else mu
    r = math.fsum((x - m) ** 2 for x in data) / len(data)
    return int(r) if all(isinstance(x, int) for x in data) and r == int(r) else r


def variance(data):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError("variance requires at least two data points")
    m = math.fsum(data) / len(data)
    return math.fsum((x - m) ** 2 for x in data) / (len(data) - 1)


def stdev(data):
    return math.sqrt(variance(data))


def pstdev(data):
    data = list(data)
    m = math.fsum(data) / len(data)
    return math.sqrt(math.fsum((x - m) ** 2 for x in data) / len(data))


def median_grouped(data, interval=1.0):
    data = sorted(data)
    if not data:
        raise StatisticsError("no median for empty data")
    x = data[len(data) // 2]
    below, same = sum(1 for v in data if v < x), data.count(x)
    return float(x) - float(interval) / 2 + float(interval) * (len(data) / 2 - below) / same


def _pairs(x, y, name):
    n = len(x)
    if len(y) != n:
        raise StatisticsError(f"{name} requires that both inputs have same number of data points")
    if n < 2:
        raise StatisticsError(f"{name} requires at least two data points")
    mx, my = math.fsum(x) / n, math.fsum(y) / n
    return mx, my, math.fsum((a - mx) * (b - my) for a, b in zip(x, y)), math.fsum((a - mx) ** 2 for a in x), math.fsum((b - my) ** 2 for b in y)


def covariance(x, y, /):
    return _pairs(x, y, "covariance")[2] / (len(x) - 1)


def correlation(x, y, /):
    _, _, sxy, sxx, syy = _pairs(x, y, "correlation")
    if not sxx or not syy:
        raise StatisticsError("at least one of the inputs is constant")
    return sxy / math.sqrt(sxx * syy)


LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


def linear_regression(x, y, /, *, proportional=False):
    mx, my, sxy, sxx, _ = _pairs(x, y, "linear regression")
    if proportional:
        sxy, sxx = math.fsum(a * b for a, b in zip(x, y)), math.fsum(a * a for a in x)
    if not sxx:
        raise StatisticsError("x is constant")
    slope = sxy / sxx
    return LinearRegression(slope, 0.0 if proportional else my - slope * mx)


class NormalDist:
    """A normal distribution."""

    __slots__ = ("_mu", "_sigma")

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        data = list(data)
        return cls(fmean(data), stdev(data))

    def samples(self, n, *, seed=None):
        rng = random if seed is None else random.Random(seed)
        return [rng.gauss(self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError("pdf() not defined when sigma is zero")
        diff = x - self._mu
        return math.exp(diff * diff / (-2.0 * variance)) / math.sqrt(math.tau * variance)

    def cdf(self, x):
        if not self._sigma:
            raise StatisticsError("cdf() not defined when sigma is zero")
        return 0.5 * (1.0 + math.erf((x - self._mu) / (self._sigma * math.sqrt(2.0))))

    def inv_cdf(self, p):
        """The x below which the share p lies: Newton's method on cdf, from a rational guess."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        if self._sigma <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return self._mu + self._sigma * _standard_inverse(p)

    def quantiles(self, n=4):
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        a, b = sorted((self, other), key=lambda d: (d._sigma, d._mu))
        if not a.variance or not b.variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        gap, dm = b.variance - a.variance, abs(b._mu - a._mu)
        if not gap:
            return 1.0 - math.erf(dm / (2.0 * a._sigma * math.sqrt(2.0)))
        mid = a._mu * b.variance - b._mu * a.variance
        half = a._sigma * b._sigma * math.sqrt(dm * dm + gap * math.log(b.variance / a.variance))
        x1, x2 = (mid + half) / gap, (mid - half) / gap
        return 1.0 - (abs(b.cdf(x1) - a.cdf(x1)) + abs(b.cdf(x2) - a.cdf(x2)))

    def zscore(self, x):
        if not self._sigma:
            raise StatisticsError("zscore() not defined when sigma is zero")
        return (x - self._mu) / self._sigma

    mean = median = mode = property(lambda self: self._mu)
    stdev = property(lambda self: self._sigma)
    variance = property(lambda self: self._sigma * self._sigma)

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, k):
        return NormalDist(self._mu * k, self._sigma * math.fabs(k))

    def __truediv__(self, k):
        return NormalDist(self._mu / k, self._sigma / math.fabs(k))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__, __rmul__ = __add__, __mul__

    def __rsub__(self, other):
        return -(self - other)

    def __eq__(self, other):
        return (self._mu, self._sigma) == (other._mu, other._sigma) if isinstance(other, NormalDist) else NotImplemented

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"


def _standard_inverse(p):
    """The z with cdf(z) = p of the standard distribution, to about the last bit."""
    tail = min(p, 1.0 - p)
    if tail == 0.5:
        return 0.0
    t = math.sqrt(-2.0 * math.log(tail))
    z = t - (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1.0 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t**3)
    for _ in range(20):  # the area above z is erfc, which stays exact far out
        error = 0.5 * math.erfc(z / math.sqrt(2.0)) - tail
        step = error * math.sqrt(math.tau) * math.exp(z * z / 2.0)
        z += step / (1.0 - z * step / 2.0)
        if abs(step) < 1e-16 * max(1.0, z):
            break
    return z if p > 0.5 else -z
