# The part of the plug-in that tells of the newest seconds, for a screen that shows how the load is going.

# How many whole seconds are the moment, and how many are told of at once.
MOMENT, TOLD = 3, 60
# Seconds after which a worker that says nothing is not waited for: it reports every 3 s, and twice is a chance.
SILENT = 7
# How long a report is on its way at most, in seconds: of a second that ended later than so long before it came, it may not know all.
ON_WAY = 0.25
# The share of requests that the phases must know for their percentiles to be those of the load: workers in Python tell nothing of them.
MOSTLY = 0.9


class Moment:
    """The newest seconds of which all workers have told."""

    def __init__(self, environment, timings):
        self.environment, self.timings = environment, timings
        self.heard = {}  # when each worker reported last

    def hear(self, client, now):
        """Knows that a worker has reported."""
        self.heard[client] = now

    def newest(self, now):
        """The newest second of which all workers have told, None where none has told of late."""
        clients = self.environment.runner.clients
        self.heard = {client: at for client, at in self.heard.items() if at > now - SILENT and client in clients}
        if not self.heard:
            return None
        newest, ended = int(min(self.heard.values()) - ON_WAY) - 1, self.timings.ended
        return newest if ended is None else min(newest, int(ended))

    def sum(self, first, last):
        """Requests and failures in these seconds, and the median and 95th percentile of their response times in ms, None where they are not known."""
        requests = failures = seen = 0
        response = Histogram()
        for second in range(first, last + 1):
            for key, row in self.timings.seconds.held.get(second, {}).items():
                if key[2]:
                    continue  # Locust does not know it
                requests += row.requests
                failures += row.failures
                if row.counts is not None and 0 in row.phases:
                    seen += row.counts[0]
                    response.merge(row.phases[0])
        if not requests or seen < MOSTLY * requests:
            return [requests, failures, None, None]
        percentiles = dict(zip(PERCENTILES, response.read()[1]))
        return [requests, failures, percentiles[50] / 1000, percentiles[95] / 1000]

    def tell(self, after, now):
        """The moment, and each second after `after`."""
        runner, total = self.environment.runner, self.environment.runner.stats.total
        said = {"users": runner.user_count, "requests": total.num_requests, "failures": total.num_failures, "seconds": [], "moment": None}
        said["rate"] = getattr(self.environment.parsed_options, RATE, None) or 0
        newest, began = self.newest(now), self.timings.began
        if newest is None or newest < began:
            return said
        first = max(began, newest - MOMENT + 1)
        said["moment"] = [newest - first + 1, *self.sum(first, newest)]
        said["seconds"] = [[second, *self.sum(second, second)] for second in range(max(began, after + 1, newest - TOLD + 1), newest + 1)]
        return said

    def now(self):
        """What loadtest asks each second."""
        import flask

        return flask.jsonify(self.tell(flask.request.args.get("after", 0, int), time.time()))
