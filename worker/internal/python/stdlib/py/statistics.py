import math


class StatisticsError(ValueError):
    pass


def mean(data):
    data = list(data)
    if not data:
        raise StatisticsError("mean requires at least one data point")
    total = sum(data) if all(isinstance(x, int) for x in data) else math.fsum(data)
    r = total / len(data)
    return int(r) if all(isinstance(x, int) for x in data) and r == int(r) else r


fmean = mean


def median(data):
    data = sorted(data)
    n = len(data)
    if n == 0:
        raise StatisticsError("no median for empty data")
    return data[n // 2] if n % 2 else (data[n // 2 - 1] + data[n // 2]) / 2


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
