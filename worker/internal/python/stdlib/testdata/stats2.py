import statistics as st
from statistics import NormalDist
def show(f, *a, **kw):
    try: print(f(*a, **kw))
    except Exception as e: print(type(e).__name__, e)
print(st.median_grouped([1, 2, 2, 3, 4, 4, 4, 4, 4, 5]), st.median_grouped([1, 3, 3, 5, 7], interval=2), st.median_grouped([52, 52, 53, 54])); show(st.median_grouped, [])
x, y = [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 1, 2, 3, 1, 2, 3]
print(st.covariance(x, y), round(st.correlation(x, y), 14), st.correlation(x, x), st.covariance(x, x[::-1]), st.linear_regression(x, [3 * v + 1 for v in x]), st.linear_regression(x, [2 * v for v in x], proportional=True))
show(st.covariance, [1], [1]); show(st.correlation, [1, 2], [1]); show(st.correlation, [1, 1], [1, 2]); show(st.linear_regression, [1, 1], [1, 2]); show(st.linear_regression, [1], [1])
n = NormalDist(100, 15)
print(n, n.mean, n.stdev, n.variance, n.median, n.mode, n.cdf(115), n.pdf(100), n.zscore(130), n.overlap(NormalDist(110, 15)), n + 5, n - 5, n * 2, n / 2, -n, 5 - n, n + NormalDist(1, 2), n == NormalDist(100, 15), n == 5)
print([round(v, 11) for v in n.quantiles(10)], [round(NormalDist().inv_cdf(p), 12) for p in (1e-9, 0.01, 0.3, 0.5, 0.975, 1 - 1e-9)], round(NormalDist(0, 1).overlap(NormalDist(1, 3)), 13))
print(NormalDist.from_samples([1, 2, 3, 4]), NormalDist(5, 2).samples(3, seed=42), hash(n) == hash(NormalDist(100, 15)))
show(NormalDist, 0, -1); show(n.inv_cdf, 0); show(NormalDist(1, 0).cdf, 1); show(n.overlap, 5); show(NormalDist(1, 0).zscore, 1)
