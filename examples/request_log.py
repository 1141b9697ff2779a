"""Reads a request log of `loadtest --request-log` or `worker --request-log` and tells of each endpoint: requests, failures, response times,
and where the time of the slowest hundredth went. Of a sample each line counts as many requests as it stands for.

    python examples/request_log.py load_test_results/requests_20261130_071710.jsonl
"""
import csv
import json
import sys
from collections import defaultdict

PHASES = ["connect_ms", "tls_ms", "wait_ms", "download_ms"]


def lines(path):
    with open(path, newline="", encoding="utf-8") as file:
        if path.endswith(".csv"):
            yield from csv.DictReader(file)
        else:
            yield from map(json.loads, file)


def number(line, field, otherwise=0.0):
    return float(line.get(field) or otherwise)


def percentile(times, share):
    """of (ms, weight), sorted"""
    wanted = share * sum(weight for _, weight in times)
    for ms, weight in times:
        wanted -= weight
        if wanted <= 0:
            return ms
    return 0.0


def main(path):
    endpoints = defaultdict(list)
    for line in lines(path):
        if not line.get("incomplete") and not line.get("apart"):  # Locust counts neither
            endpoints[line["type"], line["name"]].append(line)
    print(f"{'Type':6} {'Name':30} {'Requests':>8} {'Failures':>8} {'p50':>8} {'p95':>8} {'p99':>8} ms   slowest 1 %: " + " ".join(PHASES))
    for (kind, name), all in sorted(endpoints.items()):
        count = sum(number(line, "weight", 1) for line in all)
        failed = sum(number(line, "weight", 1) for line in all if line.get("failure"))
        times = sorted((number(line, "response_ms"), number(line, "weight", 1)) for line in all if line.get("response_ms") not in (None, ""))
        p50, p95, p99 = (percentile(times, share) for share in (0.50, 0.95, 0.99))
        slowest = [line for line in all if number(line, "response_ms") >= p99]
        phases = " ".join(f"{sum(number(line, phase) for line in slowest) / max(len(slowest), 1):10.1f}" for phase in PHASES)
        print(f"{kind:6} {name:30} {count:8.0f} {failed:8.0f} {p50:8.1f} {p95:8.1f} {p99:8.1f}      {'':12} {phases}")


if __name__ == "__main__":
    main(sys.argv[1])
